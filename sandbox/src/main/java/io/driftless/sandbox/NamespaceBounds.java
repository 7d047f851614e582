package io.driftless.sandbox;

import io.driftless.sandbox.Store.Change;
import io.driftless.sandbox.Store.Event;
import io.driftless.sandbox.Store.Key;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The limit ranges and the quotas of each namespace, at hand: a namespace that has none costs one look.
final class NamespaceBounds {
    static final String QUOTAS = "resourcequotas";
    static final String RANGES = "limitranges";
    private final Map<String, List<Stored>> quotas = new ConcurrentHashMap<>();
    private final Map<String, List<Stored>> ranges = new ConcurrentHashMap<>();
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    /// Under the store's lock.
    void changed(Event event) {
        switch (event.key().type()) {
            case QUOTAS -> changed(quotas, event);
            case RANGES -> changed(ranges, event);
            default -> {}
        }
    }

    private static void changed(Map<String, List<Stored>> bounds, Event event) {
        bounds.compute(event.key().namespace(), (_, known) -> {
            SortedMap<Key, Stored> all = new TreeMap<>();
            if (known != null) {
                known.forEach(one -> all.put(one.key(), one));
            }
            all.remove(event.key());
            if (event.change() != Change.DELETED) {
                all.put(event.key(), event.object());
            }
            return all.isEmpty() ? null : List.copyOf(all.values());
        });
    }

    /// In the order of their names.
    List<Stored> quotas(String namespace) {
        return quotas.getOrDefault(namespace, List.of());
    }

    /// In the order of their names.
    List<Stored> ranges(String namespace) {
        return ranges.getOrDefault(namespace, List.of());
    }

    /// Whoever holds it alone writes what quotas of the namespace count, and what they have counted.
    Object lock(String namespace) {
        return locks.computeIfAbsent(namespace, _ -> new Object());
    }
}
