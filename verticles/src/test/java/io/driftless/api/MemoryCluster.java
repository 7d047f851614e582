package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ApiException;
import io.driftless.cluster.Cluster;
import io.driftless.events.GroupKind;
import io.driftless.events.ResourceId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// As much of an API server as the API needs: optimistic locking, finalizers, watches.
public class MemoryCluster implements Cluster {
    private final Map<String, ObjectNode> objects = new TreeMap<>();
    private final List<Watcher> watchers = new ArrayList<>();

    private record Watcher(WatchRequest request, WatchHandler handler) {
        boolean wants(JsonNode object) {
            String name = object.path("metadata").path("name").asText();
            return object.path("kind").asText().equals(request.kind().kind())
                    && (request.labelSelector().isEmpty()
                            || object.path("metadata").path("labels").has(request.labelSelector()))
                    && (request.fieldSelector().isEmpty()
                            || request.fieldSelector().equals("metadata.name=" + name));
        }
    }

    private final List<Watcher> late = new ArrayList<>();
    private String heldBack = "";
    private final List<Delete> deletions = new ArrayList<>();
    private volatile boolean silent;
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
        return Optional.ofNullable(objects.get(key(id)));
    }

    @Override
    public synchronized JsonNode create(JsonNode object, String fieldManager, boolean dryRun) {
        if (objects.containsKey(key(object))) {
            throw new ApiException(409, "AlreadyExists", "already exists");
        }
        return store(Change.ADDED, object);
    }

    @Override
    public synchronized JsonNode replace(JsonNode object, String fieldManager) {
        JsonNode before = objects.get(key(object));
        if (!before.path("metadata")
                .path("resourceVersion")
                .equals(object.path("metadata").path("resourceVersion"))) {
            throw new ApiException(409, "Conflict", "the object has been modified");
        }
        return store(Change.MODIFIED, object);
    }

    @Override
    public synchronized boolean delete(ResourceId id, @Nullable String apiVersion, Delete options) {
        deletions.add(options);
        String name = key(id);
        ObjectNode object = objects.get(name);
        if (object == null) {
            return false;
        }
        if (object.path("metadata").path("finalizers").isEmpty()) {
            objects.remove(name);
            tell(Change.DELETED, object);
        } else {
            ObjectNode deleting = object.deepCopy();
            deleting.withObjectProperty("metadata").put("deletionTimestamp", "2026-01-01T00:00:00Z");
            store(Change.MODIFIED, deleting);
        }
        return true;
    }

    /// How things were asked to be deleted, in order.
    synchronized List<Delete> deletions() {
        return List.copyOf(deletions);
    }

    /// From now on logs hold nothing, and do not end when they are followed.
    void keepSilent() {
        silent = true;
    }

    /// Watches of this kind get no list until [#goOn].
    synchronized void holdBack(String kind) {
        heldBack = kind;
    }

    synchronized void goOn() {
        heldBack = "";
        late.forEach(watch -> watch(watch.request(), watch.handler()));
        late.clear();
    }

    @Override
    public synchronized Watch watch(WatchRequest request, WatchHandler handler) {
        Watcher watcher = new Watcher(request, handler);
        if (request.kind().kind().equals(heldBack)) {
            late.add(watcher);
            return () -> late.remove(watcher);
        }
        handler.listed(objects.values().stream()
                .filter(watcher::wants)
                .map(JsonNode.class::cast)
                .toList());
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    private void tell(Change change, ObjectNode object) {
        watchers.stream()
                .filter(watcher -> watcher.wants(object))
                .forEach(watcher -> watcher.handler().changed(change, object));
    }

    private static String key(ResourceId id) {
        return id.kind() + ' ' + id.namespace() + '/' + id.name();
    }

    private static String key(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return object.path("kind").asText()
                + ' '
                + metadata.path("namespace").asText()
                + '/'
                + metadata.path("name").asText();
    }

    @Override
    public JsonNode apply(JsonNode object, Apply options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized JsonNode mergePatch(
            ResourceId id, @Nullable String apiVersion, String subresource, JsonNode patch) {
        ObjectNode object = objects.get(key(id));
        if (object == null) {
            throw new ApiException(404, "NotFound", "not found");
        }
        ObjectNode after = object.deepCopy();
        ApplicationDocument.merge(after, (ObjectNode) patch);
        return store(Change.MODIFIED, after);
    }

    @Override
    public synchronized JsonNode patch(ResourceId id, @Nullable String apiVersion, PatchForm form, JsonNode patch) {
        return switch (form) {
            case MERGE, STRATEGIC -> mergePatch(id, apiVersion, "", patch);
            case JSON ->
                store(Change.MODIFIED, JsonPatch.applied(objects.get(key(id)).deepCopy(), patch.toString()));
        };
    }

    @Override
    public synchronized List<JsonNode> list(GroupKind kind, String namespace, String labelSelector) {
        return objects.values().stream()
                .filter(object -> object.path("kind").asText().equals(kind.kind()))
                .filter(object ->
                        object.path("metadata").path("namespace").asText().equals(namespace))
                .filter(object -> labelSelector.isEmpty()
                        || LabelSelector.parse(labelSelector)
                                .test(object.path("metadata").path("labels")))
                .map(JsonNode.class::cast)
                .toList();
    }

    /// Three lines from every pod.
    @Override
    public void log(LogRequest request, Consumer<byte[]> lines) throws InterruptedException {
        if (silent && request.follow()) {
            new CountDownLatch(1).await();
        }
        for (int i = 1; i <= 3 && !silent; i++) {
            lines.accept(("2026-01-01T00:00:0" + i + ".5Z line " + i + " of " + request.pod() + " tail "
                            + request.tailLines())
                    .getBytes(StandardCharsets.UTF_8));
        }
    }

    private JsonNode store(Change change, JsonNode object) {
        ObjectNode stored = object.deepCopy();
        stored.withObjectProperty("metadata").put("resourceVersion", String.valueOf(++version));
        objects.put(key(stored), stored);
        tell(change, stored);
        return stored;
    }
}
