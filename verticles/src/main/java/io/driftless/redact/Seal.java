package io.driftless.redact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Manifests in clear, readable only with the key of the installation (AES-256-GCM): `sealed:v1:`
/// and base64 of nonce and ciphertext. Safe for many threads.
public final class Seal {
    private static final String PREFIX = "sealed:v1:";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    public Seal(SealKey key) {
        this.key = key.derive("driftless seal v1", "AES");
    }

    public String seal(JsonNode clear) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] text = clear.toString().getBytes(StandardCharsets.UTF_8);
        byte[] closed = cipher(Cipher.ENCRYPT_MODE, nonce, text);
        byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + closed.length);
        System.arraycopy(closed, 0, all, NONCE_BYTES, closed.length);
        return PREFIX + Base64.getEncoder().encodeToString(all);
    }

    /// What was sealed. Fails with [IllegalArgumentException] when it was sealed with another key or was changed.
    public JsonNode open(String sealed) {
        if (!sealed.startsWith(PREFIX)) {
            throw new IllegalArgumentException("not a sealed manifest of this version");
        }
        byte[] all = Base64.getDecoder().decode(sealed.substring(PREFIX.length()));
        if (all.length <= NONCE_BYTES) {
            throw new IllegalArgumentException("a sealed manifest is cut short");
        }
        byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
        byte[] text = cipher(Cipher.DECRYPT_MODE, nonce, Arrays.copyOfRange(all, NONCE_BYTES, all.length));
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException("a sealed manifest does not hold JSON");
        }
    }

    private byte[] cipher(int mode, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "a manifest cannot be sealed or opened with this key; a hard refresh renders it again", e);
        }
    }
}
