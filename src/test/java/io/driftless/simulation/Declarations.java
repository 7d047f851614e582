package io.driftless.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ApiException;
import io.driftless.events.ResourceId;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The Applications on the control plane: what their users write, and the patches of the registry.
final class Declarations {
    static final String FINALIZER = "resources-finalizer.argocd.argoproj.io";
    private final ModelCluster cluster;

    Declarations(ModelCluster cluster) {
        this.cluster = cluster;
    }

    static ResourceId id(String application) {
        return new ResourceId("argoproj.io", "Application", "argocd", application.substring("argocd/".length()));
    }

    @Nullable
    ObjectNode get(String application) {
        return cluster.get(id(application));
    }

    /// All there are, by `namespace/name`.
    Map<String, ObjectNode> all() {
        Map<String, ObjectNode> found = new TreeMap<>();
        cluster.objects().forEach((id, object) -> {
            if (id.kind().equals("Application")) {
                found.put(id.namespace() + '/' + id.name(), object);
            }
        });
        return found;
    }

    void create(String application, boolean cascade, Consumer<ObjectNode> policy) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "argoproj.io/v1alpha1").put("kind", "Application");
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("namespace", "argocd").put("name", id(application).name()).put("generation", 1);
        if (cascade) {
            metadata.putArray("finalizers").add(FINALIZER);
        }
        ObjectNode spec = object.putObject("spec");
        spec.put("project", "default");
        spec.putObject("source")
                .put("repoURL", Repository.URL)
                .put("path", Repository.folder(application))
                .put("targetRevision", Repository.BRANCH);
        spec.putObject("destination").put("server", ModelCluster.SERVER).put("namespace", Manifests.NAMESPACE);
        policy.accept(spec);
        cluster.put(id(application), object);
    }

    /// Its user edits the spec.
    void edit(String application, Consumer<ObjectNode> change) {
        ObjectNode live = get(application);
        if (live == null) {
            return;
        }
        ObjectNode next = live.deepCopy();
        change.accept((ObjectNode) next.path("spec"));
        if (!next.equals(live)) {
            ObjectNode metadata = (ObjectNode) next.path("metadata");
            metadata.put("generation", metadata.path("generation").asLong() + 1);
            cluster.put(id(application), next);
        }
    }

    void delete(String application) {
        ObjectNode live = get(application);
        if (live == null || ModelCluster.deleting(live)) {
            return;
        }
        if (live.path("metadata").path("finalizers").isEmpty()) {
            cluster.remove(id(application));
            return;
        }
        ObjectNode next = live.deepCopy();
        ((ObjectNode) next.path("metadata")).put("deletionTimestamp", "2026-01-01T00:00:00Z");
        cluster.put(id(application), next);
    }

    /// The registry patches: status, and the finalizer when its work is done.
    JsonNode patch(ResourceId id, JsonNode patch) {
        ObjectNode live = cluster.get(id);
        if (live == null) {
            throw new ApiException(404, "NotFound", id + " is not there");
        }
        String uid = patch.path("metadata").path("uid").asText("");
        if (!uid.isEmpty() && !uid.equals(ModelCluster.uid(live))) {
            throw new ApiException(409, "Conflict", id + ": uid is immutable");
        }
        String version = patch.path("metadata").path("resourceVersion").asText("");
        if (!version.isEmpty() && !version.equals(ModelCluster.version(live))) {
            throw new ApiException(409, "Conflict", id + ": the object has been modified");
        }
        ObjectNode next = live.deepCopy();
        merge(next, patch);
        if (next.equals(live)) {
            return live;
        }
        JsonNode finalizers = next.path("metadata").path("finalizers");
        if (ModelCluster.deleting(next) && (!(finalizers instanceof ArrayNode) || finalizers.isEmpty())) {
            cluster.remove(id);
            return next;
        }
        return cluster.put(id, next);
    }

    private static void merge(ObjectNode into, JsonNode patch) {
        patch.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                into.remove(field.getKey());
            } else if (value.isObject()) {
                ObjectNode below =
                        into.path(field.getKey()) instanceof ObjectNode there ? there : into.putObject(field.getKey());
                merge(below, value);
            } else {
                into.set(field.getKey(), value);
            }
        });
    }
}
