package io.driftless.sandbox.protobuf;

import static io.driftless.sandbox.protobuf.ProtobufMessages.ENVELOPE;
import static io.driftless.sandbox.protobuf.ProtobufMessages.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.protobuf.ProtobufMessages.Field;
import io.driftless.sandbox.protobuf.ProtobufMessages.Shape;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Bodies in `application/vnd.kubernetes.protobuf`: the commands `kubectl create …` have no other
/// way to send. Only the kinds and fields that these commands send are known; anything else is
/// refused, never dropped.
public final class Protobuf {
    /// The media type of objects in protobuf.
    public static final String TYPE = "application/vnd.kubernetes.protobuf";
    private static final byte[] MAGIC = {'k', '8', 's', 0};

    private static final Field QUANTITY = new Field("", Shape.INLINE, Map.of(1, text("value")));
    private static final Map<Integer, Field> INT_OR_TEXT =
            Map.of(1, Field.of("type", Shape.NUMBER), 2, Field.of("number", Shape.NUMBER), 3, text("text"));

    private Protobuf() {}

    /// Reads a body with its envelope.
    public static ObjectNode read(Buffer body) {
        ByteBuffer in = ByteBuffer.wrap(body.getBytes());
        byte[] magic = new byte[MAGIC.length];
        if (in.remaining() < MAGIC.length) {
            throw unsupported("a body without the k8s prefix");
        }
        in.get(magic);
        if (!java.util.Arrays.equals(magic, MAGIC)) {
            throw unsupported("a body without the k8s prefix");
        }
        try {
            ObjectNode envelope = message("", ENVELOPE, in);
            JsonNode type = envelope.path("type");
            String kind = type.path("kind").asText();
            Map<Integer, Field> fields =
                    ServiceMessages.of(type.path("apiVersion").asText(), kind);
            if (fields == null) {
                throw unsupported("kind " + kind);
            }
            byte[] raw = Base64.getDecoder().decode(envelope.path("raw").asText());
            ObjectNode out = message(kind, fields, ByteBuffer.wrap(raw));
            return out.put("apiVersion", type.path("apiVersion").asText()).put("kind", kind);
        } catch (java.nio.BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw ApiError.badRequest("the protobuf body is cut short or damaged: " + e.getMessage());
        }
    }

    private static ObjectNode message(String path, Map<Integer, Field> fields, ByteBuffer in) {
        ObjectNode out = Json.object();
        while (in.hasRemaining()) {
            long tag = varint(in);
            Field field = fields.get((int) (tag >>> 3));
            if ((tag & 7) == 0) {
                long value = varint(in);
                if (field == null && value != 0) {
                    throw unsupported("field " + (tag >>> 3) + " of " + path);
                }
                number(out, field, value);
            } else if ((tag & 7) == 2) {
                int length = (int) varint(in);
                if (length < 0 || length > in.remaining()) {
                    throw new IllegalArgumentException("a length of " + length);
                }
                ByteBuffer part = in.slice(in.position(), length);
                in.position(in.position() + length);
                if (field != null) {
                    delimited(out, path + "." + field.name(), field, part);
                } else if (!blank(part.duplicate())) {
                    throw unsupported("field " + (tag >>> 3) + " of " + path);
                }
            } else {
                throw unsupported("wire type " + (tag & 7) + " in " + path);
            }
        }
        return out;
    }

    private static void number(ObjectNode out, @Nullable Field field, long value) {
        if (field != null && field.shape() == Shape.FLAG) {
            out.put(field.name(), value != 0);
        } else if (field != null && field.shape() == Shape.SET) {
            if (value != 0) {
                out.put(field.name(), true);
            }
        } else if (field != null && (value != 0 || field.shape() != Shape.COUNT)) {
            out.put(field.name(), (int) value);
        }
    }

    private static void delimited(ObjectNode out, String path, Field field, ByteBuffer part) {
        String name = field.name();
        switch (field.shape()) {
            case TEXT -> {
                if (part.hasRemaining()) {
                    out.put(name, utf8(part));
                }
            }
            case BYTES -> out.put(name, base64(part));
            case TEXTS -> out.withArray(name).add(utf8(part));
            case TEXT_MAP -> entry(Json.child(out, name), part, Field.of("value", Shape.TEXT));
            case BYTES_MAP -> entry(Json.child(out, name), part, Field.of("value", Shape.BYTES));
            case QUANTITY_MAP -> entry(Json.child(out, name), part, QUANTITY);
            case INT_OR_TEXT -> {
                ObjectNode read = message(path, INT_OR_TEXT, part);
                if (read.path("type").asInt() == 0) {
                    out.put(name, read.path("number").asInt());
                } else {
                    out.put(name, read.path("text").asText());
                }
            }
            case QUANTITY ->
                out.put(
                        name,
                        message(path, QUANTITY.message(), part).path("value").asText());
            case INLINE -> out.setAll(message(path, field.message(), part));
            case MESSAGE -> out.set(name, message(path, field.message(), part));
            case MESSAGES -> out.withArray(name).add(message(path, field.message(), part));
            case NUMBER, COUNT, FLAG, SET -> throw new IllegalArgumentException(path + " is no number");
        }
    }

    private static void entry(ObjectNode map, ByteBuffer part, Field value) {
        ObjectNode entry = message("entry", Map.of(1, text("key"), 2, value), part);
        map.put(entry.path("key").asText(), entry.path("value").asText());
    }

    /// Whether an unknown message holds defaults alone: Go clients send those too.
    private static boolean blank(ByteBuffer part) {
        while (part.hasRemaining()) {
            long tag = varint(part);
            if ((tag & 7) == 0) {
                if (varint(part) != 0) {
                    return false;
                }
            } else if ((tag & 7) != 2 || !blank(slice(part))) {
                return false;
            }
        }
        return true;
    }

    private static ByteBuffer slice(ByteBuffer part) {
        int length = (int) varint(part);
        ByteBuffer out = part.slice(part.position(), length);
        part.position(part.position() + length);
        return out;
    }

    private static long varint(ByteBuffer in) {
        long out = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = in.get();
            out |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return out;
            }
        }
        throw new IllegalArgumentException("a number of more than ten bytes");
    }

    private static String utf8(ByteBuffer part) {
        return StandardCharsets.UTF_8.decode(part).toString();
    }

    private static String base64(ByteBuffer part) {
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static ApiError unsupported(String what) {
        return ApiError.of(
                415,
                "UnsupportedMediaType",
                "protobuf with " + what + " is not supported yet: send JSON, for example with kubectl apply -f");
    }
}
