package io.driftless.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.Answers;
import io.driftless.http.HttpFailure;
import io.driftless.http.StrictJson;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Signed tokens (JWT), HS256 alone: whatever else a header names, nothing is looked up, fetched or computed for it.
public final class Tokens {
    static final String ISSUER = "argocd";
    private static final int LONGEST = 16 * 1024;
    private static final long LEEWAY_SECONDS = 60;
    private static final long LATEST = 253_402_300_799L;
    private static final String HEADER = encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(US_ASCII));

    private Tokens() {}

    /// What a token says.
    ///
    /// @param expiresAt null for never
    public record Claims(
            String subject,
            String id,
            Instant issuedAt,
            @Nullable Instant expiresAt) {}

    public static String sign(Claims claims, byte[] key) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        payload.put("iss", ISSUER).put("sub", claims.subject());
        if (claims.expiresAt() != null) {
            payload.put("exp", claims.expiresAt().getEpochSecond());
        }
        long now = claims.issuedAt().getEpochSecond();
        payload.put("nbf", now).put("iat", now).put("jti", claims.id());
        String signed = HEADER + '.' + encoded(Answers.bytes(payload));
        return signed + '.' + encoded(mac(signed, key));
    }

    /// What a token says, if it is one of this installation and in force; empty for anything else.
    public static Optional<Claims> verify(String token, byte[] key, Instant now) {
        if (token.length() > LONGEST || key.length == 0) {
            return Optional.empty();
        }
        String[] parts = token.split("\\.", 4);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            byte[] signature = decoded(parts[2]);
            if (!MessageDigest.isEqual(mac(parts[0] + '.' + parts[1], key), signature)) {
                return Optional.empty();
            }
            JsonNode header = StrictJson.object(decoded(parts[0])).object();
            if (!header.path("alg").asText().equals("HS256") || header.has("crit")) {
                return Optional.empty();
            }
            return claims(StrictJson.object(decoded(parts[1])).object(), now);
        } catch (HttpFailure | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<Claims> claims(JsonNode payload, Instant now) {
        String subject = payload.path("sub").textValue();
        JsonNode id = payload.path("jti");
        JsonNode expires = payload.path("exp");
        long at = now.getEpochSecond();
        boolean good = ISSUER.equals(payload.path("iss").textValue())
                && subject != null
                && !subject.isEmpty()
                && time(payload.path("iat"))
                && payload.path("iat").asLong() <= at + LEEWAY_SECONDS
                && (payload.path("nbf").isMissingNode()
                        || time(payload.path("nbf")) && payload.path("nbf").asLong() <= at + LEEWAY_SECONDS)
                && (expires.isMissingNode() || time(expires) && expires.asLong() > at - LEEWAY_SECONDS)
                && (id.isMissingNode() || id.isTextual());
        if (!good || subject == null) {
            return Optional.empty();
        }
        return Optional.of(new Claims(
                subject,
                id.asText(""),
                Instant.ofEpochSecond(payload.path("iat").asLong()),
                expires.isMissingNode() ? null : Instant.ofEpochSecond(expires.asLong())));
    }

    private static boolean time(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong() && value.asLong() >= 0 && value.asLong() <= LATEST;
    }

    private static byte[] mac(String text, byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is missing from this Java", e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] decoded(String part) {
        return Base64.getUrlDecoder().decode(part);
    }
}
