package io.driftless.sandbox.typed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.sandbox.typed.Shape.Entries;
import io.driftless.sandbox.typed.Shape.Items;
import io.driftless.sandbox.typed.Shape.Perhaps;
import io.driftless.sandbox.typed.Shape.Plain;
import io.driftless.sandbox.typed.Shape.Sort;
import io.driftless.sandbox.typed.Shape.Struct;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Holds the object of an apply against its kind: an apply with fields that there are not is
/// refused, whatever the client wants done about them.
public final class Intent {
    private final List<String> misfits = new ArrayList<>();

    private Intent() {}

    /// Looks at an object. What is null in a map of texts becomes an empty text.
    public static Intent of(Shape shape, ObjectNode object) {
        Intent intent = new Intent();
        intent.visit(shape, object, "");
        if (intent.misfits.isEmpty()) {
            intent.fill(shape, object);
        }
        return intent;
    }

    /// @throws Undecodable where a text in a fitting object is no quantity, time or bytes
    public static void readable(Shape shape, ObjectNode object) {
        new Intent().read(shape, object);
    }

    /// What makes the object none of its kind.
    public List<String> misfits() {
        return misfits;
    }

    private void visit(Shape shape, JsonNode value, String path) {
        if (value.isNull()) {
            return;
        }
        switch (shape) {
            case Plain(Sort sort) -> plain(sort, value, path);
            case Perhaps(Shape object) -> {
                if (value.isObject()) {
                    visit(object, value, path);
                }
            }
            case Items items -> items(items, value, path);
            case Entries entries -> {
                if (isMap(value, path)) {
                    for (Map.Entry<String, JsonNode> entry : value.properties()) {
                        visit(entries.value(), entry.getValue(), path + "." + entry.getKey());
                    }
                }
            }
            case Struct struct -> {
                if (isMap(value, path)) {
                    struct(struct, value, path);
                }
            }
        }
    }

    /// A field that there is not ends the look at its object, as on the real server.
    private void struct(Struct struct, JsonNode value, String path) {
        Map<String, Shape> fields = struct.fields();
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            if (!fields.containsKey(entry.getKey())) {
                misfits.add(path + "." + entry.getKey() + ": field not declared in schema");
                return;
            }
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            Shape field = fields.getOrDefault(entry.getKey(), Shape.ANY);
            if (field != Shape.ANY) {
                visit(field, entry.getValue(), path + "." + entry.getKey());
            }
        }
    }

    private boolean isMap(JsonNode value, String path) {
        if (!value.isObject()) {
            misfits.add(path + ": expected map, got &{" + GoText.of(value) + "}");
        }
        return value.isObject();
    }

    private void plain(Sort sort, JsonNode value, String path) {
        switch (sort) {
            case ANY, QUANTITY, INT_OR_TEXT -> {
                if (sort != Sort.ANY && value.isContainerNode()) {
                    misfits.add(path + ": expected scalar, got &{" + GoText.of(value) + "}");
                }
            }
            case TEXT, BYTES, TIME, MICRO_TIME -> {
                if (!value.isTextual()) {
                    misfits.add(path + ": expected string, got &value.valueUnstructured{Value:" + GoText.typed(value)
                            + "}");
                }
            }
            case INT32, INT64, NUMBER -> {
                if (!value.isNumber()) {
                    misfits.add(path + ": expected numeric (int or float), got " + GoText.kind(value));
                }
            }
            case FLAG -> {
                if (!value.isBoolean()) {
                    misfits.add(path + ": expected boolean, got &{" + GoText.of(value) + "}");
                }
            }
        }
    }

    private void items(Items items, JsonNode value, String path) {
        if (!value.isArray()) {
            misfits.add(path + ": expected list, got &{" + GoText.of(value) + "}");
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < value.size(); i++) {
            if (!items.keys().isEmpty() && !value.get(i).isObject()) {
                misfits.add(path + ": element " + i + ": associative list with keys may not have non-map elements");
                continue;
            }
            String key = "[" + (items.set() ? "=" + value.get(i) : key(items, value.get(i), i)) + "]";
            if (!seen.add(key)) {
                misfits.add(path + ": duplicate entries for key " + key);
            }
            named(items, value.get(i));
            visit(items.item(), value.get(i), path + key);
        }
    }

    /// What is to tell an item apart and is left out is there all the same, as an empty text.
    private static void named(Items items, JsonNode item) {
        if (item instanceof ObjectNode fields) {
            items.keys().forEach((name, fallback) -> {
                if (!fields.has(name)
                        && fallback.isTextual()
                        && fallback.asText().isEmpty()) {
                    fields.put(name, "");
                }
            });
        }
    }

    private static String key(Items items, JsonNode item, int index) {
        if (items.keys().isEmpty() || !item.isObject()) {
            return Integer.toString(index);
        }
        List<String> parts = new ArrayList<>();
        items.keys().forEach((name, fallback) -> {
            JsonNode given = item.path(name);
            parts.add(name + "=" + (given.isMissingNode() && !fallback.isMissingNode() ? fallback : given));
        });
        return String.join(",", parts);
    }

    private void read(Shape shape, JsonNode value) {
        switch (shape) {
            case Plain(Sort sort) -> {
                boolean whole = sort == Sort.INT32 || sort == Sort.INT64;
                if (whole && value.isNumber() && !value.isIntegralNumber()) {
                    throw new Undecodable("cannot convert float64 to " + shape.typeName());
                }
                if (sort == Sort.INT_OR_TEXT && !value.isNull() && !Scalars.fits(sort, value)) {
                    throw new Undecodable(
                            "json: cannot unmarshal " + Scalars.said(value, true) + " into Go value of type int32");
                }
                if (!value.isNull()) {
                    Scalars.read(sort, value);
                }
            }
            case Perhaps _ -> {
                // Looked into by the checks of definitions.
            }
            case Items items -> value.forEach(item -> read(items.item(), item));
            case Entries entries -> value.forEach(item -> read(entries.value(), item));
            case Struct struct -> {
                Map<String, Shape> fields = struct.fields();
                for (Map.Entry<String, JsonNode> entry : value.properties()) {
                    Shape field = fields.getOrDefault(entry.getKey(), Shape.ANY);
                    if (field != Shape.ANY) {
                        read(field, entry.getValue());
                    }
                }
            }
        }
    }

    private void fill(Shape shape, JsonNode value) {
        switch (shape) {
            case Plain _, Perhaps _ -> {
                // Nothing is in it that could be null.
            }
            case Items items -> value.forEach(item -> fill(items.item(), item));
            case Entries entries -> {
                boolean texts = entries.value() instanceof Plain(Sort sort) && sort == Sort.TEXT;
                for (Map.Entry<String, JsonNode> entry : value.properties()) {
                    if (!texts) {
                        fill(entries.value(), entry.getValue());
                    } else if (entry.getValue().isNull()) {
                        entry.setValue(TextNode.valueOf(""));
                    }
                }
            }
            case Struct struct -> {
                Map<String, Shape> fields = struct.fields();
                for (Map.Entry<String, JsonNode> entry : value.properties()) {
                    fill(fields.getOrDefault(entry.getKey(), Shape.ANY), entry.getValue());
                }
            }
        }
    }
}
