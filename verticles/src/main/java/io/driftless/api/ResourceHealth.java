package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.Health;
import io.driftless.events.ResourceId;
import java.util.HashMap;
import java.util.Map;

/// Fills in how healthy each resource of an Application is. As in Argo CD the custom resource does not say
/// (`resourceHealthSource: appTree`), and clients that wait for a resource look for it.
final class ResourceHealth {
    private ResourceHealth() {}

    static void add(ObjectNode application, ApplicationCompared compared) {
        Map<ResourceId, Health> known = new HashMap<>();
        compared.resources().forEach(verdict -> known.put(verdict.resource(), verdict.health()));
        for (JsonNode resource : application.path("status").path("resources")) {
            Health health = known.get(id(resource));
            if (health != null && resource instanceof ObjectNode entry && !entry.has("health")) {
                ObjectNode node =
                        entry.putObject("health").put("status", health.status().toString());
                if (!health.message().isEmpty()) {
                    node.put("message", health.message());
                }
            }
        }
    }

    private static ResourceId id(JsonNode resource) {
        return new ResourceId(
                resource.path("group").asText(""),
                resource.path("kind").asText("?"),
                resource.path("namespace").asText(""),
                resource.path("name").asText("?"));
    }
}
