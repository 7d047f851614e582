package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/// Owners that an object names more than once.
final class RepeatedOwners {
    private RepeatedOwners() {}

    /// Leaves each of them once, in place; returns the warning about that, which is empty for nothing.
    static String drop(ObjectNode object) {
        if (!(object.path("metadata").path("ownerReferences") instanceof ArrayNode owners) || owners.size() < 2) {
            return "";
        }
        Set<JsonNode> once = new LinkedHashSet<>();
        Set<String> uids = new HashSet<>();
        Set<String> again = new LinkedHashSet<>();
        for (JsonNode owner : owners) {
            once.add(owner);
            if (!uids.add(owner.path("uid").asText())) {
                again.add(owner.path("uid").asText());
            }
        }
        owners.removeAll();
        once.forEach(owners::add);
        return again.isEmpty()
                ? ""
                : ".metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and"
                        + " may reject such requests as early as 1.24; please fix your requests; duplicate UID(s)"
                        + " observed: " + String.join(", ", again);
    }
}
