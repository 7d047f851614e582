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
import io.driftless.objects.Comparison;
import io.driftless.objects.Predicted;
import java.util.List;
import java.util.Optional;

/// Resources in the shape of Argo CD's `ResourceDiff`.
final class ResourceDocuments {
    private static final String NONE = "null";

    private ResourceDocuments() {}

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
        String predicted =
                !verdict.wanted() ? NONE : object == null ? target : Answers.text(Predicted.of(object, found(verdict)));
        return item.put("predictedLiveState", predicted)
                .put("resourceVersion", verdict.resourceVersion())
                .put("modified", verdict.status() != SyncStatus.SYNCED);
    }

    private static List<Comparison.Difference> found(ResourceVerdict verdict) {
        return verdict.differences().stream()
                .map(field -> new Comparison.Difference(field.path(), field.desired(), field.live()))
                .toList();
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
}
