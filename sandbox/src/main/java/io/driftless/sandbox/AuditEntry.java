package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.model.Json;

/// One write that was stored.
///
/// @param time RFC 3339
/// @param client the name before the slash in the client's `User-Agent`; for the sandbox's own controllers theirs
/// @param verb create, update, patch, apply or delete
/// @param manager the field manager
/// @param resource such as `deployments.apps`
/// @param namespace empty for cluster-wide objects
/// @param before resource version that the write was made on; 0 for a new object
/// @param after resource version that the write got
/// @param gone whether the object is gone by it
public record AuditEntry(
        String time,
        String client,
        String verb,
        String manager,
        String resource,
        String namespace,
        String name,
        String uid,
        long before,
        long after,
        boolean gone) {
    JsonNode json() {
        return Json.MAPPER.valueToTree(this);
    }
}
