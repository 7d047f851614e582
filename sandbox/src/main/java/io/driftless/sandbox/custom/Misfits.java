package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.typed.GoText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What makes the object of an apply none of its kind: fields that are not declared, values of another type, items
/// that nothing tells apart.
final class Misfits {
    private final List<String> out = new ArrayList<>();

    private Misfits() {}

    static List<String> of(Structure root, JsonNode intent) {
        Misfits misfits = new Misfits();
        misfits.visit(root, "", intent);
        return misfits.out;
    }

    private void visit(Structure structure, String path, JsonNode value) {
        if (structure == Structure.ANYTHING || value.isNull()) {
            return;
        }
        if (structure.intOrString()) {
            expect(!value.isContainerNode(), path, "scalar", value);
            return;
        }
        switch (structure.type()) {
            case "string" -> {
                if (!value.isTextual()) {
                    out.add(path + ": expected string, got &value.valueUnstructured{Value:" + GoText.typed(value)
                            + "}");
                }
            }
            case "integer", "number" -> {
                if (!value.isNumber()) {
                    out.add(path + ": expected numeric (int or float), got " + GoText.kind(value));
                }
            }
            case "boolean" -> expect(value.isBoolean(), path, "boolean", value);
            case "object" -> {
                if (expect(value.isObject(), path, "map", value)) {
                    fields(structure, path, value);
                }
            }
            case "array" -> {
                if (expect(value.isArray(), path, "list", value)) {
                    items(structure, path, value);
                }
            }
            default -> {}
        }
    }

    private boolean expect(boolean fits, String path, String wanted, JsonNode value) {
        if (!fits) {
            out.add(path + ": expected " + wanted + ", got &{" + GoText.of(value) + "}");
        }
        return fits;
    }

    private void fields(Structure structure, String path, JsonNode value) {
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            Structure field = structure.named(entry.getKey());
            String at = path + "." + entry.getKey();
            if (field != null) {
                visit(field, at, entry.getValue());
            } else if (!structure.keeps(entry.getKey())) {
                out.add(at + ": field not declared in schema");
            }
        }
    }

    private void items(Structure list, String path, JsonNode items) {
        Structure item = list.items() == null ? Structure.ANYTHING : list.items();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            JsonNode value = items.get(i);
            String step = step(list, value, i);
            if (list.listType().equals("map") && !identified(list, path, value, i)) {
                continue;
            }
            if (!seen.add(step)) {
                out.add(path + ": duplicate entries for key " + step);
            }
            visit(item, path + step, value);
        }
    }

    private boolean identified(Structure list, String path, JsonNode item, int index) {
        String element = path + ": element " + index + ": associative list with keys ";
        if (!item.isObject()) {
            out.add(element + "may not have non-map elements");
            return false;
        }
        boolean named = list.keys().stream().anyMatch(key -> item.has(key) || fallback(list, key) != null);
        if (!named) {
            String keys = list.keys().stream().map(key -> '"' + key + '"').collect(Collectors.joining(" "));
            out.add(element + "has an element that omits all key fields [" + keys
                    + "] (and doesn't have default values for any key fields)");
        }
        return named;
    }

    private static @org.jspecify.annotations.Nullable JsonNode fallback(Structure list, String key) {
        Structure item = list.items();
        Structure field = item == null ? null : item.named(key);
        return field == null ? null : field.fallback();
    }

    private static String step(Structure list, JsonNode item, int index) {
        return switch (list.listType()) {
            case "set" -> "[=" + item + "]";
            case "map" ->
                list.keys().stream()
                        .map(key -> {
                            JsonNode given = item.has(key) ? item.get(key) : fallback(list, key);
                            return key + "=" + given;
                        })
                        .collect(Collectors.joining(",", "[", "]"));
            default -> "[" + index + "]";
        };
    }
}
