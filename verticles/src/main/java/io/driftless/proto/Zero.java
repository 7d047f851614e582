package io.driftless.proto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/// Values that stand for nothing.
final class Zero {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Zero() {}

    static boolean is(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> value.textValue().isEmpty();
            case BOOLEAN -> !value.booleanValue();
            case NUMBER -> value.canConvertToLong() && value.longValue() == 0;
            case ARRAY, OBJECT -> value.isEmpty();
            case NULL, MISSING -> true;
            case BINARY, POJO -> false;
        };
    }

    static JsonNode of(FieldType field) {
        return switch (field.kind()) {
            case STRING, BYTES -> NODES.textNode("");
            case BOOL -> NODES.booleanNode(false);
            case INT -> NODES.numberNode(0);
            case MESSAGE, MAP -> NODES.objectNode();
        };
    }
}
