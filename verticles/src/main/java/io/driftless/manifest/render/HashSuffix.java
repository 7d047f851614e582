package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Gives generated ConfigMaps and Secrets a name that changes with their content, the same that Kustomize 5.8.1
/// gives.
final class HashSuffix {
    private HashSuffix() {}

    static void apply(ResourceList resources) {
        for (KustomizeResource resource : resources) {
            if (resource.wantsHash()) {
                resource.remember();
                resource.metadata().put("name", resource.name() + "-" + of(resource.object()));
            }
        }
    }

    /// Ten characters over kind, type and data; the name counts as empty.
    static String of(ObjectNode object) {
        String kind = object.path("kind").asText();
        Map<String, String> parts = new TreeMap<>();
        parts.put("kind", quoted(kind));
        parts.put("name", "\"\"");
        parts.put("data", map(object.path("data")));
        String extra = kind.equals("Secret") ? "stringData" : "binaryData";
        if (object.path(extra).isObject()) {
            parts.put(extra, map(object.path(extra)));
        }
        if (kind.equals("Secret")) {
            parts.put("type", quoted(object.path("type").asText("")));
        }
        return encode(parts.entrySet().stream()
                .map(part -> quoted(part.getKey()) + ":" + part.getValue())
                .collect(Collectors.joining(",", "{", "}")));
    }

    private static String map(JsonNode data) {
        if (!data.isObject()) {
            return "\"\"";
        }
        return data
                .propertyStream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, field -> field.getValue().asText(), (a, b) -> b, TreeMap::new))
                .entrySet()
                .stream()
                .map(field -> quoted(field.getKey()) + ":" + quoted(field.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /// A JSON text as Go writes it, with the characters escaped that matter to HTML.
    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < ' ' || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029') {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }

    private static String encode(String json) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of()
                    .formatHex(digest)
                    .substring(0, 10)
                    .replace('0', 'g')
                    .replace('1', 'h')
                    .replace('3', 'k')
                    .replace('a', 'm')
                    .replace('e', 't');
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
