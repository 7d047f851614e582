package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.DriftEvent.FieldDifference;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.events.ResourceId;
import io.driftless.events.SyncStatus;
import io.driftless.http.Answers;
import java.util.Optional;

/// Resources in the shapes of Argo CD's `ResourceNode` and `ResourceDiff`.
final class ResourceDocuments {
    private static final String NONE = "null";

    private ResourceDocuments() {}

    static ObjectNode node(ResourceObserved live) {
        ResourceId id = live.resource();
        JsonNode metadata = live.object().path("metadata");
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("group", id.group())
                .put("version", version(live.apiVersion()))
                .put("kind", id.kind())
                .put("namespace", id.namespace())
                .put("name", id.name())
                .put("uid", live.uid());
        ArrayNode parents = JsonNodeFactory.instance.arrayNode();
        metadata.path("ownerReferences").forEach(owner -> {
            String apiVersion = owner.path("apiVersion").asText();
            parents.addObject()
                    .put("group", group(apiVersion))
                    .put("version", version(apiVersion))
                    .put("kind", owner.path("kind").asText())
                    .put("namespace", id.namespace())
                    .put("name", owner.path("name").asText())
                    .put("uid", owner.path("uid").asText());
        });
        if (!parents.isEmpty()) {
            node.set("parentRefs", parents);
        }
        node.put("resourceVersion", live.resourceVersion());
        ObjectNode health =
                node.putObject("health").put("status", live.health().status().toString());
        if (!live.health().message().isEmpty()) {
            health.put("message", live.health().message());
        }
        return node.put("createdAt", metadata.path("creationTimestamp").asText());
    }

    static ObjectNode difference(
            ResourceVerdict verdict, Optional<ResourceRendered> desired, Optional<ResourceObserved> live) {
        ResourceId id = verdict.resource();
        String target =
                desired.map(rendered -> Answers.text(rendered.manifest())).orElse(NONE);
        JsonNode object = live.map(ResourceDocuments::withoutManagedFields).orElse(null);
        ObjectNode item = JsonNodeFactory.instance
                .objectNode()
                .put("group", id.group())
                .put("kind", id.kind())
                .put("namespace", id.namespace())
                .put("name", id.name())
                .put("targetState", target)
                .put(
                        "liveState",
                        live.map(observed -> Answers.text(observed.object())).orElse(NONE))
                .put("normalizedLiveState", object == null ? NONE : Answers.text(object));
        String predicted = !verdict.wanted()
                ? NONE
                : object == null ? target : Answers.text(Differences.applied(object, verdict.differences()));
        return item.put("predictedLiveState", predicted)
                .put("resourceVersion", verdict.resourceVersion())
                .put("modified", verdict.status() != SyncStatus.SYNCED);
    }

    /// The fields of a resource that differ.
    static ObjectNode fields(ResourceVerdict verdict) {
        ObjectNode item = JsonNodeFactory.instance
                .objectNode()
                .put("resource", verdict.resource().toString())
                .put("wanted", verdict.wanted())
                .put("exists", verdict.exists());
        ArrayNode fields = item.putArray("differences");
        for (FieldDifference difference : verdict.differences()) {
            ObjectNode field = fields.addObject().put("path", difference.path());
            if (difference.desired() != null) {
                field.set("desired", difference.desired());
            }
            if (difference.live() != null) {
                field.set("live", difference.live());
            }
        }
        return item;
    }

    private static JsonNode withoutManagedFields(ResourceObserved live) {
        JsonNode object = live.object().deepCopy();
        if (object.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        return object;
    }

    private static String group(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    private static String version(String apiVersion) {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }
}
