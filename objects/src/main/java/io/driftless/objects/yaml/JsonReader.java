package io.driftless.objects.yaml;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Reads a JSON file: one value, numbers as Go holds them.
final class JsonReader {
    private JsonReader() {}

    static List<Document> read(String file, String text, YamlOptions options) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(options.maxDepth())
                        .maxStringLength(options.maxBytes())
                        .build())
                .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, !options.duplicateKeysAllowed())
                .configure(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION, false)
                .build();
        try (JsonParser parser = factory.createParser(text)) {
            if (parser.nextToken() == null) {
                return List.of();
            }
            int line = parser.currentTokenLocation().getLineNr();
            JsonNode value = value(parser);
            if (parser.nextToken() != null) {
                JsonLocation at = parser.currentTokenLocation();
                throw new InvalidYaml(
                        file, at.getLineNr(), at.getColumnNr(), "text after the end of the JSON value; remove it");
            }
            return value.isNull() ? List.of() : List.of(new Document(value, line));
        } catch (JacksonException invalid) {
            JsonLocation at = invalid.getLocation();
            throw new InvalidYaml(
                    file,
                    at == null ? 0 : at.getLineNr(),
                    at == null ? 0 : at.getColumnNr(),
                    "not valid JSON: " + invalid.getOriginalMessage());
        } catch (GoScalar.NotFinite notFinite) {
            throw new InvalidYaml(file, 0, 0, "a number is larger than any that JSON readers hold; write it as text");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static JsonNode value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> TextNode.valueOf(parser.getText());
            case VALUE_NUMBER_INT -> GoScalar.of(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> GoScalar.of(parser.getDoubleValue());
            case VALUE_TRUE -> BooleanNode.TRUE;
            case VALUE_FALSE -> BooleanNode.FALSE;
            case VALUE_NULL, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                NullNode.instance;
        };
    }

    private static JsonNode object(JsonParser parser) throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            object.set(key, value(parser));
        }
        return object;
    }

    private static JsonNode array(JsonParser parser) throws IOException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }
}
