package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a Secret holds: encoded values under names that can be file names, and what its type asks for. Values never
/// show up in what is said about them.
public final class SecretRules {
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
    private static final int LARGEST = 1024 * 1024;

    static void add(JsonNode secret, List<Violation> wrong) {
        fits(secret, secret.path("data"), wrong);
    }

    static void unmoved(JsonNode secret, @Nullable JsonNode before, List<Violation> wrong) {
        if (before != null && !before.path("type").equals(secret.path("type"))) {
            wrong.add(Violation.invalid("type", secret.path("type"), "field is immutable"));
        }
    }

    /// How much may be in one, of ConfigMaps too; whatever is not text counts as the bytes that it stands for.
    static void size(String field, JsonNode object, List<Violation> wrong) {
        long bytes = 0;
        boolean secret = field.equals("data");
        for (JsonNode value : object.path("data")) {
            bytes += secret ? decoded(value.asText()) : value.asText().getBytes(StandardCharsets.UTF_8).length;
        }
        for (JsonNode value : object.path("binaryData")) {
            bytes += decoded(value.asText());
        }
        if (bytes > LARGEST) {
            wrong.add(Violation.tooLong(field, LARGEST));
        }
    }

    private static long decoded(String base64) {
        int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
        return base64.length() / 4 * 3L - padding;
    }

    /// The name of an entry, of ConfigMaps too.
    static void key(String field, String key, List<Violation> wrong) {
        if (key.length() > 253) {
            wrong.add(Violation.invalid(field, TextNode.valueOf(key), "must be no more than 253 characters"));
        }
        if (!KEY.matcher(key).matches()) {
            wrong.add(Violation.invalid(field, TextNode.valueOf(key), KEY_RULE));
        } else if (key.equals(".") || key.startsWith("..")) {
            String what = key.length() <= 2 ? "must not be '" + key + "'" : "must not start with '..'";
            wrong.add(Violation.invalid(field, TextNode.valueOf(key), what));
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
        String why = "unexpected end of JSON input";
        try {
            JsonNode read = Json.MAPPER.readTree(text);
            if (read.isObject() || read.isNull()) {
                return;
            }
            if (!read.isMissingNode()) {
                String is =
                        read.isBoolean() ? "bool" : read.getNodeType().name().toLowerCase(Locale.ROOT);
                why = "json: cannot unmarshal " + is + " into Go value of type map[string]interface {}";
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            String bare = text.stripLeading();
            boolean begins = !bare.isEmpty() && "{[\"-tfn0123456789".indexOf(bare.charAt(0)) >= 0;
            why = begins
                    ? "it must hold an object as JSON"
                    : "invalid character '" + bare.charAt(0) + "' looking for beginning of value";
        }
        wrong.add(Violation.invalid("data[" + key + "]", "\"<secret contents redacted>\"", why));
    }
}
