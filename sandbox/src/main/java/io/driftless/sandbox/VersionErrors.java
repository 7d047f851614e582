package io.driftless.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;

/// Refusals of reads that name a state which is not there: still to come, or forgotten.
final class VersionErrors {
    private VersionErrors() {}

    static ApiError tooLarge(long asked, long present) {
        ObjectNode details = Json.object();
        details.putArray("causes")
                .addObject()
                .put("reason", "ResourceVersionTooLarge")
                .put("message", "Too large resource version");
        details.put("retryAfterSeconds", 1);
        return ApiError.detailed(
                504, "Timeout", "Timeout: Too large resource version: " + asked + ", current: " + present, details);
    }

    /// 410 for a list in pieces, with the token that goes on at the state of now.
    static ApiError forgotten(String token) {
        ApiError error = ApiError.of(
                410,
                "Expired",
                "the state that this list began with is no longer kept: list anew, or go on at the state of now with the"
                        + " continue parameter of this answer");
        Json.child(error.status(), "metadata").put("continue", token);
        return error;
    }

    static ApiError expired(long asked, long oldest) {
        return ApiError.of(410, "Expired", "too old resource version: " + asked + " (" + oldest + ")");
    }
}
