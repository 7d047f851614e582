package io.driftless.objects.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.objects.yaml.YamlOptions.Dialect;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;

/// Turns scalar events into values and keys, and refuses tags that Kubernetes has no use for.
final class ScalarReader {
    private static final String CORE = "tag:yaml.org,2002:";

    private final String file;
    private final Dialect dialect;

    ScalarReader(String file, Dialect dialect) {
        this.file = file;
        this.dialect = dialect;
    }

    JsonNode value(ScalarEvent scalar) {
        String text = scalar.getValue();
        String tag = scalar.getTag();
        if (tag == null || tag.equals("!")) {
            return tag == null && scalar.isPlain() ? resolve(scalar, text) : TextNode.valueOf(text);
        }
        return switch (tag.startsWith(CORE) ? tag.substring(CORE.length()) : tag) {
            case "str", "timestamp" -> TextNode.valueOf(text);
            case "binary" -> binary(scalar, text);
            case "int", "float" ->
                expect(scalar, resolve(scalar, text), resolve(scalar, text).isNumber());
            case "bool" ->
                expect(scalar, resolve(scalar, text), resolve(scalar, text).isBoolean());
            case "null" ->
                expect(scalar, resolve(scalar, text), resolve(scalar, text).isNull());
            default -> throw unknownTag(scalar, tag);
        };
    }

    /// JSON keys are text: numbers and booleans become theirs, as in Go.
    String key(Event at, JsonNode value) {
        if (value.isContainerNode() || value.isNull()) {
            throw error(at, "a map, list or null cannot be a key; use text, in quotes if it looks like null");
        }
        return value.asText();
    }

    void checkCollectionTag(Event at, @Nullable String tag, String expected) {
        if (tag != null && !tag.equals("!") && !tag.equals(CORE + expected)) {
            throw unknownTag(at, tag);
        }
    }

    private JsonNode resolve(ScalarEvent scalar, String text) {
        try {
            return GoScalar.resolve(text, dialect);
        } catch (GoScalar.NotFinite notFinite) {
            throw error(scalar, "infinity and not-a-number do not exist in JSON; put the value in quotes");
        }
    }

    private JsonNode expect(ScalarEvent scalar, JsonNode value, boolean matches) {
        if (!matches) {
            throw error(scalar, "the value does not fit its tag " + scalar.getTag() + "; remove the tag");
        }
        return value;
    }

    private JsonNode binary(ScalarEvent scalar, String text) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(text);
            return TextNode.valueOf(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException notText) {
            throw error(scalar, "the !!binary value is not base64 of UTF-8 text; use binaryData or a Secret's data");
        }
    }

    private InvalidYaml unknownTag(Event at, String tag) {
        return error(at, "the tag " + tag + " is not allowed in Kubernetes manifests; remove it");
    }

    private InvalidYaml error(Event at, String problem) {
        Mark mark = at.getStartMark();
        return new InvalidYaml(file, mark.getLine() + 1, mark.getColumn() + 1, problem);
    }
}
