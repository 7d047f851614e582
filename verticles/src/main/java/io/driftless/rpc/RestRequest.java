package io.driftless.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.HttpFailure;
import io.driftless.proto.FieldType;
import io.driftless.proto.FieldType.Kind;
import io.driftless.proto.FieldType.Label;
import io.driftless.proto.MessageType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the request of a method from what came with HTTP: parts of the path, parameters, and a body.
final class RestRequest {
    private static final int MOST_VALUES = 10_000;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private final MessageType type;
    private final ObjectNode request;

    /// @param request what the body said of it
    RestRequest(MessageType type, ObjectNode request) {
        this.type = type;
        this.request = request;
    }

    ObjectNode document() {
        return request;
    }

    /// Sets a field by its path, such as `id.value`. A path that leads nowhere is passed over.
    void set(String path, List<String> values) {
        ObjectNode holder = request;
        MessageType holderType = type;
        String[] steps = path.split("\\.", 16);
        for (int i = 0; i < steps.length - 1; i++) {
            @Nullable FieldType field = holderType.field(steps[i]);
            if (field == null || field.kind() != Kind.MESSAGE || field.label() == Label.REPEATED) {
                return;
            }
            if (holder.has(steps[i]) && !holder.path(steps[i]).isObject()) {
                return;
            }
            holder = holder.withObjectProperty(steps[i]);
            holderType = message(field);
        }
        @Nullable FieldType field = holderType.field(steps[steps.length - 1]);
        if (field != null && !values.isEmpty()) {
            put(holder, field, path, values);
        }
    }

    private static MessageType message(FieldType field) {
        if (field.message() == null) {
            throw new IllegalStateException(field.json());
        }
        return field.message();
    }

    private static void put(ObjectNode holder, FieldType field, String path, List<String> values) {
        if (field.label() == Label.REPEATED) {
            if (values.size() > MOST_VALUES) {
                throw HttpFailure.invalid("parameter " + path + " is given too often");
            }
            ArrayNode list = holder.putArray(field.json());
            values.forEach(value -> list.add(scalar(field, path, value)));
        } else {
            String value = values.getFirst();
            if (!value.isEmpty() || field.kind() == Kind.STRING) {
                holder.set(field.json(), scalar(field, path, value));
            }
        }
    }

    private static JsonNode scalar(FieldType field, String path, String value) {
        return switch (field.kind()) {
            case STRING, BYTES -> NODES.textNode(value);
            case BOOL -> {
                if (!value.equals("true") && !value.equals("false")) {
                    throw HttpFailure.invalid("parameter " + path + " must be true or false");
                }
                yield NODES.booleanNode(value.equals("true"));
            }
            case INT -> {
                try {
                    long number = Long.parseLong(value);
                    yield number == (int) number ? NODES.numberNode((int) number) : NODES.numberNode(number);
                } catch (NumberFormatException e) {
                    throw HttpFailure.invalid("parameter " + path + " must be a number");
                }
            }
            case MESSAGE, MAP -> throw HttpFailure.invalid("parameter " + path + " cannot be given in the address");
        };
    }

    /// Fails with [HttpFailure] 400 naming the field when a body has values of another type than the method expects.
    static void check(MessageType type, JsonNode document, String path) {
        for (Map.Entry<String, JsonNode> entry : document.properties()) {
            @Nullable FieldType field = type.field(entry.getKey());
            JsonNode value = entry.getValue();
            if (field == null || value.isNull()) {
                continue;
            }
            String name = path.isEmpty() ? entry.getKey() : path + '.' + entry.getKey();
            if (field.label() == Label.REPEATED && field.kind() != Kind.MAP) {
                expect(value.isArray(), name, "a list");
                value.forEach(item -> checkValue(field, item, name));
            } else {
                checkValue(field, value, name);
            }
        }
    }

    private static void checkValue(FieldType field, JsonNode value, String name) {
        switch (field.kind()) {
            case STRING, BYTES -> expect(value.isTextual(), name, "a text");
            case BOOL -> expect(value.isBoolean(), name, "true or false");
            case INT -> expect(value.isIntegralNumber() && value.canConvertToLong(), name, "a whole number");
            case MAP -> expect(value.isObject(), name, "an object");
            case MESSAGE -> {
                if (message(field).plainObject()) {
                    expect(value.isObject(), name, "an object");
                    check(message(field), value, name);
                }
            }
        }
    }

    private static void expect(boolean holds, String name, String what) {
        if (!holds) {
            throw HttpFailure.invalid("field " + name + " must be " + what);
        }
    }
}
