package io.driftless.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Change;
import io.driftless.sandbox.Store.Event;
import io.driftless.sandbox.Store.Key;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs what a cluster's controllers would do. Changed objects are queued and looked at after the write was
/// answered, on one
/// event loop; each is queued once however often it changed.
final class Controllers {
    private static final Logger LOG = LoggerFactory.getLogger(Controllers.class);
    private static final int BATCH = 32;
    private final Context context;
    private final Store store;
    private final ResourceRegistry registry;
    private final Workloads workloads;
    private final SimpleControllers simple;
    private final GarbageCollector garbage;
    private final Set<Key> queue = new LinkedHashSet<>();
    private boolean scheduled;

    Controllers(Vertx vertx, Store store, ResourceRegistry registry, ObjectWriter writer, ObjectRemover remover) {
        this.context = vertx.getOrCreateContext();
        this.store = store;
        this.registry = registry;
        ControllerWrites writes = new ControllerWrites(store, registry, writer, remover);
        this.workloads = new Workloads(store, writes);
        this.simple = new SimpleControllers(store, registry, writes);
        this.garbage = new GarbageCollector(store, registry, remover, this::enqueue);
    }

    void start() {
        store.listen(this::changed);
    }

    /// Under the store's lock.
    private void changed(Event event) {
        if (event.key().type().equals("customresourcedefinitions.apiextensions.k8s.io")) {
            // Served at once: the client that created the definition may use it in its next request.
            if (event.change() == Change.DELETED) {
                registry.undefine(event.key().name());
            } else {
                registry.define(event.object());
            }
        }
        if (event.change() == Change.DELETED) {
            garbage.removed(event);
        }
        enqueue(event.key());
        event.object().path("metadata").path("ownerReferences").forEach(o -> {
            Key owner = store.byUid(o.path("uid").asText());
            if (owner != null) {
                enqueue(owner);
            }
        });
        if (event.change() == Change.DELETED && !event.key().namespace().isEmpty()) {
            Key namespace = new Key("namespaces", "", event.key().namespace());
            ObjectNode object = store.get(namespace);
            if (object != null && object.path("metadata").has("deletionTimestamp")) {
                enqueue(namespace);
            }
        }
    }

    private synchronized void enqueue(Key key) {
        queue.add(key);
        if (!scheduled) {
            scheduled = true;
            context.runOnContext(_ -> drain());
        }
    }

    private synchronized java.util.List<Key> take() {
        java.util.List<Key> out = queue.stream().limit(BATCH).toList();
        out.forEach(queue::remove);
        scheduled = !queue.isEmpty();
        if (scheduled) {
            context.runOnContext(_ -> drain());
        }
        return out;
    }

    private void drain() {
        for (Key key : take()) {
            try {
                synchronized (store) {
                    reconcile(key);
                }
            } catch (ApiError e) {
                LOG.debug("{} {} is left as it is: {}", key.type(), key.path(), e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("the controller of {} {} failed", key.type(), key.path(), e);
            }
        }
    }

    private void reconcile(Key key) {
        ObjectNode object = store.get(key);
        if (object == null) {
            return;
        }
        if (garbage.collect(key, object)) {
            return;
        }
        if (key.type().equals("namespaces")) {
            simple.namespace(key, object);
            return;
        }
        if (object.path("metadata").has("deletionTimestamp")) {
            return;
        }
        switch (key.type()) {
            case "deployments.apps" -> workloads.deployment(key, object);
            case "replicasets.apps" -> workloads.replicaSet(key, object);
            case "statefulsets.apps" -> workloads.statefulSet(key, object);
            case "daemonsets.apps" -> workloads.daemonSet(key, object);
            case "jobs.batch" -> workloads.job(key, object);
            case "pods" -> workloads.pod(key, object);
            default -> simple.reconcile(key, object);
        }
    }
}
