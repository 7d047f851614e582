package io.driftless.observe;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.cluster.ObjectIds;
import io.driftless.events.ApplicationName;
import io.driftless.events.ChildEvent.ChildObserved;
import io.driftless.events.ChildEvent.Owner;
import io.driftless.events.Health;
import io.driftless.events.ResourceId;
import io.driftless.health.HealthCheck;
import io.driftless.tree.NodeFacts;
import java.util.ArrayList;
import java.util.List;

/// What is kept of an object that may lie below one of an application: who owns it, and what is told of it.
record Child(
        ResourceId id,
        String apiVersion,
        String uid,
        String resourceVersion,
        String createdAt,
        List<Owner> owners,
        Health health,
        NodeFacts facts) {

    static Child of(JsonNode object) {
        ResourceId id = ObjectIds.of(object);
        JsonNode metadata = object.path("metadata");
        return new Child(
                id,
                ObjectIds.apiVersion(object),
                metadata.path("uid").asText(""),
                metadata.path("resourceVersion").asText(""),
                metadata.path("creationTimestamp").asText(""),
                owners(id, metadata),
                HealthCheck.of(object),
                NodeFacts.of(object));
    }

    /// Owners are in the namespace of what they own, unless they have none; [ChildIndex] knows which.
    private static List<Owner> owners(ResourceId id, JsonNode metadata) {
        List<Owner> owners = new ArrayList<>();
        for (JsonNode owner : metadata.path("ownerReferences")) {
            String kind = owner.path("kind").asText("");
            String name = owner.path("name").asText("");
            String apiVersion = owner.path("apiVersion").asText("");
            if (!kind.isEmpty() && !name.isEmpty()) {
                owners.add(new Owner(
                        apiVersion,
                        ResourceId.of(apiVersion, kind, id.namespace(), name),
                        owner.path("uid").asText("")));
            }
        }
        return List.copyOf(owners);
    }

    /// The event about it, once it is known whose it is and by which owners.
    ChildObserved of(ApplicationName application, String cluster, List<Owner> known) {
        return new ChildObserved(
                application,
                cluster,
                id,
                apiVersion,
                uid,
                resourceVersion,
                createdAt,
                known,
                health,
                facts.info(),
                facts.images(),
                facts.networking());
    }

    /// Whether another event says the same, were it not for the version of the object.
    static boolean tellsTheSame(ChildObserved event, ChildObserved other) {
        return event.uid().equals(other.uid())
                && event.owners().equals(other.owners())
                && event.health().equals(other.health())
                && event.info().equals(other.info())
                && event.images().equals(other.images())
                && event.createdAt().equals(other.createdAt())
                && event.apiVersion().equals(other.apiVersion())
                && java.util.Objects.equals(event.networking(), other.networking());
    }
}
