package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Change;
import io.driftless.sandbox.Store.Event;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.quota.Quota;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Quotas: their bounds come into force, and what is used is counted anew when something that they count goes.
final class QuotaController implements Controller {
    private final Store store;
    private final ResourceRegistry registry;
    private final NamespaceBounds bounds;
    private final ControllerWrites writes;
    private final Set<Key> outdated = ConcurrentHashMap.newKeySet();

    QuotaController(Store store, ResourceRegistry registry, NamespaceBounds bounds, ControllerWrites writes) {
        this.store = store;
        this.registry = registry;
        this.bounds = bounds;
        this.writes = writes;
    }

    /// Something changed, under the store's lock: quotas that count it are to be looked at where nobody counted it yet.
    void changed(Event event, Consumer<Key> enqueue) {
        String namespace = event.key().namespace();
        List<Stored> quotas = bounds.quotas(namespace);
        if (quotas.isEmpty() || event.key().type().equals("events")) {
            return;
        }
        boolean uncounted = event.change() == Change.DELETED
                || (event.key().type().equals("pods") && ended(event))
                || (event.change() == Change.ADDED && !Thread.holdsLock(bounds.lock(namespace)));
        if (uncounted) {
            quotas.forEach(quota -> outdated(quota, enqueue));
        }
    }

    /// There is a new kind, which quotas may have waited for.
    void defined(Consumer<Key> enqueue) {
        store.list(NamespaceBounds.QUOTAS, "").forEach(quota -> outdated(quota, enqueue));
    }

    private void outdated(Stored quota, Consumer<Key> enqueue) {
        outdated.add(quota.key());
        enqueue.accept(quota.key());
    }

    private static boolean ended(Event event) {
        Stored before = event.before();
        return before != null && running(before) && !running(event.object());
    }

    private static boolean running(Stored pod) {
        String phase = pod.tree().path("status").path("phase").asText();
        return !phase.equals("Succeeded") && !phase.equals("Failed");
    }

    @Override
    public void reconcile(Stored quota) {
        boolean same = quota.tree()
                .path("spec")
                .path("hard")
                .equals(quota.tree().path("status").path("hard"));
        if (!outdated.remove(quota.key()) && same) {
            return;
        }
        synchronized (bounds.lock(quota.key().namespace())) {
            writes.status(quota.key(), next -> {
                ObjectNode used =
                        new Quota(next).count(type -> objects(type, quota.key().namespace()));
                JsonNode hard = next.path("spec").path("hard");
                ObjectNode status = Json.child(next, "status");
                status.set("hard", hard.isObject() ? hard.deepCopy() : Json.object());
                status.set("used", used);
            });
        }
    }

    private @Nullable List<ObjectNode> objects(String type, String namespace) {
        return registry.byId(type) == null
                ? null
                : store.list(type, namespace).stream().map(Stored::tree).toList();
    }

    @Override
    public void gone(Key key) {
        outdated.remove(key);
    }
}
