package io.driftless.objects.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Reads YAML and JSON files by the rules of Go's readers and writes YAML for people.
///
/// Reading promises: documents in file order, empty ones left out; numbers as the nodes Jackson
/// itself would read from JSON; no node shared between two places of a document (aliases are
/// copied). Every failure is an [InvalidYaml].
public final class GoYaml {
    private GoYaml() {}

    /// The documents of a file under [YamlOptions#STRICT]; `file` is only for messages, a name
    /// ending in `.json` is read as JSON.
    public static List<Document> read(String file, byte[] content) {
        return read(file, content, YamlOptions.STRICT);
    }

    public static List<Document> read(String file, byte[] content, YamlOptions options) {
        if (content.length > options.maxBytes()) {
            throw new InvalidYaml(
                    file,
                    0,
                    0,
                    "the file has " + content.length + " bytes, more than the " + options.maxBytes()
                            + " allowed; split it into smaller files");
        }
        return parse(file, decode(file, content), options);
    }

    public static List<Document> read(String file, String text) {
        return read(file, text.getBytes(StandardCharsets.UTF_8), YamlOptions.STRICT);
    }

    /// The one document of a file.
    public static JsonNode readOne(String file, String text) {
        List<Document> documents = read(file, text);
        if (documents.size() != 1) {
            throw new InvalidYaml(file, 0, 0, "expected one document but found " + documents.size());
        }
        return documents.getFirst().value();
    }

    /// Block style, two spaces, keys in the order given, ending in a newline; text that would read
    /// back as another type is quoted.
    public static String write(JsonNode value) {
        return new YamlWriter().write(value);
    }

    /// Several documents separated by `---`.
    public static String writeAll(Iterable<? extends JsonNode> values) {
        StringBuilder out = new StringBuilder();
        for (JsonNode value : values) {
            out.append(out.isEmpty() ? "" : "---\n").append(write(value));
        }
        return out.toString();
    }

    private static List<Document> parse(String file, String text, YamlOptions options) {
        return file.endsWith(".json")
                ? JsonReader.read(file, text, options)
                : NodeReader.documents(file, text, options);
    }

    private static String decode(String file, byte[] content) {
        Charset charset = StandardCharsets.UTF_8;
        int start = 0;
        if (startsWith(content, 0xEF, 0xBB, 0xBF)) {
            start = 3;
        } else if (startsWith(content, 0xFE, 0xFF)) {
            start = 2;
            charset = StandardCharsets.UTF_16BE;
        } else if (startsWith(content, 0xFF, 0xFE)) {
            start = 2;
            charset = StandardCharsets.UTF_16LE;
        }
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(content, start, content.length - start))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new InvalidYaml(file, 0, 0, "the file is not valid " + charset + " text; save it as UTF-8");
        }
    }

    private static boolean startsWith(byte[] content, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (content.length <= i || (content[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
