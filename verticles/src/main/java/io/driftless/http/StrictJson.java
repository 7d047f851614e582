package io.driftless.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/// Reads JSON that strangers send: an object, in valid UTF-8, no name twice, not too deep, numbers of sane
/// size. Memory is bounded: of long lists only the first elements are kept, and the document says so.
public final class StrictJson {
    /// Elements of all lists together that are kept.
    public static final int MOST_ELEMENTS = 20_000;

    private static final int DEEPEST = 64;
    private static final int MOST_FIELDS = 10_000;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(100)
                    .maxNameLength(1_024)
                    .maxStringLength(32 * 1024 * 1024)
                    .build())
            .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, true)
            .configure(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION, false)
            .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
            .build();

    private final JsonParser parser;
    private int elements;
    private int fields;
    private boolean truncated;

    private StrictJson(JsonParser parser) {
        this.parser = parser;
    }

    /// What was read.
    ///
    /// @param truncated whether elements of lists were left out
    public record Read(ObjectNode object, boolean truncated) {}

    /// Reads an object; fails with [HttpFailure] 400, which says what is wrong with it.
    public static Read object(byte[] bytes) {
        if (!validUtf8(bytes)) {
            throw HttpFailure.invalid("the body is not valid UTF-8");
        }
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw HttpFailure.invalid("the body must be a JSON object");
            }
            StrictJson reader = new StrictJson(parser);
            ObjectNode object = reader.object();
            if (parser.nextToken() != null) {
                throw HttpFailure.invalid("there is text after the end of the JSON object");
            }
            return new Read(object, reader.truncated);
        } catch (JacksonException e) {
            throw HttpFailure.invalid("the body is not valid JSON: " + shortened(e.getOriginalMessage()));
        } catch (IOException e) {
            throw HttpFailure.invalid("the body is not valid JSON");
        }
    }

    /// Reads any JSON value, whole; fails with [HttpFailure] 400, which says what is wrong with it.
    public static JsonNode value(byte[] bytes) {
        if (!validUtf8(bytes)) {
            throw HttpFailure.invalid("the JSON is not valid UTF-8");
        }
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            if (parser.nextToken() == null) {
                throw HttpFailure.invalid("the JSON is empty");
            }
            StrictJson reader = new StrictJson(parser);
            JsonNode value = reader.value();
            if (reader.truncated) {
                throw HttpFailure.invalid("the JSON holds lists that are too long");
            }
            if (parser.nextToken() != null) {
                throw HttpFailure.invalid("there is text after the end of the JSON");
            }
            return value;
        } catch (JacksonException e) {
            throw HttpFailure.invalid("this is not valid JSON: " + shortened(e.getOriginalMessage()));
        } catch (IOException e) {
            throw HttpFailure.invalid("this is not valid JSON");
        }
    }

    /// Whether a name was twice in an object, so that two readers may see two documents.
    public static boolean ambiguous(HttpFailure failure) {
        return failure.text().contains("not valid JSON: Duplicate field ");
    }

    private JsonNode value() throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(finite(parser.getDoubleValue()));
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                NODES.nullNode();
        };
    }

    private JsonNode integer() throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private ObjectNode object() throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (++fields > MOST_FIELDS * 20 || object.size() >= MOST_FIELDS) {
                throw HttpFailure.invalid("the JSON object has too many fields");
            }
            parser.nextToken();
            object.set(name, value());
        }
        return object;
    }

    private ArrayNode array() throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (++elements > MOST_ELEMENTS) {
                truncated = true;
                skip();
            } else {
                array.add(value());
            }
        }
        return array;
    }

    /// Passes over a value; the rules hold for it too, so that it cannot hide what would be refused elsewhere.
    private void skip() throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                skip();
            }
        } else if (token == JsonToken.START_OBJECT) {
            int count = 0;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                if (++count > MOST_FIELDS) {
                    throw HttpFailure.invalid("the JSON object has too many fields");
                }
                parser.nextToken();
                skip();
            }
        }
    }

    private static double finite(double value) {
        if (Double.isInfinite(value)) {
            throw HttpFailure.invalid("a number is out of range");
        }
        return value;
    }

    private static boolean validUtf8(byte[] bytes) {
        CharsetDecoder decoder = UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(8_192);
        CoderResult result;
        do {
            out.clear();
            result = decoder.decode(in, out, true);
        } while (result.isOverflow());
        return result.isUnderflow();
    }

    private static String shortened(String message) {
        String line = message.lines().findFirst().orElse("");
        return line.length() > 200 ? line.substring(0, 200) : line;
    }
}
