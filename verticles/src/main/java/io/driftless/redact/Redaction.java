package io.driftless.redact;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Replaces every value of a v1 Secret by a keyed digest (`hmac:` and 128 bits): equal values have
/// equal digests, so that redacted objects compare as the clear ones would. `stringData` is folded
/// into `data` first, as the API server does, and kubectl's last-applied annotation, which repeats
/// the values, is dropped. Other objects are returned as they are. Safe for many threads.
public final class Redaction {
    public static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String PREFIX = "hmac:";
    private static final int DIGEST_BYTES = 16;

    private final SecretKeySpec key;

    public Redaction(SealKey key) {
        this.key = key.derive("driftless redaction v1", "HmacSHA256");
    }

    /// Whether [#redact] replaces anything in objects of this kind.
    public static boolean concerns(JsonNode object) {
        return "Secret".equals(object.path("kind").asText())
                && "v1".equals(object.path("apiVersion").asText());
    }

    /// The object without values of Secrets. The argument is not changed; an object that holds none is itself returned.
    public JsonNode redact(JsonNode object) {
        if (!concerns(object) || !(object.deepCopy() instanceof ObjectNode secret)) {
            return object;
        }
        if (secret.path("metadata").path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(LAST_APPLIED);
        }
        JsonNode data = secret.remove("data");
        JsonNode plain = secret.remove("stringData");
        if (data == null && plain == null) {
            return secret;
        }
        ObjectNode redacted = secret.putObject("data");
        each(data, (name, value) -> redacted.put(name, digest(decoded(value))));
        each(plain, (name, value) -> redacted.put(name, digest(value.getBytes(UTF_8))));
        return secret;
    }

    private interface Entry {
        void take(String name, String value);
    }

    /// Values that are not strings are refused by API servers, but may stand in Git: digested by their JSON.
    private static void each(@Nullable JsonNode map, Entry entry) {
        if (map != null) {
            for (Iterator<Map.Entry<String, JsonNode>> fields = map.fields(); fields.hasNext(); ) {
                Map.Entry<String, JsonNode> field = fields.next();
                JsonNode value = field.getValue();
                entry.take(
                        field.getKey(), value.isNull() ? "" : value.isTextual() ? value.textValue() : value.toString());
            }
        }
    }

    /// The bytes behind a value of `data`; text that is not base64 stands for itself.
    private static byte[] decoded(String value) {
        try {
            return Base64.getMimeDecoder().decode(value);
        } catch (IllegalArgumentException e) {
            return value.getBytes(UTF_8);
        }
    }

    private String digest(byte[] value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] full = mac.doFinal(value);
            return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(full, DIGEST_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks HmacSHA256", e);
        }
    }
}
