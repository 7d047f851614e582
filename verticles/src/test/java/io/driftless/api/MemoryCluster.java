package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ApiException;
import io.driftless.cluster.Cluster;
import io.driftless.events.ApplicationName;
import io.driftless.events.GroupKind;
import io.driftless.events.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// As much of an API server as Applications need: optimistic locking, finalizers, one watch.
final class MemoryCluster implements Cluster {
    private final Map<ApplicationName, ObjectNode> objects = new TreeMap<>();
    private final List<WatchHandler> handlers = new ArrayList<>();
    private int version = 100;

    @Override
    public String server() {
        return "memory";
    }

    @Override
    public Optional<ServedKind> kind(GroupKind kind) {
        return Optional.empty();
    }

    @Override
    public synchronized Optional<JsonNode> get(ResourceId id, @Nullable String apiVersion) {
        return Optional.ofNullable(objects.get(new ApplicationName(id.namespace(), id.name())));
    }

    @Override
    public synchronized JsonNode create(JsonNode object, String fieldManager, boolean dryRun) {
        if (objects.containsKey(ApplicationCache.nameOf(object))) {
            throw new ApiException(409, "AlreadyExists", "already exists");
        }
        return store(Change.ADDED, object);
    }

    @Override
    public synchronized JsonNode replace(JsonNode object, String fieldManager) {
        JsonNode before = objects.get(ApplicationCache.nameOf(object));
        if (!before.path("metadata")
                .path("resourceVersion")
                .equals(object.path("metadata").path("resourceVersion"))) {
            throw new ApiException(409, "Conflict", "the object has been modified");
        }
        return store(Change.MODIFIED, object);
    }

    @Override
    public synchronized boolean delete(ResourceId id, @Nullable String apiVersion, Delete options) {
        ApplicationName name = new ApplicationName(id.namespace(), id.name());
        ObjectNode object = objects.get(name);
        if (object == null) {
            return false;
        }
        if (object.path("metadata").path("finalizers").isEmpty()) {
            objects.remove(name);
            handlers.forEach(handler -> handler.changed(Change.DELETED, object));
        } else {
            ObjectNode deleting = object.deepCopy();
            deleting.withObjectProperty("metadata").put("deletionTimestamp", "2026-01-01T00:00:00Z");
            store(Change.MODIFIED, deleting);
        }
        return true;
    }

    @Override
    public synchronized Watch watch(WatchRequest request, WatchHandler handler) {
        handler.listed(List.copyOf(objects.values()));
        handlers.add(handler);
        return () -> handlers.remove(handler);
    }

    @Override
    public JsonNode apply(JsonNode object, Apply options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public JsonNode mergePatch(ResourceId id, @Nullable String apiVersion, String subresource, JsonNode patch) {
        throw new UnsupportedOperationException();
    }

    private JsonNode store(Change change, JsonNode object) {
        ObjectNode stored = object.deepCopy();
        stored.withObjectProperty("metadata").put("resourceVersion", String.valueOf(++version));
        objects.put(ApplicationCache.nameOf(stored), stored);
        handlers.forEach(handler -> handler.changed(change, stored));
        return stored;
    }
}
