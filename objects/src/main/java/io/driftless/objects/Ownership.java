package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;

/// What a manager owns of a live object by server-side apply.
///
/// @param applied whether it ever applied the object in this version
/// @param fields what it owns; empty when it never did
record Ownership(boolean applied, FieldSet fields) {
    private static final Ownership NONE = new Ownership(false, FieldSet.EMPTY);

    /// The ownership of `manager`. A field set written for another API version has other paths, one that cannot be read
    /// was forged: neither says anything.
    static Ownership of(JsonNode live, String manager, String apiVersion) {
        for (JsonNode entry : live.path("metadata").path("managedFields")) {
            if (entry.path("manager").asText("").equals(manager)
                    && entry.path("operation").asText("").equals("Apply")
                    && entry.path("subresource").asText("").isEmpty()
                    && entry.path("apiVersion").asText("").equals(apiVersion)) {
                try {
                    return new Ownership(true, FieldSet.parse(entry.path("fieldsV1")));
                } catch (IllegalArgumentException unreadable) {
                    return NONE;
                }
            }
        }
        return NONE;
    }
}
