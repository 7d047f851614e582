package io.driftless.kustomize;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What became of a case, short enough to store: a digest of what was printed, or that it failed.
final class Outcome {
    private Outcome() {}

    static String digest(Case one) {
        try {
            return digest(Kustomize.build(one.tree(), one.directory()).yaml());
        } catch (KustomizeException failed) {
            return "fails";
        }
    }

    static String digest(String printed) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(printed.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
