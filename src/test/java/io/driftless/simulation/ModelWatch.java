package io.driftless.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Cluster.Change;
import io.driftless.cluster.Cluster.WatchHandler;
import io.driftless.cluster.Cluster.WatchRequest;
import io.driftless.cluster.ClusterUnreachableException;
import io.driftless.events.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A watch of one kind: the list first, then each change, at whatever pace the scheduler gives it. When the connection
/// breaks it goes on where it was, unless the server has lost that history: then it lists again.
final class ModelWatch implements Cluster.Watch {
    private final World world;
    private final WatchRequest request;
    private final WatchHandler handler;
    private final Set<String> known = new HashSet<>();
    private int next;
    private boolean listed;
    private boolean closed;
    private @Nullable Instant failingSince;

    ModelWatch(World world, WatchRequest request, WatchHandler handler) {
        this.world = world;
        this.request = request;
        this.handler = handler;
    }

    boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }

    /// History is lost: the next step lists.
    void lose() {
        listed = false;
    }

    boolean step() {
        if (closed) {
            return false;
        }
        if (!world.cluster.reachable()) {
            failingSince = failingSince == null ? world.now() : failingSince;
            handler.failing(
                    new ClusterUnreachableException("the model is down"),
                    Duration.between(failingSince, world.now()).toMillis());
            return false;
        }
        if (failingSince != null) {
            failingSince = null;
            handler.connected();
        }
        if (!listed) {
            list();
            return true;
        }
        return change();
    }

    private void list() {
        List<JsonNode> objects = new ArrayList<>();
        known.clear();
        world.cluster.objects().forEach((id, object) -> {
            if (wanted(id) && passes(object, false)) {
                objects.add(object.deepCopy());
            }
        });
        int end = world.cluster.history().size();
        if (world.broken == Mutation.FORGETS_VANISHED_OBJECTS && next > 0) {
            objects.forEach(object -> handler.changed(Change.MODIFIED, object));
        } else {
            handler.listed(objects);
        }
        next = end;
        listed = true;
    }

    private boolean change() {
        List<ModelCluster.Entry> history = world.cluster.history();
        while (next < history.size()) {
            ModelCluster.Entry entry = history.get(next);
            if (wanted(entry.id()) && passes(entry.object(), entry.change() == Change.DELETED)) {
                handler.changed(entry.change(), entry.object().deepCopy());
                next++;
                return true;
            }
            next++;
        }
        return false;
    }

    private boolean wanted(ResourceId id) {
        return id.groupKind().equals(request.kind())
                && (request.namespace().isEmpty() || request.namespace().equals(id.namespace()));
    }

    /// Objects without the needle are passed over, but not the moment in which they lose it.
    private boolean passes(JsonNode object, boolean gone) {
        if (request.needle().isEmpty()) {
            return true;
        }
        String uid = ModelCluster.uid(object);
        boolean carries = object.path("metadata").path("annotations").has(request.needle());
        if (gone) {
            return known.remove(uid) || carries;
        }
        return carries ? known.add(uid) || true : known.remove(uid);
    }
}
