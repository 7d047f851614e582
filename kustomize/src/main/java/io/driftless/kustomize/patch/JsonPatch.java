package io.driftless.kustomize.patch;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.node.Growth;
import io.driftless.kustomize.node.JsonText;
import io.driftless.kustomize.node.Limits;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.Plain;
import io.driftless.kustomize.node.Scalars;
import io.driftless.kustomize.node.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A list of JSON patch operations (RFC 6902) with the liberties and messages of the reference's library.
public final class JsonPatch {
    private final List<PatchOperation> operations;

    private JsonPatch(List<PatchOperation> operations) {
        this.operations = operations;
    }

    public boolean isEmpty() {
        return operations.isEmpty();
    }

    /// Reads operations from JSON when the text starts with `[`, otherwise from YAML. Null for a document that is
    /// null.
    public static @Nullable JsonPatch parse(String text, Limits limits) {
        List<PatchOperation> operations = PatchOperation.readAll(text, limits);
        return operations == null ? null : new JsonPatch(operations);
    }

    /// The object with all operations applied. It has been through JSON on the way.
    public Node apply(Node object) {
        Node document = Plain.exact(object);
        Growth growth = new Growth();
        for (PatchOperation operation : operations) {
            document = apply(document, operation, growth);
        }
        return Plain.of(document);
    }

    private static Node apply(Node document, PatchOperation operation, Growth growth) {
        Node value = operation.value() == null ? Node.nothing() : Plain.exact(oldToYoung(operation.value()));
        switch (operation.op()) {
            case "add" -> add(document, operation.requiredPath(), value);
            case "remove" -> remove(document, operation.requiredPath());
            case "replace" -> {
                String path = operation.requiredPath();
                if (path.isEmpty()) {
                    if (!value.isMap() && !value.isList()) {
                        throw new KustomizeException(
                                "replace operation hit doc root but value is not an object or array");
                    }
                    return value;
                }
                replace(document, path, value);
            }
            case "move" -> add(document, operation.requiredPath(), taken(document, operation.requiredFrom()));
            case "copy" -> {
                String from = operation.requiredFrom();
                Node parent = JsonPointer.parent(document, from);
                if (parent == null) {
                    throw missing("copy operation does not apply: doc is missing from path: " + from);
                }
                Node found = JsonPointer.get(parent, JsonPointer.key(from));
                if (found != null) {
                    growth.copies(found);
                }
                add(document, operation.requiredPath(), found == null ? Node.nothing() : found.copy());
            }
            case "test" -> test(document, operation.requiredPath(), operation.value() == null ? null : value);
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
            if (node.tag() == Tag.BOOL) {
                node.setText(Scalars.isTrue(node.text()) ? "true" : "false");
            } else if (node.tag() == Tag.MERGE) {
                node.setTag(Tag.STR);
            }
        }
        node.items().forEach(JsonPatch::fix);
    }

    static KustomizeException missing(String message) {
        return new KustomizeException(message + ": missing value");
    }

    private static void add(Node document, String path, Node value) {
        Node parent = JsonPointer.parent(document, path);
        if (parent == null) {
            throw missing("add operation does not apply: doc is missing path: \"" + path + "\"");
        }
        String key = JsonPointer.key(path);
        if (parent.isMap()) {
            parent.put(key, value);
            return;
        }
        if (key.equals("-")) {
            parent.add(value);
            return;
        }
        int size = parent.size() + 1;
        int index = JsonPointer.index(key);
        if (index >= size || index < -size) {
            throw new KustomizeException("error in add for path: '" + path + "': Unable to access invalid index: "
                    + index + ": invalid index referenced");
        }
        parent.add(index < 0 ? index + size : index, value);
    }

    private static void remove(Node document, String path) {
        Node parent = JsonPointer.parent(document, path);
        if (parent == null) {
            throw missing("remove operation does not apply: doc is missing path: \"" + path + "\"");
        }
        String key = JsonPointer.key(path);
        if (parent.isMap()) {
            Node removed = parent.remove(key);
            if (removed == null) {
                throw missing("error in remove for path: '" + path + "': Unable to remove nonexistent key: " + key);
            }
            return;
        }
        parent.removeAt(JsonPointer.inside(parent, key, "error in remove for path: '" + path + "': "));
    }

    private static Node taken(Node document, String from) {
        Node parent = JsonPointer.parent(document, from);
        if (parent == null) {
            throw missing("move operation does not apply: doc is missing from path: " + from);
        }
        String key = JsonPointer.key(from);
        String place = "error in move for path: '" + key + "': ";
        Node removed = parent.isMap() ? parent.remove(key) : parent.removeAt(JsonPointer.inside(parent, key, place));
        if (removed == null) {
            throw missing(place + "Unable to remove nonexistent key: " + key);
        }
        return removed;
    }

    private static void replace(Node document, String path, Node value) {
        Node parent = JsonPointer.parent(document, path);
        if (parent == null) {
            throw missing("replace operation does not apply: doc is missing path: " + path);
        }
        String key = JsonPointer.key(path);
        if (parent.isMap()) {
            parent.put(key, value);
            return;
        }
        int at;
        try {
            at = JsonPointer.inside(parent, key, "");
        } catch (KustomizeException outside) {
            throw missing("replace operation does not apply: doc is missing key: " + path);
        }
        parent.set(at, value);
    }

    private static void test(Node document, String path, @Nullable Node value) {
        Node found = path.isEmpty() ? document : null;
        if (found == null) {
            Node parent = JsonPointer.parent(document, path);
            if (parent == null) {
                throw missing("test operation does not apply: is missing path: " + path);
            }
            found = JsonPointer.get(parent, JsonPointer.key(path));
        }
        Node expected = value == null ? Node.nothing() : value;
        Node actual = found == null ? Node.nothing() : found;
        if (!JsonText.write(Plain.of(expected)).equals(JsonText.write(Plain.of(actual)))) {
            throw new KustomizeException("testing value " + path + " failed: test failed");
        }
    }
}
