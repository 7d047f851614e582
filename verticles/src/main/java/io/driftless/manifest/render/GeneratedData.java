package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The keys and values that a generator gathers: from env files, then literals, then files.
final class GeneratedData {
    private static final int LINE = 70;

    private final KustomizationFile file;
    private final String field;
    private final Map<String, byte[]> data = new TreeMap<>();

    private GeneratedData(KustomizationFile file, String field) {
        this.file = file;
        this.field = field;
    }

    static GeneratedData of(BoundedFiles files, KustomizationFile file, String field, ObjectNode entry) {
        GeneratedData result = new GeneratedData(file, field);
        List<String> envs = new ArrayList<>(result.texts(entry, "envs"));
        if (entry.hasNonNull("env")) {
            envs.add(entry.path("env").asText());
        }
        envs.forEach(path -> result.envFile(path, KustomizeBuild.readNamed(files, file, field, path)));
        result.texts(entry, "literals").forEach(result::literal);
        for (String source : result.texts(entry, "files")) {
            int equals = source.indexOf('=');
            if (source.indexOf('=', equals + 1) >= 0 && equals >= 0) {
                throw file.refused(
                        field, source, "the file source \"" + source + "\" has more than one =; write key=path");
            }
            String path = source.substring(equals + 1);
            String key = equals < 0 ? path.substring(path.lastIndexOf('/') + 1) : source.substring(0, equals);
            result.put(key, KustomizeBuild.readNamed(files, file, field, path));
        }
        return result;
    }

    private List<String> texts(ObjectNode entry, String list) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : entry.path(list)) {
            if (!item.isTextual()) {
                throw file.refused(field, field + "." + list + " must be a list of texts; put the entries in quotes");
            }
            texts.add(item.textValue());
        }
        return texts;
    }

    private void literal(String literal) {
        int equals = literal.indexOf('=');
        if (equals < 1) {
            // The text may be a secret: it is not quoted.
            throw file.refused(field, "a literal of " + field + " is not written key=value; correct it");
        }
        String value = literal.substring(equals + 1);
        boolean quoted = value.length() >= 2
                && (value.startsWith("\"") || value.startsWith("'"))
                && value.charAt(0) == value.charAt(value.length() - 1);
        put(
                literal.substring(0, equals),
                (quoted ? value.substring(1, value.length() - 1) : value).getBytes(StandardCharsets.UTF_8));
    }

    private void envFile(String path, byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        String[] lines = (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\r?\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].stripLeading();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            if (equals == 0) {
                throw RefusedRender.at(path, i + 1, "the line has no key before =; write KEY=value");
            }
            put(
                    equals < 0 ? line : line.substring(0, equals),
                    (equals < 0 ? "" : line.substring(equals + 1)).getBytes(StandardCharsets.UTF_8));
        }
    }

    private void put(String key, byte[] value) {
        if (!key.matches("[-._a-zA-Z0-9]{1,253}")) {
            throw file.refused(field, "a key of " + field + " is not valid; use letters, digits, - _ and .");
        }
        if (data.put(key, value) != null) {
            throw file.refused(field, key, field + " illegally repeats the key " + key + "; remove one");
        }
    }

    void writeTo(ObjectNode object) {
        boolean secret = object.path("kind").asText().equals("Secret");
        data.forEach((key, value) -> {
            if (secret) {
                object.withObject("/data").put(key, base64(value));
            } else if (isText(value)) {
                object.withObject("/data").put(key, new String(value, StandardCharsets.UTF_8));
            } else {
                object.withObject("/binaryData").put(key, base64(value));
            }
        });
    }

    private static boolean isText(byte[] value) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
            return true;
        } catch (CharacterCodingException notText) {
            return false;
        }
    }

    private static String base64(byte[] value) {
        String plain = Base64.getEncoder().encodeToString(value);
        if (plain.length() <= LINE) {
            return plain;
        }
        StringBuilder lines = new StringBuilder();
        for (int start = 0; start < plain.length(); start += LINE) {
            lines.append(plain, start, Math.min(plain.length(), start + LINE)).append('\n');
        }
        return lines.toString();
    }
}
