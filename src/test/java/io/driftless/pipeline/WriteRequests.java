package io.driftless.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.localcluster.LocalCluster;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// How often a cluster was asked to write, whether or not that changed anything.
record WriteRequests(long apply, long create, long delete) {
    static WriteRequests of(Map<String, Long> byVerb) {
        return new WriteRequests(
                byVerb.getOrDefault("apply", 0L), byVerb.getOrDefault("create", 0L), byVerb.getOrDefault("delete", 0L));
    }

    /// As the audit log of the real API server tells, without what its own controllers did. It calls an apply a patch;
    /// Driftless names a field manager in no other one.
    static WriteRequests of(LocalCluster cluster, String controlPlane, Set<String> further) {
        Map<String, Long> byVerb = new HashMap<>();
        for (JsonNode event : cluster.writes()) {
            String namespace = event.at("/objectRef/namespace").asText();
            boolean ours = namespace.equals(controlPlane) || further.contains(namespace);
            if (ours && !event.at("/user/username").asText().startsWith("system:")) {
                boolean applies = event.path("verb").asText().equals("patch")
                        && event.path("requestURI").asText().contains("fieldManager=");
                byVerb.merge(applies ? "apply" : event.path("verb").asText(), 1L, Long::sum);
            }
        }
        return of(byVerb);
    }

    WriteRequests minus(WriteRequests earlier) {
        return new WriteRequests(apply - earlier.apply, create - earlier.create, delete - earlier.delete);
    }
}
