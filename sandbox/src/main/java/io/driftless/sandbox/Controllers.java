package io.driftless.sandbox;

import io.driftless.sandbox.Store.Change;
import io.driftless.sandbox.Store.Event;
import io.driftless.sandbox.Store.Key;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs what a cluster's controllers would do, on a thread of its own: a write is answered without
/// waiting for what
/// follows from it. Controllers write as clients do, from a version of the object, and look again where
/// it changed.
final class Controllers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Controllers.class);
    private static final String DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";
    private static final Set<String> CONTROLLED = Set.of(
            "deployments.apps",
            "replicasets.apps",
            "statefulsets.apps",
            "daemonsets.apps",
            "jobs.batch",
            "pods",
            "namespaces",
            "services",
            "persistentvolumeclaims",
            DEFINITIONS);
    private final Store store;
    private final ResourceRegistry registry;
    private final Workloads workloads;
    private final SimpleControllers simple;
    private final GarbageCollector garbage;
    private final WorkQueue queue = new WorkQueue();

    Controllers(Store store, ResourceRegistry registry, ObjectWriter writer, ObjectRemover remover) {
        this.store = store;
        this.registry = registry;
        ControllerWrites writes = new ControllerWrites(store, registry, writer, remover);
        this.workloads = new Workloads(store, writes);
        this.simple = new SimpleControllers(store, registry, writes);
        this.garbage = new GarbageCollector(store, registry, remover, queue::add);
    }

    void start() {
        store.listen(this::changed);
        Thread.ofPlatform().daemon().name("sandbox-controllers").start(this::run);
    }

    /// Stops looking at changes.
    @Override
    public void close() {
        queue.close();
    }

    /// Under the store's lock.
    private void changed(Event event) {
        Key key = event.key();
        if (key.type().equals(DEFINITIONS)) {
            // Served at once: the client that created the definition may use it in its next request.
            if (event.change() == Change.DELETED) {
                registry.undefine(key.name());
            } else {
                registry.define(event.object().tree());
            }
        }
        Stored object = event.object();
        if (event.change() == Change.DELETED) {
            garbage.removed(event);
            namespaceOf(key);
        } else if (CONTROLLED.contains(key.type())
                || object.terminating()
                || !object.owners().isEmpty()) {
            queue.add(key);
        }
        for (String uid : object.owners()) {
            Key owner = store.byUid(uid);
            if (owner != null) {
                queue.add(owner);
            }
        }
    }

    /// The last object of a namespace that is being deleted lets it go.
    private void namespaceOf(Key key) {
        if (!key.namespace().isEmpty()) {
            Key namespace = new Key("namespaces", "", key.namespace());
            Stored object = store.get(namespace);
            if (object != null && object.terminating()) {
                queue.add(namespace);
            }
        }
    }

    private void run() {
        try {
            while (true) {
                look(queue.take());
            }
        } catch (InterruptedException closed) {
            LOG.debug("the controllers stop");
        }
    }

    private void look(Key key) {
        try {
            Stored object = store.get(key);
            if (object != null) {
                reconcile(key, object);
            }
        } catch (ApiError e) {
            LOG.debug("{} {} is left as it is: {}", key.type(), key.path(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("the controller of {} {} failed", key.type(), key.path(), e);
        }
    }

    private void reconcile(Key key, Stored object) {
        if (garbage.collect(object) && !key.type().equals("namespaces")) {
            return;
        }
        switch (key.type()) {
            case "namespaces" -> simple.namespace(object);
            case "deployments.apps" -> workloads.deployment(key, object.tree());
            case "replicasets.apps" -> workloads.replicaSet(key, object.tree());
            case "statefulsets.apps" -> workloads.statefulSet(key, object.tree());
            case "daemonsets.apps" -> workloads.daemonSet(key, object.tree());
            case "jobs.batch" -> workloads.job(key, object.tree());
            case "pods" -> workloads.pod(key, object.tree());
            default -> simple.reconcile(key, object.tree());
        }
    }
}
