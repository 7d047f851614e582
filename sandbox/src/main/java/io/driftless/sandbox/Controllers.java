package io.driftless.sandbox;

import io.driftless.sandbox.Store.Change;
import io.driftless.sandbox.Store.Event;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs what a cluster's controllers would do, on a thread of its own: a write is answered without
/// waiting for what follows from it. Controllers write as clients do, from a version of the object,
/// and look again where it changed.
final class Controllers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Controllers.class);
    private static final String DEFINITIONS = ResourceType.DEFINITIONS;

    /// Types whose objects leave work behind.
    private static final Set<String> FOLLOWED =
            Set.of("services", "serviceaccounts", "poddisruptionbudgets.policy", RoleAggregation.TYPE, DEFINITIONS);

    private final Store store;
    private final ResourceRegistry registry;
    private final Map<String, Controller> controllers;
    private final PodIndex pods;
    private final QuotaController quotas;
    private final Refusals refusals;
    private final ControllerWrites writes;
    private final GarbageCollector garbage;
    private final WorkQueue queue = new WorkQueue();

    Controllers(
            Store store,
            ResourceRegistry registry,
            NamespaceBounds bounds,
            ObjectWriter writer,
            ObjectRemover remover,
            ServiceAccountTokens tokens) {
        this.store = store;
        this.registry = registry;
        this.refusals = new Refusals();
        this.writes = new ControllerWrites(store, registry, writer, remover, refusals);
        this.quotas = new QuotaController(store, registry, bounds, writes);
        Delays delays = new Delays(queue::add);
        VolumeController volumes = new VolumeController(store, writes, delays);
        AccountSecretController accounts = new AccountSecretController(store, writes, tokens);
        this.pods = new PodIndex(store);
        this.controllers = Map.ofEntries(
                Map.entry("deployments.apps", new DeploymentController(writes, delays)),
                Map.entry("replicasets.apps", new ReplicaSetController(writes)),
                Map.entry("statefulsets.apps", new StatefulSetController(store, writes)),
                Map.entry("daemonsets.apps", new DaemonSetController(store, writes)),
                Map.entry("jobs.batch", new JobController(writes, delays)),
                Map.entry("pods", new PodStandIn(store, writes)),
                Map.entry(
                        "services",
                        new InTurn(List.of(
                                new EndpointsController(store, pods, writes), new AddressRecords(store, writes)))),
                Map.entry("poddisruptionbudgets.policy", new DisruptionController(pods, writes)),
                Map.entry("persistentvolumeclaims", volumes),
                Map.entry("persistentvolumes", volumes),
                Map.entry("serviceaccounts", accounts),
                Map.entry("secrets", accounts),
                Map.entry(NamespaceBounds.QUOTAS, quotas),
                Map.entry("namespaces", new NamespaceController(store, registry, writes)),
                Map.entry(RoleAggregation.TYPE, new RoleAggregation(store, writes)),
                Map.entry(
                        DEFINITIONS,
                        new InTurn(List.of(
                                new DefinitionController(store, registry, writes), new ServedGroups(store, writes)))));
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
                quotas.defined(queue::add);
            }
        }
        quotas.changed(event, queue::add);
        refusals.changed(event, queue::add);
        Stored object = event.object();
        if (event.change() == Change.DELETED) {
            garbage.removed(event);
            namespaceOf(key);
            definitionOf(key);
            if (FOLLOWED.contains(key.type())) {
                queue.add(key);
            }
        } else if (controllers.containsKey(key.type())
                || object.terminating()
                || !object.owners().isEmpty()) {
            queue.add(key);
        }
        if (key.type().equals("pods")) {
            pods.podChanged(event, queue::add);
        }
        for (String uid : object.owners()) {
            Key owner = store.byUid(uid);
            if (owner != null) {
                queue.add(owner);
            }
        }
    }

    /// The last object of a namespace that is being deleted lets it go; what each namespace has comes back.
    private void namespaceOf(Key key) {
        if (!key.namespace().isEmpty()) {
            Key namespace = new Key("namespaces", "", key.namespace());
            Stored object = store.get(namespace);
            if (object != null && (object.terminating() || NamespaceController.belongsToEach(key))) {
                queue.add(namespace);
            }
        }
    }

    /// The last object of a definition that is being deleted lets it go.
    private void definitionOf(Key key) {
        Key definition = new Key(DEFINITIONS, "", key.type());
        Stored object = store.get(definition);
        if (object != null && object.terminating()) {
            queue.add(definition);
        }
    }

    private void run() {
        try {
            while (true) {
                if (!queue.isEmpty() || !writes.writeEvent()) {
                    look(queue.take());
                }
            }
        } catch (InterruptedException closed) {
            LOG.debug("the controllers stop");
        }
    }

    private void look(Key key) {
        try {
            Stored object = store.get(key);
            Controller controller = controllers.get(key.type());
            if (object != null) {
                reconcile(object, controller);
            } else if (controller != null) {
                controller.gone(key);
            }
        } catch (ApiError e) {
            LOG.debug("{} {} is left as it is: {}", key.type(), key.path(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("the controller of {} {} failed", key.type(), key.path(), e);
        }
    }

    private void reconcile(Stored object, @Nullable Controller controller) {
        if (garbage.collect(object) || controller == null) {
            return;
        }
        if (object.terminating()) {
            controller.leaving(object);
        } else {
            controller.reconcile(object);
        }
    }
}
