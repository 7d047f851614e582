package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Clusters;
import io.driftless.events.ChildEvent.ChildObserved;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.events.ProjectRules;
import io.driftless.events.ResourceId;
import io.driftless.http.HttpFailure;
import io.driftless.project.Permits;
import java.util.List;
import java.util.Optional;

/// The resources that an Application is known to have deployed, and the cluster they are on. Only
/// these are looked at or touched for somebody who names a resource: what an object says of itself
/// opens no door.
final class OwnedResources {
    private final ReadModel model;
    private final Clusters clusters;
    private final ProjectPermits permits;

    /// @param permits what projects allow: the rest is none of the Application's
    OwnedResources(ReadModel model, Clusters clusters, ProjectPermits permits) {
        this.permits = permits;
        this.model = model;
        this.clusters = clusters;
    }

    /// The resource that the request names, deployed by the Application or below what it deployed; fails with
    /// [HttpFailure] 404 when it is neither. Blocks: of what lies below, the cluster is asked for the object.
    ResourceObserved named(ObjectNode application, ObjectNode request) {
        ResourceId id = id(request);
        return all(application).stream()
                .filter(live -> live.resource().equals(id))
                .findFirst()
                .or(() -> below(application).stream()
                        .filter(child -> child.resource().equals(id))
                        .findFirst()
                        .flatMap(this::read))
                .orElseThrow(() -> HttpFailure.notFound(id.kind() + ' ' + id.group() + ' ' + id.name()
                        + " not found as part of application "
                        + application.path("metadata").path("name").asText()));
    }

    /// The resource that the request names as the pipeline knows it, of Secrets their digests. Blocks, as [#named]
    /// does.
    JsonNode shown(ObjectNode application, ObjectNode request) {
        return known(named(application, request));
    }

    /// Without who manages which field, of which the pipeline keeps a part.
    private static JsonNode known(ResourceObserved live) {
        JsonNode object = live.object().deepCopy();
        if (object.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        return object;
    }

    private static ResourceId id(ObjectNode request) {
        try {
            return new ResourceId(
                    request.path("group").asText(""),
                    request.path("kind").asText(""),
                    request.path("namespace").asText(""),
                    request.path("resourceName").asText(""));
        } catch (IllegalArgumentException e) {
            throw HttpFailure.invalid(
                    "a resource is named by group, kind, namespace and resourceName: " + e.getMessage());
        }
    }

    /// The object as it is now; empty when it is another one of the same name, or gone.
    Optional<ResourceObserved> read(ChildObserved child) {
        Cluster cluster = cluster(child.cluster());
        return ControlObjects.answered(() -> cluster.get(child.resource(), child.apiVersion()))
                .filter(object -> object.path("metadata").path("uid").asText().equals(child.uid()))
                .map(object -> new ResourceObserved(
                        child.application(),
                        child.cluster(),
                        child.resource(),
                        child.apiVersion(),
                        child.uid(),
                        object.path("metadata").path("resourceVersion").asText("0"),
                        Masked.of(object),
                        child.health()));
    }

    /// What lies below what the Application deployed.
    List<ChildObserved> below(ObjectNode application) {
        String name = ApplicationCache.nameOf(application).toString();
        String cluster = destination(name);
        ProjectRules rules = permits.permissions(application);
        return model.children(name).stream()
                .filter(child -> cluster.isEmpty() || child.cluster().equals(cluster))
                .filter(child -> Permits.permitted(rules, child.resource()))
                .toList();
    }

    private String destination(String application) {
        return model.drift(application).map(compared -> compared.cluster()).orElse("");
    }

    List<ResourceObserved> all(ObjectNode application) {
        String name = ApplicationCache.nameOf(application).toString();
        String cluster = destination(name);
        ProjectRules rules = permits.permissions(application);
        return model.live(name).stream()
                .filter(live -> cluster.isEmpty() || live.cluster().equals(cluster))
                .filter(live -> Permits.permitted(rules, live.resource()))
                .toList();
    }

    /// Fails with [HttpFailure] 403 unless the project lets the Application have such a resource.
    void requirePermitted(ObjectNode application, ResourceId id) {
        String refusal = Permits.refusal(permits.permissions(application), ApplicationAccess.project(application), id);
        if (!refusal.isEmpty()) {
            throw HttpFailure.forbidden(refusal);
        }
    }

    Cluster cluster(ResourceObserved live) {
        return cluster(live.cluster());
    }

    Cluster cluster(String server) {
        return ControlObjects.answered(() -> clusters.of(server));
    }

    /// `GROUP/KIND/NAMESPACE/NAME`, as rights on single resources are written.
    static String path(ResourceId id) {
        return id.group() + '/' + id.kind() + '/' + id.namespace() + '/' + id.name();
    }
}
