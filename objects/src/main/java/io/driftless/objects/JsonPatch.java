package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// JSON patch, RFC 6902, as API servers read it: what is replaced need not be there, and a value that is left out is
/// null.
public final class JsonPatch {
    private JsonPatch() {}

    /// The target with every operation applied in order; neither argument changes.
    ///
    /// @throws IllegalArgumentException naming the operation that cannot be done
    public static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!patch.isArray()) {
            throw new IllegalArgumentException("a JSON patch is a list of operations");
        }
        JsonNode out = target.deepCopy();
        for (JsonNode operation : patch) {
            out = step(out, operation);
        }
        return out;
    }

    private static JsonNode step(JsonNode root, JsonNode operation) {
        String path = operation.path("path").asText();
        return switch (operation.path("op").asText()) {
            case "add" -> put(root, path, value(operation), true);
            case "replace" -> put(root, path, value(operation), false);
            case "remove" -> remove(root, path);
            case "test" -> {
                if (!find(root, path).equals(value(operation))) {
                    throw new IllegalArgumentException("testing value " + path + " failed");
                }
                yield root;
            }
            case "copy" ->
                put(root, path, find(root, operation.path("from").asText()).deepCopy(), true);
            case "move" -> {
                String from = operation.path("from").asText();
                JsonNode moved = find(root, from);
                yield put(remove(root, from), path, moved, true);
            }
            default ->
                throw new IllegalArgumentException(
                        "unknown JSON patch operation \"" + operation.path("op").asText() + "\"");
        };
    }

    private static JsonNode value(JsonNode operation) {
        JsonNode value = operation.get("value");
        return value == null ? NullNode.getInstance() : value.deepCopy();
    }

    private static List<String> split(String path) {
        if (!path.isEmpty() && path.charAt(0) != '/') {
            throw missing(path);
        }
        List<String> out = new ArrayList<>();
        if (!path.isEmpty()) {
            for (String part : path.substring(1).split("/", -1)) {
                out.add(part.replace("~1", "/").replace("~0", "~"));
            }
        }
        return out;
    }

    private static JsonNode find(JsonNode root, String path) {
        JsonNode at = root;
        for (String part : split(path)) {
            JsonNode next = at.isArray() ? at.get(index(part, at.size() - 1)) : at.get(part);
            if (next == null) {
                throw missing(path);
            }
            at = next;
        }
        return at;
    }

    private static JsonNode put(JsonNode root, String path, JsonNode value, boolean insert) {
        List<String> parts = split(path);
        if (parts.isEmpty()) {
            return value;
        }
        String last = parts.getLast();
        JsonNode parent = find(root, path.substring(0, path.lastIndexOf('/')));
        if (parent instanceof ObjectNode object) {
            object.set(last, value);
        } else if (parent instanceof ArrayNode array) {
            if (last.equals("-")) {
                array.add(value);
            } else if (insert) {
                array.insert(index(last, array.size()), value);
            } else {
                array.set(index(last, array.size() - 1), value);
            }
        } else {
            throw missing(path);
        }
        return root;
    }

    private static JsonNode remove(JsonNode root, String path) {
        find(root, path);
        JsonNode parent = find(root, path.substring(0, Math.max(0, path.lastIndexOf('/'))));
        String last = split(path).getLast();
        if (parent instanceof ObjectNode object) {
            object.remove(last);
        } else if (parent instanceof ArrayNode array) {
            array.remove(index(last, array.size() - 1));
        }
        return root;
    }

    private static int index(String text, int max) {
        try {
            int index = Integer.parseInt(text);
            if (index >= 0 && index <= max) {
                return index;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no index of a list", e);
        }
        throw new IllegalArgumentException("index " + text + " is out of bounds");
    }

    private static IllegalArgumentException missing(String path) {
        return new IllegalArgumentException("the path " + path + " does not exist in the object");
    }
}
