package io.driftless.sandbox.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Bodies in and out.
public final class Json {
    /// Reads and writes without any setting.
    public static final ObjectMapper MAPPER = new ObjectMapper();

    private static final ObjectReader TREES = MAPPER.readerFor(JsonNode.class);
    private static final com.fasterxml.jackson.databind.ObjectWriter TREE_WRITER = MAPPER.writerFor(JsonNode.class);

    private static final ObjectReader ONCE =
            MAPPER.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private static volatile Second now = new Second(0, "");

    private Json() {}

    /// An empty object.
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /// The child object of a name, made where it is missing.
    public static ObjectNode child(ObjectNode node, String name) {
        return node.get(name) instanceof ObjectNode found ? found : node.putObject(name);
    }

    /// The metadata of an object, made where it has none.
    public static ObjectNode meta(ObjectNode object) {
        return child(object, "metadata");
    }

    /// The metadata of an object whose parts belong to somebody else: replaced by a copy that may be
    /// changed.
    public static ObjectNode ownMeta(ObjectNode object) {
        return ownChild(object, "metadata");
    }

    /// A child object, replaced by a copy that may be changed; its own children are still shared.
    public static ObjectNode ownChild(ObjectNode object, String name) {
        ObjectNode own = object();
        if (object.get(name) instanceof ObjectNode shared) {
            own.setAll(shared);
        }
        object.set(name, own);
        return own;
    }

    /// Gives a field the value that it has in another object, or takes it away where that has none.
    public static void copy(JsonNode from, ObjectNode to, String field) {
        JsonNode value = from.get(field);
        if (value == null) {
            to.remove(field);
        } else {
            to.set(field, value);
        }
    }

    /// The name of an object; empty where it has none.
    public static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    /// The namespace of an object; empty where it has none.
    public static String namespace(JsonNode object) {
        return object.path("metadata").path("namespace").asText();
    }

    /// The unique id of an object; empty where it has none.
    public static String uid(JsonNode object) {
        return object.path("metadata").path("uid").asText();
    }

    /// The time as objects tell it, written once in a second.
    public static String now() {
        long second = System.currentTimeMillis() / 1000;
        Second known = now;
        if (known.second != second) {
            known = new Second(second, Instant.ofEpochSecond(second).toString());
            now = known;
        }
        return known.text;
    }

    /// A second since 1970, and how it is written.
    private record Second(long second, String text) {}

    /// The time, so many seconds from now, as objects tell it.
    public static String inSeconds(long seconds) {
        return Instant.now()
                .truncatedTo(ChronoUnit.SECONDS)
                .plusSeconds(seconds)
                .toString();
    }

    /// A body, as it is sent.
    public static Buffer bytes(JsonNode node) {
        return Buffer.buffer(write(node));
    }

    /// Reads what [#write] wrote of an object.
    public static ObjectNode read(byte[] json) {
        return (ObjectNode) tree(json);
    }

    /// Reads what [#write] wrote.
    public static JsonNode tree(byte[] json) {
        try {
            return TREES.readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read back what was stored", e);
        }
    }

    /// As short as can be, fields in their order.
    public static byte[] write(JsonNode node) {
        try {
            return TREE_WRITER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a JSON tree", e);
        }
    }

    /// A text in quotes, with what has to be escaped.
    public static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }
}
