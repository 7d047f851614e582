package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;

/// The quality-of-service class that follows from a pod's resources.
public final class PodQuality {
    private PodQuality() {}

    public static String of(JsonNode spec) {
        boolean any = false;
        boolean all = true;
        for (String list : new String[] {"containers", "initContainers"}) {
            for (JsonNode container : spec.path(list)) {
                JsonNode resources = container.path("resources");
                for (String resource : new String[] {"cpu", "memory"}) {
                    JsonNode request = resources.path("requests").path(resource);
                    JsonNode limit = resources.path("limits").path(resource);
                    any |= !request.isMissingNode() || !limit.isMissingNode();
                    all &= !limit.isMissingNode() && (request.isMissingNode() || request.equals(limit));
                }
            }
        }
        return !any ? "BestEffort" : all ? "Guaranteed" : "Burstable";
    }
}
