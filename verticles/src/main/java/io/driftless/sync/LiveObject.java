package io.driftless.sync;

import com.fasterxml.jackson.databind.JsonNode;

/// What sync reads of an object that a cluster holds.
record LiveObject(JsonNode object) {
    private static final String TRACKING = "argocd.argoproj.io/tracking-id";

    String uid() {
        return object.path("metadata").path("uid").asText("");
    }

    String resourceVersion() {
        return object.path("metadata").path("resourceVersion").asText("");
    }

    private String annotation(String name) {
        return object.path("metadata").path("annotations").path(name).asText("");
    }

    /// Whose it is, seen from the manifest that is to be applied: both carry a tracking id if an Application has them.
    SyncOutcome.Owner owner(JsonNode manifest) {
        String tracking = annotation(TRACKING);
        if (tracking.isEmpty()) {
            return SyncOutcome.Owner.NOBODY;
        }
        return tracking.equals(new LiveObject(manifest).annotation(TRACKING))
                ? SyncOutcome.Owner.SELF
                : SyncOutcome.Owner.OTHER;
    }

    /// Why it must not be deleted, by what it says itself; empty when it may be.
    String keptBecause(boolean cascade) {
        SyncOptions own = new SyncOptions(SyncOptions.inAnnotation(annotation(SyncOptions.ANNOTATION)));
        String option = cascade ? "Delete" : "Prune";
        if (own.value(option).equals("false")) {
            return cascade ? "kept (no delete)" : "ignored (no prune)";
        }
        if (own.value(option).equals("confirm")) {
            return "kept: " + option + "=confirm is not supported yet";
        }
        boolean keep = cascade && annotation("helm.sh/resource-policy").equals("keep");
        return keep ? "kept (helm.sh/resource-policy: keep)" : "";
    }
}
