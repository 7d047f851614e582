package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// RFC 6902 as Kustomize applies it: a missing parent or target is an error, negative list indices count from the
/// end.
final class JsonPatch {
    private static final int DEEPEST = 400;

    private final ObjectNode root;
    private final long largest;

    private JsonPatch(ObjectNode root, long largest) {
        this.root = root;
        this.largest = largest;
    }

    /// An operation that cannot be applied; the message quotes no value.
    static final class NotApplicable extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotApplicable(String message) {
            super(message);
        }
    }

    /// Changes `object`, which must not grow beyond `largest` characters by copying.
    static void apply(ObjectNode object, JsonNode operations, long largest) {
        JsonPatch patch = new JsonPatch(object, largest);
        operations.forEach(patch::operation);
    }

    private void operation(JsonNode operation) {
        String op = operation.path("op").asText();
        List<String> path = pointer(op, operation, "path");
        switch (op) {
            case "add" -> add(path, value(op, operation), op);
            case "replace" -> replace(path, value(op, operation), op);
            case "remove" -> remove(path, op);
            case "move" -> add(path, remove(pointer(op, operation, "from"), op), op);
            case "copy" -> {
                add(path, get(pointer(op, operation, "from"), op).deepCopy(), op);
                if (NodeSize.of(root) > largest) {
                    throw new NotApplicable("copy operation makes the object larger than the limit");
                }
            }
            case "test" -> test(path, operation.path("value"));
            default -> throw new NotApplicable("unknown operation \"" + op + "\"");
        }
    }

    private static JsonNode value(String op, JsonNode operation) {
        if (!operation.has("value")) {
            throw new NotApplicable(op + " operation has no value");
        }
        return operation.get("value").deepCopy();
    }

    private static List<String> pointer(String op, JsonNode operation, String field) {
        String text = operation.path(field).asText("");
        if (!text.startsWith("/")) {
            throw new NotApplicable(op + " operation has no valid " + field + "; it must start with /");
        }
        return Arrays.stream(text.substring(1).split("/", -1))
                .map(part -> part.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    private JsonNode parent(List<String> path, String op) {
        JsonNode node = root;
        for (String part : path.subList(0, path.size() - 1)) {
            node = child(node, part).orElseThrow(() -> missing(op, path));
        }
        return node;
    }

    private static Optional<JsonNode> child(JsonNode node, String part) {
        return node instanceof ArrayNode list
                ? index(list, part, list.size() - 1).map(list::get)
                : Optional.ofNullable(node.get(part));
    }

    private static Optional<Integer> index(ArrayNode list, String part, int last) {
        if (!part.matches("-?[0-9]{1,6}")) {
            return Optional.empty();
        }
        int number = Integer.parseInt(part);
        int index = number < 0 ? number + last + 1 : number;
        return index >= 0 && index <= last ? Optional.of(index) : Optional.empty();
    }

    private JsonNode get(List<String> path, String op) {
        return child(parent(path, op), path.getLast()).orElseThrow(() -> missing(op, path));
    }

    private void add(List<String> path, JsonNode value, String op) {
        if (path.size() + NodeSize.depth(value) > DEEPEST) {
            throw new NotApplicable(op + " operation nests the object deeper than " + DEEPEST + " levels");
        }
        switch (parent(path, op)) {
            case ObjectNode map -> map.set(path.getLast(), value);
            case ArrayNode list -> {
                int at = path.getLast().equals("-")
                        ? list.size()
                        : index(list, path.getLast(), list.size()).orElseThrow(() -> missing(op, path));
                list.insert(at, value);
            }
            default -> throw missing(op, path);
        }
    }

    private void replace(List<String> path, JsonNode value, String op) {
        get(path, op);
        switch (parent(path, op)) {
            case ObjectNode map -> map.set(path.getLast(), value);
            case ArrayNode list ->
                list.set(index(list, path.getLast(), list.size() - 1).orElseThrow(() -> missing(op, path)), value);
            default -> throw missing(op, path);
        }
    }

    private JsonNode remove(List<String> path, String op) {
        JsonNode removed = get(path, op);
        switch (parent(path, op)) {
            case ObjectNode map -> map.remove(path.getLast());
            case ArrayNode list ->
                list.remove(index(list, path.getLast(), list.size() - 1).orElseThrow(() -> missing(op, path)));
            default -> throw missing(op, path);
        }
        return removed;
    }

    private void test(List<String> path, JsonNode expected) {
        if (!child(parent(path, "test"), path.getLast())
                .filter(expected::equals)
                .isPresent()) {
            throw new NotApplicable("testing value /" + String.join("/", path) + " failed");
        }
    }

    private static NotApplicable missing(String op, List<String> path) {
        return new NotApplicable(
                op + " operation does not apply: doc is missing path: /" + String.join("/", path) + ": missing value");
    }
}
