package io.driftless.http;

/// A certificate and its key as PEM texts.
public record Certificate(String certificate, String key) {
    /// Names no secret.
    @Override
    public String toString() {
        return "Certificate";
    }
}
