package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// The fields of a document by their paths, such as `spec.containers[0].image`.
final class FieldPaths {
    /// A value that holds no others.
    record Leaf(String path, String value) {}

    private FieldPaths() {}

    static List<Leaf> leaves(JsonNode document) {
        List<Leaf> found = new ArrayList<>();
        collect(found, "", document);
        return found;
    }

    private static void collect(List<Leaf> found, String path, JsonNode value) {
        if (value.isObject()) {
            value.properties()
                    .forEach(field -> collect(
                            found, path.isEmpty() ? field.getKey() : path + '.' + field.getKey(), field.getValue()));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                collect(found, path + '[' + i + ']', value.get(i));
            }
        } else {
            found.add(new Leaf(path, value.asText()));
        }
    }

    /// The document with these fields only; a path goes through every element of a list.
    static ObjectNode only(JsonNode document, List<String> paths) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        paths.forEach(path -> copy(document, kept, List.of(path.strip().split("\\."))));
        return kept;
    }

    private static void copy(JsonNode from, ObjectNode to, List<String> steps) {
        String field = steps.getFirst();
        List<String> rest = steps.subList(1, steps.size());
        JsonNode value = from.path(field);
        if (value.isMissingNode()) {
            return;
        }
        if (rest.isEmpty()) {
            to.set(field, value);
        } else if (value.isArray()) {
            ArrayNode list = to.withArrayProperty(field);
            for (int i = 0; i < value.size(); i++) {
                copy(value.get(i), list.size() > i ? (ObjectNode) list.get(i) : list.addObject(), rest);
            }
        } else if (value.isObject()) {
            copy(value, to.withObjectProperty(field), rest);
        }
    }
}
