package io.driftless.kustomize.node;

import io.driftless.kustomize.KustomizeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finding and setting fields with the rules that decide which type and quotes a changed field ends up with.
public final class Fields {
    private Fields() {}

    /// Gives a scalar a new value: type of the value, quotes of the field.
    public static void setScalar(Node field, Node value) {
        field.expect(Kind.SCALAR);
        if (value.isNull()) {
            return;
        }
        value.setStyle(field.style());
        field.become(value);
    }

    /// Sets a field of a map: removed for null, otherwise replaced in place with the quotes it had, or added.
    public static void set(Node map, String name, @Nullable Node value) {
        set(map, name, value, false, true);
    }

    /// The same for a field whose key keeps the quotes it has elsewhere; `keepNull` for a null that stays.
    public static void setQuoted(Node map, String name, @Nullable Node value, boolean keepNull) {
        set(map, name, value, keepNull, false);
    }

    private static void set(Node map, String name, @Nullable Node value, boolean keepNull, boolean plainKey) {
        if (value != null) {
            quoteIfTyped(value);
        }
        if (value == null || (value.isNull() && !keepNull)) {
            map.expect(Kind.MAP);
            map.remove(name);
            return;
        }
        if (map.isNull()) {
            return;
        }
        map.expect(Kind.MAP);
        Node field = map.get(name);
        if (field == null) {
            map.append(name, value);
            if (plainKey) {
                OddKeys.check(map, name);
            }
        } else if (field != value) {
            value.setStyle(field.style());
            field.become(value);
        }
    }

    /// Quotes text that some reader would take for a number, a truth value or null.
    public static void quoteIfTyped(Node value) {
        if (value.isString() && value.style() == Style.PLAIN && Scalars.looksTyped(value.text())) {
            value.setStyle(Style.DOUBLE);
        }
    }

    /// The field, or null when the map is null or has none. Fails on lists and scalars.
    public static @Nullable Node get(@Nullable Node map, String name) {
        if (map == null || map.isNull()) {
            return null;
        }
        map.expect(Kind.MAP);
        return map.get(name);
    }

    /// The text of a scalar; empty for null and nothing.
    public static String text(@Nullable Node node) {
        return node == null || node.isNull() ? "" : node.text();
    }

    public static @Nullable Node lookUp(Node root, List<String> path) {
        return lookUp(root, path, null);
    }

    /// Follows a path of field names, numbers, `-` and `[name=value]`; makes what is missing when
    /// `create` says of which kind its end is.
    public static @Nullable Node lookUp(Node root, List<String> path, @Nullable Kind create) {
        Node at = root;
        for (int i = 0; i < path.size() && at != null; i++) {
            String part = path.get(i).strip();
            if (!part.isEmpty()) {
                at = step(at, part, i + 1 < path.size() ? path.get(i + 1).strip() : "", create);
            }
        }
        return at;
    }

    private static @Nullable Node step(Node at, String part, String next, @Nullable Kind create) {
        if (isInteger(part)) {
            int index = number(part);
            if (index < 0) {
                throw new KustomizeException("array index " + index + " cannot be negative");
            }
            at.expect(Kind.LIST);
            return index < at.size() ? at.item(index) : null;
        }
        if (part.equals("-")) {
            at.expect(Kind.LIST);
            return at.size() == 0 ? null : at.item(at.size() - 1);
        }
        if (part.equals("*")) {
            throw new KustomizeException("wildcard is not supported in PathGetter");
        }
        if (isElement(part)) {
            return element(at, part, create);
        }
        Node field = get(at, part);
        if (field == null && create != null && !at.isNull()) {
            field = empty(kindAfter(next, create));
            set(at, part, field);
        }
        return field;
    }

    private static @Nullable Node element(Node list, String part, @Nullable Kind create) {
        list.expect(Kind.LIST);
        String inner = part.substring(1, part.length() - 1);
        int equals = inner.indexOf('=');
        if (equals < 0) {
            throw new KustomizeException("list path element must contain fieldName=fieldValue for element to match");
        }
        String name = inner.substring(0, equals);
        String value = inner.substring(equals + 1);
        for (Node item : list.items()) {
            if (name.isEmpty()) {
                if (item.text().equals(value)) {
                    return item;
                }
            } else if (item.isMap()) {
                Node field = item.get(name);
                if (field != null && field.text().equals(value)) {
                    return item;
                }
            }
        }
        if (create == null) {
            return null;
        }
        Node made = name.isEmpty() ? Node.untyped(value) : Node.map();
        if (!name.isEmpty()) {
            made.append(name, Node.untyped(value));
        }
        list.add(made);
        return made;
    }

    /// An empty node of a kind, with no type yet.
    public static Node empty(Kind kind) {
        return new Node(kind, Tag.NONE);
    }

    static Kind kindAfter(String next, Kind last) {
        if (next.isEmpty()) {
            return last;
        }
        return isElement(next) || (isInteger(next) && number(next) >= 0) ? Kind.LIST : Kind.MAP;
    }

    static boolean isElement(String part) {
        return part.startsWith("[") && part.endsWith("]") && part.length() > 1;
    }

    static boolean isInteger(String part) {
        int start = part.startsWith("-") || part.startsWith("+") ? 1 : 0;
        if (part.length() == start || part.length() > 10) {
            return false;
        }
        for (int i = start; i < part.length(); i++) {
            if (part.charAt(i) < '0' || part.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    static int number(String part) {
        long value = Long.parseLong(part);
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    }
}
