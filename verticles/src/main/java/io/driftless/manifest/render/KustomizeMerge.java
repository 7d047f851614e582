package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A strategic merge as Kustomize does it: two-way, items of the patch before those left of the object, `null`
/// deletes,
/// `$patch` of
/// maps and list items is obeyed.
final class KustomizeMerge {
    private static final String DIRECTIVE = "$patch";

    private final String kind;
    private final boolean builtIn;

    private KustomizeMerge(ObjectNode object) {
        this.kind = object.path("kind").asText();
        String apiVersion = object.path("apiVersion").asText();
        this.builtIn =
                MergeKeys.isBuiltIn(apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "");
    }

    /// Whether the patch deletes the object as a whole.
    static boolean deletes(ObjectNode patch) {
        return directive(patch).equals("delete");
    }

    /// Changes `object`; the patch stays as it is.
    static void apply(ObjectNode object, ObjectNode patch) {
        new KustomizeMerge(object).map(object, patch, "");
    }

    private void map(ObjectNode into, ObjectNode patch, String parent) {
        if (directive(patch).equals("replace")) {
            into.removeAll();
        }
        patch.properties().forEach(field -> {
            if (!field.getKey().equals(DIRECTIVE)) {
                field(into, field.getKey(), field.getValue(), parent);
            }
        });
    }

    private void field(ObjectNode into, String name, JsonNode patch, String parent) {
        JsonNode old = into.path(name);
        if (patch.isNull() || directive(patch).equals("delete")) {
            into.remove(name);
        } else if (patch instanceof ObjectNode map) {
            boolean replaced =
                    builtIn && kind.equals("PodDisruptionBudget") && parent.equals("spec") && name.equals("selector");
            map(old instanceof ObjectNode present && !replaced ? present : into.putObject(name), map, name);
        } else if (patch instanceof ArrayNode list) {
            List<String> keys = builtIn ? MergeKeys.of(kind, parent, name) : List.of();
            into.set(name, keys.isEmpty() ? plain(list) : list(old, list, keys, name));
        } else {
            into.set(name, patch);
        }
    }

    private ArrayNode list(JsonNode old, ArrayNode patch, List<String> keys, String name) {
        if (keys.contains(MergeKeys.ITSELF)) {
            return union(patch, old);
        }
        boolean replace = patch.valueStream().anyMatch(item -> directive(item).equals("replace"));
        List<JsonNode> left = new ArrayList<>();
        if (!replace) {
            old.forEach(left::add);
        }
        ArrayNode result = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : patch) {
            switch (directive(item)) {
                case "replace" -> {}
                case "delete" -> left.removeIf(candidate -> same(candidate, item, keys));
                default -> result.add(merged(left, item, keys, name));
            }
        }
        left.forEach(result::add);
        return result;
    }

    private JsonNode merged(List<JsonNode> left, JsonNode item, List<String> keys, String name) {
        for (JsonNode candidate : left) {
            if (candidate instanceof ObjectNode target
                    && item instanceof ObjectNode change
                    && same(candidate, item, keys)) {
                left.remove(candidate);
                map(target, change, name);
                return target;
            }
        }
        return cleaned(item, name);
    }

    /// The first key must be there and equal; a further key that one side leaves out matches anything.
    private static boolean same(JsonNode one, JsonNode other, List<String> keys) {
        String first = keys.getFirst();
        return one.has(first)
                && keys.stream()
                        .allMatch(key -> one.path(key).equals(other.path(key))
                                || (!key.equals(first) && (!one.has(key) || !other.has(key))));
    }

    private static ArrayNode union(ArrayNode patch, JsonNode old) {
        Set<JsonNode> items = new LinkedHashSet<>();
        patch.forEach(items::add);
        old.forEach(items::add);
        return JsonNodeFactory.instance.arrayNode().addAll(items);
    }

    private ArrayNode plain(ArrayNode list) {
        ArrayNode result = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : list) {
            if (directive(item).isEmpty()) {
                result.add(item.deepCopy());
            }
        }
        return result;
    }

    /// A new item, without the nulls and directives that mean something only against an old one.
    private JsonNode cleaned(JsonNode item, String name) {
        if (!(item instanceof ObjectNode map)) {
            return item;
        }
        ObjectNode result = map.objectNode();
        map(result, map, name);
        return result;
    }

    private static String directive(JsonNode node) {
        return node.path(DIRECTIVE).asText("");
    }
}
