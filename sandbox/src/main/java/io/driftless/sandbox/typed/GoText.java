package io.driftless.sandbox.typed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringJoiner;
import java.util.TreeMap;

/// Values as the real server prints them in some of its messages.
public final class GoText {
    private GoText() {}

    /// `map[a:b c:[1 2]]`.
    public static String of(JsonNode value) {
        if (value.isObject()) {
            StringJoiner out = new StringJoiner(" ", "map[", "]");
            sorted(value).forEach((name, one) -> out.add(name + ":" + of(one)));
            return out.toString();
        }
        if (value.isArray()) {
            StringJoiner out = new StringJoiner(" ", "[", "]");
            value.forEach(one -> out.add(of(one)));
            return out.toString();
        }
        return value.isNull() ? "<nil>" : value.asText();
    }

    /// `map[string]interface {}{"a":"b"}`.
    public static String typed(JsonNode value) {
        if (value.isObject()) {
            StringJoiner out = new StringJoiner(", ", "map[string]interface {}{", "}");
            sorted(value).forEach((name, one) -> out.add('"' + name + "\":" + typed(one)));
            return out.toString();
        }
        if (value.isArray()) {
            StringJoiner out = new StringJoiner(", ", "[]interface {}{", "}");
            value.forEach(one -> out.add(typed(one)));
            return out.toString();
        }
        return value.isNull() ? "interface {}(nil)" : value.toString();
    }

    /// `string`, `map`.
    public static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "map";
            case ARRAY -> "list";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> "number";
            case NULL, MISSING, BINARY, POJO -> "null";
        };
    }

    /// The type that a value has in Go.
    public static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "map[string]interface {}";
            case ARRAY -> "[]interface {}";
            case STRING -> "string";
            case BOOLEAN -> "bool";
            case NUMBER -> value.isIntegralNumber() ? "int64" : "float64";
            case NULL, MISSING, BINARY, POJO -> "<nil>";
        };
    }

    private static TreeMap<String, JsonNode> sorted(JsonNode object) {
        TreeMap<String, JsonNode> out = new TreeMap<>();
        object.properties().forEach(entry -> out.put(entry.getKey(), entry.getValue()));
        return out;
    }
}
