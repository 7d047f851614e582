package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.Health;
import io.driftless.events.ResourceId;
import java.util.HashMap;
import java.util.Map;

/// Fills in how healthy each resource of an Application is. As in Argo CD the custom resource does not say
/// (`resourceHealthSource: appTree`), and clients that wait for a resource look for it.
final class ResourceHealth {
    private final ReadModel model;

    ResourceHealth(ReadModel model) {
        this.model = model;
    }

    /// The Application with it; the same object when there is nothing to add.
    ObjectNode shown(ObjectNode application) {
        JsonNode resources = application.path("status").path("resources");
        if (resources.isEmpty()) {
            return application;
        }
        Map<ResourceId, Health> known = new HashMap<>();
        model.drift(ApplicationCache.nameOf(application).toString())
                .ifPresent(compared -> compared.resources()
                        .forEach((ResourceVerdict verdict) -> known.put(verdict.resource(), verdict.health())));
        ObjectNode copy = application.deepCopy();
        for (JsonNode resource : copy.path("status").path("resources")) {
            Health health = known.get(id(resource));
            if (health != null && resource instanceof ObjectNode entry && !entry.has("health")) {
                ObjectNode node =
                        entry.putObject("health").put("status", health.status().toString());
                if (!health.message().isEmpty()) {
                    node.put("message", health.message());
                }
            }
        }
        return copy;
    }

    private static ResourceId id(JsonNode resource) {
        return new ResourceId(
                resource.path("group").asText(""),
                resource.path("kind").asText("?"),
                resource.path("namespace").asText(""),
                resource.path("name").asText("?"));
    }
}
