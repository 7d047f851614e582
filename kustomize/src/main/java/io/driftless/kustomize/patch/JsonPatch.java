package io.driftless.kustomize.patch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.node.Growth;
import io.driftless.kustomize.node.JsonText;
import io.driftless.kustomize.node.Limits;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.NodeReader;
import io.driftless.kustomize.node.Plain;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A list of JSON patch operations (RFC 6902) with the liberties and messages of the reference's library.
public final class JsonPatch {
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxStringLength(64 << 20)
                    .build())
            .build());

    private record Operation(
            String op,
            @Nullable String path,
            @Nullable String from,
            @Nullable Node value) {}

    private final List<Operation> operations;

    private JsonPatch(List<Operation> operations) {
        this.operations = operations;
    }

    public boolean isEmpty() {
        return operations.isEmpty();
    }

    /// Reads operations from JSON when the text starts with `[`, otherwise from YAML. Null for a document that is
    /// null.
    public static @Nullable JsonPatch parse(String text, Limits limits) {
        Node list = text.startsWith("[") ? json(text) : NodeReader.firstOld(text, limits);
        if (list == null || list.isNull()) {
            return null;
        }
        if (!list.isList()) {
            throw new KustomizeException("json: cannot unmarshal " + (list.isMap() ? "object" : "string")
                    + " into Go value of type jsonpatch.Patch");
        }
        List<Operation> operations = new ArrayList<>();
        for (Node item : list.items()) {
            if (!item.isMap()) {
                throw new KustomizeException("json: cannot unmarshal " + (item.isList() ? "array" : "string")
                        + " into Go value of type jsonpatch.Operation");
            }
            operations.add(new Operation(
                    orUnknown(text(item, "op")), text(item, "path"), text(item, "from"), item.get("value")));
        }
        return new JsonPatch(operations);
    }

    private static Node json(String text) {
        try {
            return node(JSON.readTree(text));
        } catch (JsonProcessingException invalid) {
            throw new KustomizeException("invalid JSON patch: " + invalid.getOriginalMessage());
        }
    }

    private static Node node(JsonNode json) {
        if (json.isObject()) {
            Node map = Node.map();
            json.properties().forEach(field -> map.append(field.getKey(), node(field.getValue())));
            return map;
        }
        if (json.isArray()) {
            Node list = Node.list();
            json.forEach(item -> list.add(node(item)));
            return list;
        }
        if (json.isTextual()) {
            return Node.text(json.textValue());
        }
        Node scalar = Node.untyped(json.asText());
        scalar.setTag(io.driftless.kustomize.node.Scalars.resolve(scalar.text()));
        return scalar;
    }

    private static @Nullable String text(Node map, String key) {
        Node value = map.get(key);
        return value == null || value.isNull() || !value.isString() ? null : value.text();
    }

    private static String orUnknown(@Nullable String op) {
        return op == null ? "unknown" : op;
    }

    /// The object with all operations applied. It has been through JSON on the way.
    public Node apply(Node object) {
        Node document = Plain.exact(object);
        Growth growth = new Growth();
        for (Operation operation : operations) {
            document = apply(document, operation, growth);
        }
        return Plain.of(document);
    }

    private static Node apply(Node document, Operation operation, Growth growth) {
        Node value = operation.value() == null ? Node.nothing() : Plain.exact(oldToYoung(operation.value()));
        switch (operation.op()) {
            case "add" -> add(document, path(operation), value);
            case "remove" -> remove(document, path(operation));
            case "replace" -> {
                String path = path(operation);
                if (path.isEmpty()) {
                    if (!value.isMap() && !value.isList()) {
                        throw new KustomizeException(
                                "replace operation hit doc root but value is not an object or array");
                    }
                    return value;
                }
                replace(document, path, value);
            }
            case "move" -> add(document, path(operation), taken(document, from(operation)));
            case "copy" -> {
                String from = from(operation);
                Node parent = parent(document, from);
                if (parent == null) {
                    throw missing("copy operation does not apply: doc is missing from path: " + from);
                }
                Node found = get(parent, key(from));
                if (found != null) {
                    growth.copies(found);
                }
                add(document, path(operation), found == null ? Node.nothing() : found.copy());
            }
            case "test" -> test(document, path(operation), operation.value() == null ? null : value);
            default -> throw new KustomizeException("Unexpected kind: " + operation.op());
        }
        return document;
    }

    /// Values read by the older reader are compared and written by their type, so it is fixed here.
    private static Node oldToYoung(Node value) {
        Node copy = value.copy();
        fix(copy);
        return copy;
    }

    private static void fix(Node node) {
        if (node.isScalar()) {
            if (node.tag() == io.driftless.kustomize.node.Tag.BOOL) {
                node.setText(io.driftless.kustomize.node.Scalars.isTrue(node.text()) ? "true" : "false");
            } else if (node.tag() == io.driftless.kustomize.node.Tag.MERGE) {
                node.setTag(io.driftless.kustomize.node.Tag.STR);
            }
        }
        node.items().forEach(JsonPatch::fix);
    }

    private static String path(Operation operation) {
        if (operation.path() == null) {
            throw missing("operation missing path field");
        }
        return operation.path();
    }

    private static String from(Operation operation) {
        if (operation.from() == null) {
            throw missing("operation, missing from field");
        }
        return operation.from();
    }

    private static KustomizeException missing(String message) {
        return new KustomizeException(message + ": missing value");
    }

    private static void add(Node document, String path, Node value) {
        Node parent = parent(document, path);
        if (parent == null) {
            throw missing("add operation does not apply: doc is missing path: \"" + path + "\"");
        }
        String key = key(path);
        if (parent.isMap()) {
            parent.put(key, value);
            return;
        }
        if (key.equals("-")) {
            parent.add(value);
            return;
        }
        int size = parent.size() + 1;
        int index = index(key);
        if (index >= size || index < -size) {
            throw new KustomizeException("error in add for path: '" + path + "': Unable to access invalid index: "
                    + index + ": invalid index referenced");
        }
        parent.add(index < 0 ? index + size : index, value);
    }

    private static void remove(Node document, String path) {
        Node parent = parent(document, path);
        if (parent == null) {
            throw missing("remove operation does not apply: doc is missing path: \"" + path + "\"");
        }
        String key = key(path);
        if (parent.isMap()) {
            Node removed = parent.remove(key);
            if (removed == null) {
                throw missing("error in remove for path: '" + path + "': Unable to remove nonexistent key: " + key);
            }
            return;
        }
        parent.removeAt(inside(parent, key, "error in remove for path: '" + path + "': "));
    }

    private static Node taken(Node document, String from) {
        Node parent = parent(document, from);
        if (parent == null) {
            throw missing("move operation does not apply: doc is missing from path: " + from);
        }
        String key = key(from);
        String place = "error in move for path: '" + key + "': ";
        Node removed = parent.isMap() ? parent.remove(key) : parent.removeAt(inside(parent, key, place));
        if (removed == null) {
            throw missing(place + "Unable to remove nonexistent key: " + key);
        }
        return removed;
    }

    private static void replace(Node document, String path, Node value) {
        Node parent = parent(document, path);
        if (parent == null) {
            throw missing("replace operation does not apply: doc is missing path: " + path);
        }
        String key = key(path);
        if (parent.isMap()) {
            parent.put(key, value);
            return;
        }
        int at;
        try {
            at = inside(parent, key, "");
        } catch (KustomizeException outside) {
            throw missing("replace operation does not apply: doc is missing key: " + path);
        }
        parent.set(at, value);
    }

    private static void test(Node document, String path, @Nullable Node value) {
        Node found = path.isEmpty() ? document : null;
        if (found == null) {
            Node parent = parent(document, path);
            if (parent == null) {
                throw missing("test operation does not apply: is missing path: " + path);
            }
            found = get(parent, key(path));
        }
        Node expected = value == null ? Node.nothing() : value;
        Node actual = found == null ? Node.nothing() : found;
        if (!JsonText.write(Plain.of(expected)).equals(JsonText.write(Plain.of(actual)))) {
            throw new KustomizeException("testing value " + path + " failed: test failed");
        }
    }

    private static int inside(Node list, String key, String place) {
        int index = index(key);
        if (index >= list.size() || index < -list.size()) {
            throw new KustomizeException(
                    place + "Unable to access invalid index: " + index + ": invalid index referenced");
        }
        return index < 0 ? index + list.size() : index;
    }

    private static int index(String key) {
        try {
            return Integer.parseInt(key);
        } catch (NumberFormatException notNumber) {
            throw new KustomizeException("value was not a proper array index: '" + key + "': strconv.Atoi: parsing \""
                    + key + "\": invalid syntax");
        }
    }

    private static @Nullable Node parent(Node document, String path) {
        int last = path.lastIndexOf('/');
        if (last < 0) {
            return null;
        }
        Node at = document;
        int from = path.indexOf('/') + 1;
        while (from <= last) {
            int end = path.indexOf('/', from);
            Node next = at.isMap() || at.isList() ? get(at, decode(path.substring(from, end))) : null;
            if (next == null || next.isNull()) {
                return null;
            }
            at = next;
            from = end + 1;
        }
        return at.isMap() || at.isList() ? at : null;
    }

    private static String key(String path) {
        return decode(path.substring(path.lastIndexOf('/') + 1));
    }

    private static String decode(String part) {
        return part.indexOf('~') < 0 ? part : part.replace("~1", "/").replace("~0", "~");
    }

    private static @Nullable Node get(Node parent, String key) {
        if (parent.isMap()) {
            return parent.get(key);
        }
        try {
            return parent.item(inside(parent, key, ""));
        } catch (KustomizeException outside) {
            return null;
        }
    }
}
