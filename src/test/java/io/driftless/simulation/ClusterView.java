package io.driftless.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ApiException;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.ClusterUnreachableException;
import io.driftless.cluster.Clusters;
import io.driftless.cluster.ObjectIds;
import io.driftless.events.GroupKind;
import io.driftless.events.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The cluster as one instance reaches it: requests that are refused or whose answers get lost, and the watches this
/// instance holds.
final class ClusterView implements Cluster, Clusters {
    private final World world;
    private final ModelCluster model;
    private final String instance;
    private final List<ModelWatch> watches = new ArrayList<>();

    ClusterView(World world, String instance) {
        this.world = world;
        this.model = world.cluster;
        this.instance = instance;
    }

    @Override
    public Cluster of(String server) {
        if (!server.equals(ModelCluster.SERVER)) {
            throw new ClusterUnreachableException("nobody declared " + server);
        }
        return this;
    }

    @Override
    public String server() {
        return ModelCluster.SERVER;
    }

    @Override
    public Optional<ServedKind> kind(GroupKind kind) {
        if (!model.reachable()) {
            throw new ClusterUnreachableException("the model is down");
        }
        boolean application = kind.kind().equals("Application");
        return kind.kind().equals("CustomResourceDefinition")
                ? Optional.empty()
                : Optional.of(new ServedKind(
                        kind, application ? "v1alpha1" : "v1", kind.kind().toLowerCase(Locale.ROOT) + 's', true, true));
    }

    @Override
    public Optional<JsonNode> get(ResourceId id, @Nullable String apiVersion) {
        return request(false, () -> Optional.ofNullable(model.get(id)).map(JsonNode::deepCopy));
    }

    @Override
    public JsonNode create(JsonNode object, String fieldManager, boolean dryRun) {
        throw new UnsupportedOperationException("no stage creates by POST");
    }

    @Override
    public JsonNode apply(JsonNode object, Apply options) {
        JsonNode sent = world.broken == Mutation.WRITES_UNFENCED ? unfenced(object) : object;
        return request(true, () -> {
            ResourceId id = ObjectIds.of(object);
            ObjectNode before = model.get(id);
            ObjectNode after = model.apply(sent, options);
            if (!options.dryRun()) {
                world.wrote(new Written(instance, id, before, model.get(id)));
            }
            return after.deepCopy();
        });
    }

    private static JsonNode unfenced(JsonNode object) {
        ObjectNode copy = object.deepCopy();
        ((ObjectNode) copy.path("metadata")).remove(List.of("resourceVersion", "uid"));
        return copy;
    }

    @Override
    public JsonNode replace(JsonNode object, String fieldManager) {
        throw new UnsupportedOperationException("the model does not replace");
    }

    @Override
    public JsonNode mergePatch(ResourceId id, @Nullable String apiVersion, String subresource, JsonNode patch) {
        return request(true, () -> {
            JsonNode patched = world.declarations.patch(id, patch);
            world.trace.say(instance, "patches " + id + " with " + patch);
            return patched.deepCopy();
        });
    }

    @Override
    public boolean delete(ResourceId id, @Nullable String apiVersion, Delete options) {
        Delete sent = world.broken == Mutation.WRITES_UNFENCED
                ? new Delete(null, null, options.propagation(), options.dryRun())
                : options;
        return request(true, () -> {
            ObjectNode before = model.get(id);
            boolean deleted = model.delete(id, sent);
            if (deleted && !options.dryRun()) {
                world.wrote(new Written(instance, id, before, null));
            }
            return deleted;
        });
    }

    /// Anything may happen just before a request arrives, and to it.
    private <V> V request(boolean writes, Supplier<V> effect) {
        world.meanwhile();
        if (!model.reachable()) {
            throw new ClusterUnreachableException("the model is down");
        }
        if (!world.faults.lostAnswers() || world.calm || !world.chance.oneIn(12)) {
            return effect.get();
        }
        switch (world.chance.below(writes ? 3 : 2)) {
            case 0 -> throw new ApiException(503, "ServiceUnavailable", "the server is starting");
            case 1 -> throw new ApiException(429, "TooManyRequests", "slow down");
            default -> {
                effect.get();
                throw new ClusterUnreachableException("the connection broke before the answer");
            }
        }
    }

    @Override
    public Watch watch(WatchRequest request, WatchHandler handler) {
        kind(request.kind());
        ModelWatch watch = new ModelWatch(world, request, handler);
        watches.add(watch);
        return watch;
    }

    List<ModelWatch> watches() {
        watches.removeIf(ModelWatch::closed);
        return watches;
    }

    void closeWatches() {
        watches.forEach(ModelWatch::close);
        watches.clear();
    }
}
