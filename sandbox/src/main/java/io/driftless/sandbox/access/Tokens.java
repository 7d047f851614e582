package io.driftless.sandbox.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Tokens in the form of JWTs, signed with a key that lives as long as the server: nothing has to be kept to know one
/// again.
public final class Tokens {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEADER = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));
    private final SecretKeySpec key;

    /// @param key what tokens are signed with
    public Tokens(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /// A signed token.
    public String issue(ObjectNode claims) {
        String signed = HEADER + "." + encode(claims.toString().getBytes(StandardCharsets.UTF_8));
        return signed + "." + encode(sign(signed));
    }

    /// The claims of a token; empty where it is not one of ours or its time is over.
    public Optional<JsonNode> read(String token, Instant now) {
        int dot = token.lastIndexOf('.');
        if (dot < 0 || !token.startsWith(HEADER + ".")) {
            return Optional.empty();
        }
        try {
            byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
            if (!MessageDigest.isEqual(signature, sign(token.substring(0, dot)))) {
                return Optional.empty();
            }
            JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(token.substring(HEADER.length() + 1, dot)));
            long end = claims.path("exp").asLong(Long.MAX_VALUE);
            return now.getEpochSecond() < end ? Optional.of(claims) : Optional.empty();
        } catch (IllegalArgumentException | IOException e) {
            return Optional.empty();
        }
    }

    private byte[] sign(String text) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA256", e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
