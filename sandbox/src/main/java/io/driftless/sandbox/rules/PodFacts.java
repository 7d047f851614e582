package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/// What of a pod matters to the rules of its containers.
///
/// @param volumes those that are in order, by name
/// @param claims the names of claims of devices
/// @param grace how many seconds it has to end
/// @param ownUsers whether its users are none of the node
public record PodFacts(
        Map<String, JsonNode> volumes, Set<String> claims, long grace, boolean hostNetwork, boolean ownUsers) {
    private static final int USUAL_GRACE = 30;

    static PodFacts of(JsonNode spec, Map<String, JsonNode> volumes, Set<String> claims) {
        return new PodFacts(
                volumes,
                claims,
                spec.path("terminationGracePeriodSeconds").asLong(USUAL_GRACE),
                spec.path("hostNetwork").asBoolean(),
                !spec.path("hostUsers").asBoolean(true));
    }

    PodFacts inItsOwnNetwork() {
        return new PodFacts(volumes, claims, grace, false, ownUsers);
    }
}
