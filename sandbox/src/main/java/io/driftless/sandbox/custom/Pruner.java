package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Takes away what a structure does not know, fills in what it gives where nothing is said, and puts fields in the
/// order of their names.
final class Pruner {
    private static final Set<String> METADATA = Set.of(
            "name",
            "generateName",
            "namespace",
            "selfLink",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "labels",
            "annotations",
            "ownerReferences",
            "finalizers",
            "managedFields");
    private final List<String> unknown = new ArrayList<>();

    private Pruner() {}

    /// Completes an object in place and returns the paths of what was taken away, in order.
    static List<String> complete(Structure root, ObjectNode object) {
        Pruner pruner = new Pruner();
        if (object.get("metadata") instanceof ObjectNode metadata) {
            pruner.remove(metadata, "metadata", METADATA);
        }
        pruner.object(root, object, "");
        pruner.unknown.sort(Comparator.comparing((String path) -> !path.startsWith("metadata."))
                .thenComparing(Comparator.naturalOrder()));
        return pruner.unknown;
    }

    /// Completes a value below an object.
    static List<String> complete(Structure structure, JsonNode value) {
        Pruner pruner = new Pruner();
        pruner.value(structure, value, "");
        return pruner.unknown;
    }

    private void remove(ObjectNode object, String path, Set<String> known) {
        for (String name : names(object)) {
            if (!known.contains(name)) {
                object.remove(name);
                unknown.add(path + "." + name);
            }
        }
    }

    private static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>(object.size());
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private void value(Structure structure, JsonNode value, String path) {
        if (structure == Structure.ANYTHING) {
            return;
        }
        if (value instanceof ObjectNode object) {
            object(structure, object, path);
        } else if (value instanceof ArrayNode array && structure.items() != null) {
            for (int i = 0; i < array.size(); i++) {
                value(structure.items(), array.get(i), path + "[" + i + "]");
            }
        }
    }

    private void object(Structure structure, ObjectNode object, String path) {
        for (String name : names(object)) {
            Structure field = structure.named(name);
            JsonNode value = object.path(name);
            if (field == null) {
                if (!structure.keeps(name)) {
                    object.remove(name);
                    unknown.add(Checker.below(path, name));
                }
            } else if (value.isNull() && !field.nullable() && field != Structure.ANYTHING) {
                object.remove(name);
            }
        }
        structure.fields().forEach((name, field) -> {
            JsonNode fallback = field.fallback();
            if (fallback != null && !object.has(name)) {
                object.set(name, fallback.deepCopy());
            }
        });
        for (String name : names(object)) {
            Structure field = structure.named(name);
            if (field != null) {
                value(field, object.path(name), Checker.below(path, name));
            }
        }
        sort(object);
    }

    private static void sort(ObjectNode object) {
        String last = "";
        boolean ordered = true;
        for (String name : names(object)) {
            ordered &= last.compareTo(name) <= 0;
            last = name;
        }
        if (!ordered) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            object.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
            object.removeAll();
            object.setAll(sorted);
        }
    }
}
