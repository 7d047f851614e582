package io.driftless.proto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.HttpFailure;
import io.driftless.http.StrictJson;
import io.driftless.proto.FieldType.Kind;
import io.driftless.proto.FieldType.Label;
import io.driftless.proto.MessageType.Shape;
import org.jspecify.annotations.Nullable;

/// Reads messages into the JSON they stand for. Zero values without a meaning of their own are left out, as they are in
/// the JSON of the custom resources. The tree is bounded by the size of the bytes; so is the depth.
public final class WireReader {
    private static final int DEEPEST = 64;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private WireReader() {}

    /// Reads a message; its own fields are an object, whatever is in them.
    public static ObjectNode read(MessageType type, byte[] bytes) throws WireException {
        return object(type, new WireInput(bytes), 0);
    }

    private static ObjectNode object(MessageType type, WireInput in, int depth) throws WireException {
        if (depth > DEEPEST) {
            throw new WireException("messages are nested too deeply");
        }
        ObjectNode object = NODES.objectNode();
        while (!in.atLimit()) {
            long tag = in.varint();
            int wireType = (int) tag & 7;
            long number = tag >>> 3;
            FieldType field = number > Integer.MAX_VALUE ? null : type.field((int) number);
            if (number == 0) {
                throw new WireException("a field has the number 0");
            }
            if (field == null) {
                in.skip(wireType);
            } else if (wireType == 2 && field.kind().lengthDelimited()) {
                take(object, field, in, depth);
            } else if (wireType == 0 && !field.kind().lengthDelimited()) {
                put(object, field, number(field, in.varint()));
            } else if (wireType == 2 && field.label() == Label.REPEATED) {
                int outer = in.enter();
                while (!in.atLimit()) {
                    put(object, field, number(field, in.varint()));
                }
                in.leave(outer);
            } else {
                throw new WireException("field " + field.json() + " of " + type + " has wire type " + wireType);
            }
        }
        return object;
    }

    private static void take(ObjectNode object, FieldType field, WireInput in, int depth) throws WireException {
        switch (field.kind()) {
            case STRING -> put(object, field, NODES.textNode(in.string()));
            case BYTES ->
                put(object, field, NODES.textNode(java.util.Base64.getEncoder().encodeToString(in.bytes())));
            case MESSAGE, MAP -> {
                int outer = in.enter();
                JsonNode value = value(field.inner(), in, depth + 1);
                in.leave(outer);
                if (field.kind() == Kind.MAP) {
                    entry(object.withObjectProperty(field.json()), field.inner(), value);
                } else if (field.inline() && value instanceof ObjectNode inner) {
                    object.setAll(inner);
                } else if (value != null) {
                    put(object, field, merged(object, field, value));
                }
            }
            case BOOL, INT -> throw new IllegalStateException();
        }
    }

    /// A message that comes in several parts is one message.
    private static JsonNode merged(ObjectNode object, FieldType field, JsonNode value) {
        if (field.label() != Label.REPEATED
                && object.get(field.json()) instanceof ObjectNode known
                && value instanceof ObjectNode more) {
            return known.deepCopy().setAll(more);
        }
        return value;
    }

    private static void entry(ObjectNode map, MessageType type, @Nullable JsonNode entry) {
        if (entry == null) {
            return;
        }
        FieldType value = type.field("value");
        JsonNode held = entry.path("value");
        map.set(entry.path("key").asText(""), held.isMissingNode() && value != null ? Zero.of(value) : held);
    }

    private static void put(ObjectNode object, FieldType field, JsonNode value) {
        switch (field.label()) {
            case REPEATED -> ((ArrayNode) object.withArrayProperty(field.json())).add(value);
            case OPTIONAL, REQUIRED -> object.set(field.json(), value);
            case PLAIN -> {
                if (Zero.is(value)) {
                    object.remove(field.json());
                } else {
                    object.set(field.json(), value);
                }
            }
        }
    }

    private static JsonNode number(FieldType field, long value) {
        return field.kind() == Kind.BOOL
                ? NODES.booleanNode(value != 0)
                : value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
    }

    /// Null stands for a time or JSON that is not there.
    private static @Nullable JsonNode value(MessageType type, WireInput in, int depth) throws WireException {
        if (type.shape() == Shape.OBJECT) {
            return object(type, in, depth);
        }
        ObjectNode parts = object(type, in, depth);
        return switch (type.shape()) {
            case TIME, MICRO_TIME -> Times.text(parts, type.shape() == Shape.MICRO_TIME);
            case INT_OR_STRING ->
                parts.path("type").asInt() == 1
                        ? NODES.textNode(parts.path("strVal").asText(""))
                        : NODES.numberNode(parts.path("intVal").asInt());
            default -> json(parts.path("raw").asText(""));
        };
    }

    private static @Nullable JsonNode json(String base64) throws WireException {
        if (base64.isEmpty()) {
            return null;
        }
        try {
            return StrictJson.value(java.util.Base64.getDecoder().decode(base64));
        } catch (HttpFailure e) {
            throw new WireException(e.text());
        }
    }
}
