package io.driftless.kustomize.file;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.Scalars;
import io.driftless.kustomize.node.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the fields of one map of a configuration file as the reference's structs do: names in any case, null as if
/// absent, values of the wrong type refused by naming the field.
public final class Decoder {
    private final Map<String, Node> fields = new HashMap<>();
    private final Map<String, String> spellings = new LinkedHashMap<>();
    private final String struct;
    private final String path;
    private final boolean strict;
    private final boolean converting;

    private Decoder(Node map, String struct, String path, boolean strict, boolean converting) {
        this.converting = converting;
        this.struct = struct;
        this.path = path;
        this.strict = strict;
        for (int i = 0; i < map.size(); i++) {
            String key = map.key(i).toLowerCase(Locale.ROOT);
            Node value = map.item(i);
            spellings.put(key, map.key(i));
            if (value.isNull()) {
                fields.remove(key);
            } else {
                fields.put(key, value);
            }
        }
    }

    /// For a file whose unknown fields are errors, and in which text must be text.
    public static Decoder strict(Node map, String struct) {
        return new Decoder(map, struct, "", true, false);
    }

    /// For a file whose unknown fields are errors; numbers and truth values become text where text is expected.
    public static Decoder converting(Node map, String struct) {
        return new Decoder(map, struct, "", true, true);
    }

    /// For a file whose unknown fields are ignored; it converts as well.
    public static Decoder lenient(Node map, String struct) {
        return new Decoder(map, struct, "", false, true);
    }

    private @Nullable Node take(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        spellings.remove(key);
        return fields.get(key);
    }

    public boolean has(String name) {
        return fields.containsKey(name.toLowerCase(Locale.ROOT));
    }

    /// The field as it is; it counts as known.
    public @Nullable Node node(String name) {
        return take(name);
    }

    /// Fails when the map has a field nobody asked for.
    public void done() {
        if (strict && !spellings.isEmpty()) {
            throw new KustomizeException(
                    "json: unknown field \"" + spellings.values().iterator().next() + "\"");
        }
    }

    public String string(String name) {
        Node value = take(name);
        return value == null ? "" : string(value, name);
    }

    /// Text that stays strict where the rest converts.
    public String strictString(String name) {
        Node value = take(name);
        if (value == null) {
            return "";
        }
        if (!value.isScalar() || !isText(value)) {
            throw wrong(value, name, "string");
        }
        return value.text();
    }

    public boolean flag(String name) {
        Node value = take(name);
        if (value == null) {
            return false;
        }
        if (!value.isScalar() || value.tag() != Tag.BOOL) {
            throw wrong(value, name, "bool");
        }
        return Scalars.isTrue(value.text());
    }

    public long number(String name) {
        Node value = take(name);
        if (value == null) {
            return 0;
        }
        if (value.isScalar() && (value.tag() == Tag.INT || value.tag() == Tag.FLOAT)) {
            Node plain = io.driftless.kustomize.node.Plain.exact(value);
            try {
                return Long.parseLong(plain.text());
            } catch (NumberFormatException tooLarge) {
                throw new KustomizeException("json: cannot unmarshal number " + plain.text() + " into Go struct field "
                        + place(name) + " of type int64");
            }
        }
        throw wrong(value, name, "int64");
    }

    public List<String> strings(String name) {
        return list(name, item -> string(item, name));
    }

    public Map<String, String> stringMap(String name) {
        Node value = take(name);
        if (value == null) {
            return Map.of();
        }
        expectMap(value, name, "map[string]string");
        Map<String, String> result = new LinkedHashMap<>();
        for (int i = 0; i < value.size(); i++) {
            Node item = value.item(i);
            result.put(value.key(i), item.isNull() ? "" : string(item, name));
        }
        return result;
    }

    public <T> List<T> list(String name, Function<Node, T> item) {
        return list(name, "string", item);
    }

    private <T> List<T> list(String name, String type, Function<Node, T> item) {
        Node value = take(name);
        if (value == null) {
            return List.of();
        }
        if (!value.isList()) {
            throw wrong(value, name, "[]" + type);
        }
        List<T> result = new ArrayList<>(value.size());
        for (Node one : value.items()) {
            result.add(item.apply(one));
        }
        return result;
    }

    /// Maps in a list.
    public <T> List<T> objects(String name, String type, Function<Decoder, T> read) {
        return list(name, type, item -> read.apply(inner(item, name, type)));
    }

    public <T> @Nullable T object(String name, String type, Function<Decoder, T> read) {
        Node value = take(name);
        return value == null ? null : read.apply(inner(value, name, type));
    }

    private Decoder inner(Node value, String name, String type) {
        String inner = type.substring(type.lastIndexOf('.') + 1);
        if (value.isNull()) {
            return new Decoder(Node.map(), inner, path + name + ".", strict, converting);
        }
        expectMap(value, name, type);
        return new Decoder(value, inner, path + name + ".", strict, converting);
    }

    private void expectMap(Node value, String name, String type) {
        if (!value.isMap()) {
            throw wrong(value, name, type);
        }
    }

    private String string(Node value, String name) {
        if (value.isNull()) {
            return "";
        }
        if (value.isScalar() && converting && !isText(value)) {
            return converted(value);
        }
        if (!value.isScalar() || !isText(value)) {
            throw wrong(value, name, "string");
        }
        return value.text();
    }

    private static String converted(Node value) {
        return value.tag() == Tag.BOOL
                ? Boolean.toString(Scalars.isTrue(value.text()))
                : io.driftless.kustomize.node.Plain.exact(value).text();
    }

    private static boolean isText(Node value) {
        return value.tag() == Tag.STR
                || value.tag() == Tag.TIMESTAMP
                || value.tag() == Tag.BINARY
                || value.tag() == Tag.MERGE;
    }

    private String place(String name) {
        return struct + "." + path + name;
    }

    private KustomizeException wrong(Node value, String name, String type) {
        String found = value.isMap()
                ? "object"
                : value.isList()
                        ? "array"
                        : switch (value.tag()) {
                            case BOOL -> "bool";
                            case INT, FLOAT -> "number";
                            default -> "string";
                        };
        return new KustomizeException(
                "json: cannot unmarshal " + found + " into Go struct field " + place(name) + " of type " + type);
    }
}
