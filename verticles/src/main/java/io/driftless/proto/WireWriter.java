package io.driftless.proto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.Answers;
import io.driftless.proto.FieldType.Label;
import io.driftless.proto.MessageType.Shape;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Writes JSON as messages. Fields that the type does not know are left out, as are values of another type than the
/// field: what a cluster holds was not necessarily written by the rules.
public final class WireWriter {
    private final WireOutput out = new WireOutput();

    private WireWriter() {}

    public static byte[] write(MessageType type, JsonNode object) {
        if (object instanceof Written written) {
            return written.wire(type);
        }
        WireWriter writer = new WireWriter();
        writer.message(type, object);
        return writer.out.toBytes();
    }

    private void message(MessageType type, JsonNode value) {
        if (value instanceof Written written) {
            out.bytes(written.wire(type));
            return;
        }
        switch (type.shape()) {
            case OBJECT -> object(type, value);
            case TIME, MICRO_TIME -> object(type, Times.parts(value));
            case INT_OR_STRING -> object(type, intOrString(value));
            case JSON -> {
                byte[] raw = Answers.bytes(value);
                out.bytes(raw);
                out.varint(raw.length);
                out.tag(1, 2);
            }
        }
    }

    private static ObjectNode intOrString(JsonNode value) {
        ObjectNode parts = JsonNodeFactory.instance.objectNode();
        return value.isTextual()
                ? parts.put("type", 1).put("strVal", value.asText())
                : parts.put("intVal", value.asInt());
    }

    private void object(MessageType type, JsonNode object) {
        for (FieldType field : type.inline()) {
            part(field, object);
        }
        for (FieldType field : type.required()) {
            if (!object.hasNonNull(field.json())) {
                value(field, Zero.of(field), true);
            }
        }
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            FieldType field = type.field(entry.getKey());
            if (field != null && !field.inline() && !entry.getValue().isNull()) {
                field(field, entry.getValue());
            }
        }
    }

    /// A message whose fields stand among those of `object`; left out when none of them is there.
    private void part(FieldType field, JsonNode object) {
        int before = out.size();
        message(field.inner(), object);
        if (out.size() > before) {
            out.lengthSince(before);
            out.tag(field.number(), 2);
        }
    }

    private void field(FieldType field, JsonNode value) {
        switch (field.label()) {
            case REPEATED -> {
                List<JsonNode> items = field.kind() == FieldType.Kind.MAP ? entries(value) : items(value);
                for (JsonNode item : items.reversed()) {
                    value(field, item, true);
                }
            }
            case PLAIN -> value(field, value, false);
            case OPTIONAL, REQUIRED -> value(field, value, true);
        }
    }

    private static List<JsonNode> items(JsonNode list) {
        List<JsonNode> items = new ArrayList<>(list.size());
        if (list instanceof ArrayNode) {
            list.forEach(items::add);
        }
        return items;
    }

    private static List<JsonNode> entries(JsonNode map) {
        List<JsonNode> entries = new ArrayList<>(map.size());
        map.properties()
                .forEach(entry -> entries.add(JsonNodeFactory.instance
                        .objectNode()
                        .put("key", entry.getKey())
                        .set("value", entry.getValue())));
        return entries;
    }

    private void value(FieldType field, JsonNode value, boolean always) {
        if (!always && field.kind() != FieldType.Kind.MESSAGE && Zero.is(value)) {
            return;
        }
        int before = out.size();
        switch (field.kind()) {
            case STRING -> {
                if (!value.isValueNode()) {
                    return;
                }
                out.string(value.asText());
                out.lengthSince(before);
            }
            case BYTES -> {
                out.bytes(decoded(value));
                out.lengthSince(before);
            }
            case BOOL -> out.varint(value.asBoolean() ? 1 : 0);
            case INT -> out.varint(value.asLong());
            case MESSAGE, MAP -> {
                boolean wrong =
                        field.inner().shape() == Shape.OBJECT && !value.isObject() && !(value instanceof Written);
                JsonNode known = wrong ? MissingNode.getInstance() : value;
                message(field.inner(), known);
                if (!always && out.size() == before && field.label() == Label.PLAIN) {
                    return;
                }
                out.lengthSince(before);
            }
        }
        out.tag(field.number(), field.kind().lengthDelimited() ? 2 : 0);
    }

    private static byte[] decoded(JsonNode base64) {
        try {
            return Base64.getDecoder().decode(base64.asText(""));
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }
}
