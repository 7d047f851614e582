package io.driftless.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.LiveEvent.ClusterObserved;
import io.driftless.events.LiveEvent.ClusterUnreachable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What the pipeline has last seen of each cluster.
final class ClusterSightings {
    private final Map<String, Sighting> byServer = new ConcurrentHashMap<>();

    private record Sighting(String trouble, int kinds, Instant at) {}

    void saw(StoredEvent event) {
        if (event.envelope() == null) {
            return;
        }
        Instant at = event.envelope().time().truncatedTo(ChronoUnit.SECONDS);
        switch (event.envelope().event()) {
            case ClusterObserved seen ->
                byServer.put(seen.cluster(), new Sighting("", seen.kinds().size(), at));
            case ClusterUnreachable lost -> byServer.put(lost.cluster(), new Sighting(lost.reason(), 0, at));
            default -> {}
        }
    }

    /// Adds the connection state under Argo CD's names, at both places where clients look for it.
    ///
    /// @param applications how many Applications go to each server
    void addTo(ObjectNode cluster, Map<String, Long> applications) {
        Sighting sighting = byServer.get(cluster.path("server").asText());
        ObjectNode info = cluster.putObject("info");
        info.put(
                "applicationsCount",
                applications.getOrDefault(cluster.path("server").asText(), 0L));
        state(cluster.putObject("connectionState"), sighting);
        state(info.putObject("connectionState"), sighting);
        if (sighting != null) {
            info.putObject("cacheInfo").put("apisCount", sighting.kinds());
        }
    }

    private static void state(ObjectNode state, @org.jspecify.annotations.Nullable Sighting sighting) {
        if (sighting == null) {
            state.put("status", "Unknown").put("message", "Cluster has no applications and is not being monitored.");
            return;
        }
        state.put("status", sighting.trouble().isEmpty() ? "Successful" : "Failed");
        if (!sighting.trouble().isEmpty()) {
            state.put("message", sighting.trouble());
        }
        state.put("attemptedAt", sighting.at().toString());
    }
}
