package io.driftless.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Clusters;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.events.ProjectRules;
import io.driftless.events.ResourceId;
import io.driftless.http.HttpFailure;
import io.driftless.project.Permits;
import java.util.List;

/// The resources that an Application is known to have deployed, and the cluster they are on. Only these are looked at
/// or
/// touched for somebody who names a resource: what an object says of itself opens no door.
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

    /// The resource that the request names; fails with [HttpFailure] 404 when it is not one of the Application.
    ResourceObserved named(ObjectNode application, ObjectNode request) {
        String group = request.path("group").asText("");
        String kind = request.path("kind").asText("");
        String namespace = request.path("namespace").asText("");
        String name = request.path("resourceName").asText("");
        return all(application).stream()
                .filter(live -> live.resource().group().equals(group)
                        && live.resource().kind().equals(kind)
                        && live.resource().namespace().equals(namespace)
                        && live.resource().name().equals(name))
                .findFirst()
                .orElseThrow(() -> HttpFailure.notFound(kind + ' ' + group + ' ' + name
                        + " not found as part of application "
                        + application.path("metadata").path("name").asText()));
    }

    List<ResourceObserved> all(ObjectNode application) {
        String name = ApplicationCache.nameOf(application).toString();
        String cluster = model.drift(name).map(compared -> compared.cluster()).orElse("");
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
        return ControlObjects.answered(() -> clusters.of(live.cluster()));
    }

    /// `GROUP/KIND/NAMESPACE/NAME`, as rights on single resources are written.
    static String path(ResourceId id) {
        return id.group() + '/' + id.kind() + '/' + id.namespace() + '/' + id.name();
    }
}
