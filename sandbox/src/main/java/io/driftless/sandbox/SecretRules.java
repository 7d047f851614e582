package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.sandbox.custom.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a Secret holds: encoded values under names that can be file names, and what its type asks for. Values never
/// show up in what is said about them.
final class SecretRules {
    private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]+");
    private static final String KEY_RULE = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'"
            + " (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
    private static final String ACCOUNT = "kubernetes.io/service-account.name";

    /// Type to the keys that it needs.
    private static final Map<String, List<String>> NEEDED = Map.of(
            "kubernetes.io/tls", List.of("tls.crt", "tls.key"),
            "kubernetes.io/dockerconfigjson", List.of(".dockerconfigjson"),
            "kubernetes.io/dockercfg", List.of(".dockercfg"),
            "kubernetes.io/ssh-auth", List.of("ssh-privatekey"));

    private SecretRules() {}

    /// Adds what is wrong with a Secret, beside what is wrong with any data.
    ///
    /// @throws ApiError where a value cannot be decoded
    static void add(ResourceType type, JsonNode secret, @Nullable JsonNode before, List<Violation> wrong) {
        JsonNode data = secret.path("data");
        for (Map.Entry<String, JsonNode> entry : data.properties()) {
            decodable(type, entry.getValue());
        }
        if (before != null && !before.path("type").equals(secret.path("type"))) {
            wrong.add(Violation.invalid("type", secret.path("type"), "field is immutable"));
        }
        fits(secret, data, wrong);
    }

    /// The name of an entry, of ConfigMaps too.
    static void key(String field, String key, List<Violation> wrong) {
        if (key.length() > 253 || !KEY.matcher(key).matches()) {
            wrong.add(Violation.invalid(field, TextNode.valueOf(key), KEY_RULE));
        }
    }

    private static void fits(JsonNode secret, JsonNode data, List<Violation> wrong) {
        String kind = secret.path("type").asText();
        for (String key : NEEDED.getOrDefault(kind, List.of())) {
            if (!data.has(key)) {
                wrong.add(Violation.required("data[" + key + "]", ""));
            } else if (kind.startsWith("kubernetes.io/dockerc")) {
                json(key, data.path(key).asText(), wrong);
            }
        }
        if (kind.equals("kubernetes.io/basic-auth") && !data.has("username") && !data.has("password")) {
            wrong.add(Violation.required("data[username]", ""));
            wrong.add(Violation.required("data[password]", ""));
        }
        JsonNode annotations = secret.path("metadata").path("annotations");
        if (kind.equals("kubernetes.io/service-account-token")
                && annotations.path(ACCOUNT).asText().isEmpty()) {
            wrong.add(Violation.required("metadata.annotations[" + ACCOUNT + "]", ""));
        }
    }

    private static void json(String key, String encoded, List<Violation> wrong) {
        String text = new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.UTF_8);
        try {
            if (Json.MAPPER.readTree(text).isObject()) {
                return;
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            // Told below, without the text.
        }
        wrong.add(Violation.invalid(
                "data[" + key + "]", "\"<secret contents redacted>\"", "it must hold an object as JSON"));
    }

    private static void decodable(ResourceType type, JsonNode value) {
        int wrong = value.isTextual() ? firstWrong(value.asText()) : 0;
        if (wrong >= 0) {
            throw ApiError.badRequest("Secret in version \"" + type.version()
                    + "\" cannot be handled as a Secret: illegal base64 data at input byte " + wrong);
        }
    }

    /// Where text stops being base64; -1 where all of it is. Line breaks count for nothing.
    private static int firstWrong(String text) {
        int held = 0;
        int padding = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                continue;
            }
            boolean letter = c < 128 && (Character.isLetterOrDigit(c) || c == '+' || c == '/');
            if (c == '=') {
                padding++;
            }
            if (!letter && c != '=' || letter && padding > 0 || padding > 0 && held % 4 < 2 || padding > 2) {
                return i;
            }
            held += letter ? 1 : 0;
        }
        return (held + padding) % 4 == 0 ? -1 : text.length();
    }
}
