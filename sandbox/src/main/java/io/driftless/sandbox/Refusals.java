package io.driftless.sandbox;

import io.driftless.sandbox.Store.Change;
import io.driftless.sandbox.Store.Event;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.quota.Quota;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Whose pods were refused: they are looked at again when bounds of their namespace change for the
/// better or what they name may have come, and each refusal is told once until then.
final class Refusals {
    private final Map<String, Set<Key>> refused = new ConcurrentHashMap<>();

    /// What an owner needs was refused. True where it is news.
    ///
    /// @throws ApiError the refusal itself, where waiting for more room does not help
    boolean add(Key owner, ApiError refusal) {
        boolean lasting =
                refusal.status().at("/details/causes/0/reason").asText().equals("NamespaceTerminating");
        if (lasting || (refusal.code() != 403 && refusal.code() != 422)) {
            throw refusal;
        }
        return refused.computeIfAbsent(owner.namespace(), _ -> ConcurrentHashMap.newKeySet())
                .add(owner);
    }

    /// An owner has what it needs.
    void remove(Key owner) {
        Set<Key> some = refused.get(owner.namespace());
        if (some != null) {
            some.remove(owner);
        }
    }

    /// Something changed, under the store's lock.
    void changed(Event event, Consumer<Key> enqueue) {
        String type = event.key().type();
        if (event.change() == Change.ADDED && type.equals("serviceaccounts")) {
            again(event.key().namespace(), enqueue);
        } else if (event.change() == Change.ADDED && type.equals(PodGates.PRIORITIES)) {
            List.copyOf(refused.keySet()).forEach(namespace -> again(namespace, enqueue));
        }
        boolean bound = type.equals(NamespaceBounds.QUOTAS) || type.equals(NamespaceBounds.RANGES);
        if (bound && refused.containsKey(event.key().namespace()) && better(event)) {
            again(event.key().namespace(), enqueue);
        }
    }

    private void again(String namespace, Consumer<Key> enqueue) {
        Set<Key> some = refused.remove(namespace);
        if (some != null) {
            some.forEach(enqueue);
        }
    }

    /// Whether more may be allowed than before: by any limit range, for what it fills in may be what a quota asks for,
    /// by a quota that is gone, or of which more is left.
    private static boolean better(Event event) {
        Stored before = event.before();
        return event.key().type().equals(NamespaceBounds.RANGES)
                || event.change() == Change.DELETED
                || (before != null && Quota.eased(before.tree(), event.object().tree()));
    }
}
