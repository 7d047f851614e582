package io.driftless.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Proofs that a sender knows the secret. Comparisons take the same time wherever the first difference is.
final class Signatures {
    private static final String SHA256 = "sha256=";

    private Signatures() {}

    /// Whether `header` is `sha256=` and the lower-case hex HMAC-SHA-256 of the body as it came over the wire.
    static boolean hmac(@Nullable String header, byte[] body, String secret) {
        if (header == null || !header.startsWith(SHA256)) {
            return false;
        }
        return MessageDigest.isEqual((SHA256 + hmacHex(body, secret)).getBytes(UTF_8), header.getBytes(UTF_8));
    }

    /// Whether `header` is the secret itself; compared by digests, so that its length stays hidden too.
    static boolean token(@Nullable String header, String secret) {
        return header != null && MessageDigest.isEqual(sha256(header), sha256(secret));
    }

    static String hmacHex(byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no HmacSHA256", e);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }
}
