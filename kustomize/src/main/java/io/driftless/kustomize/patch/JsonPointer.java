package io.driftless.kustomize.patch;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.node.Node;
import org.jspecify.annotations.Nullable;

/// Finds places by JSON pointer (RFC 6901), with the liberties of the reference's library.
final class JsonPointer {
    private JsonPointer() {}

    /// The place a key means in a list, counted from the end where it is negative.
    ///
    /// @param place begins the message when there is no such place
    static int inside(Node list, String key, String place) {
        int index = index(key);
        if (index >= list.size() || index < -list.size()) {
            throw new KustomizeException(
                    place + "Unable to access invalid index: " + index + ": invalid index referenced");
        }
        return index < 0 ? index + list.size() : index;
    }

    static int index(String key) {
        try {
            return Integer.parseInt(key);
        } catch (NumberFormatException notNumber) {
            throw new KustomizeException("value was not a proper array index: '" + key + "': strconv.Atoi: parsing \""
                    + key + "\": invalid syntax");
        }
    }

    /// What holds the last part of the path, or null.
    static @Nullable Node parent(Node document, String path) {
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

    /// The last part of the path.
    static String key(String path) {
        return decode(path.substring(path.lastIndexOf('/') + 1));
    }

    private static String decode(String part) {
        return part.indexOf('~') < 0 ? part : part.replace("~1", "/").replace("~0", "~");
    }

    static @Nullable Node get(Node parent, String key) {
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
