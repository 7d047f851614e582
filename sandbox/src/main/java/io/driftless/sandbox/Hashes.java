package io.driftless.sandbox;

import io.driftless.sandbox.model.ResourceType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// Digests by which clients know something again.
final class Hashes {
    private Hashes() {}

    static String hex(String text) {
        return hex(text.getBytes(StandardCharsets.UTF_8));
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().withUpperCase().formatHex(digest(bytes));
    }

    /// `storageVersionHash` of discovery: tells the versions apart in which objects may be stored; the real server's
    /// are
    /// the same.
    static String storageVersion(ResourceType type) {
        String stored = type.storageApiVersion();
        if (type.id().equals(ResourceType.DEFINITIONS)) {
            stored += "beta1";
        }
        byte[] all = digest(
                ((stored.contains("/") ? "" : "/") + stored + "/" + type.kind()).getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(Arrays.copyOf(all, 8));
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
