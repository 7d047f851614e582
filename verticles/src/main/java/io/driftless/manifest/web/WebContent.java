package io.driftless.manifest.web;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/// What a file held when it was read.
///
/// @param bytes its content, not to be changed
/// @param digest tells contents apart
/// @param etag the server's own name for this content; empty without
/// @param modified when the server says it was changed; empty without
public record WebContent(byte[] bytes, String digest, String etag, String modified) {

    static WebContent of(byte[] bytes, String etag, String modified) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new WebContent(bytes, HexFormat.of().formatHex(digest), etag, modified);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Headers that spare the server the content if it is still this one.
    Map<String, String> conditions() {
        Map<String, String> headers = new HashMap<>();
        if (!etag.isEmpty()) {
            headers.put("If-None-Match", etag);
        }
        if (!modified.isEmpty()) {
            headers.put("If-Modified-Since", modified);
        }
        return headers;
    }
}
