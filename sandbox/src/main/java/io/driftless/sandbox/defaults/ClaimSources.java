package io.driftless.sandbox.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// What a claim is filled from, in the older of its two fields and in the newer: each follows from the other.
public final class ClaimSources {
    private ClaimSources() {}

    static void complete(ObjectNode spec) {
        JsonNode source = spec.path("dataSource");
        if (!source.isMissingNode() && !known(source)) {
            spec.remove("dataSource");
        }
        if (spec.has("dataSource") && !spec.has("dataSourceRef")) {
            spec.set("dataSourceRef", spec.path("dataSource").deepCopy());
        } else if (spec.has("dataSourceRef")
                && !spec.has("dataSource")
                && !spec.path("dataSourceRef").has("namespace")) {
            spec.set("dataSource", spec.path("dataSourceRef").deepCopy());
        }
        for (String field : new String[] {"dataSource", "dataSourceRef"}) {
            if (spec.get(field) instanceof ObjectNode given && !given.has("apiGroup")) {
                given.putNull("apiGroup");
            }
        }
    }

    /// Of the older field all other sorts are lost.
    private static boolean known(JsonNode source) {
        String group =
                source.path("apiGroup").isNull() ? "" : source.path("apiGroup").asText();
        String kind = source.path("kind").asText();
        return kind.equals("PersistentVolumeClaim") && group.isEmpty()
                || kind.equals("VolumeSnapshot") && group.equals("snapshot.storage.k8s.io");
    }
}
