package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.ManagedFields;
import io.driftless.sandbox.model.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// All objects, in memory. A write is prepared without a lock from a version of the object, and stored only where that
/// version is still the present one: the lock is held for this comparison and for telling those who watch. One counter
/// numbers all changes; per type the last changes are kept for watches.
final class Store {
    /// Where an object lives; `type` is [ResourceType#id].
    record Key(String type, String namespace, String name) implements Comparable<Key> {
        String path() {
            return namespace + "/" + name;
        }

        /// In the order of their paths, as the real server lists them.
        @Override
        public int compareTo(Key other) {
            return namespace.equals(other.namespace)
                    ? name.compareTo(other.name)
                    : (namespace + "/").compareTo(other.namespace + "/");
        }
    }

    enum Change {
        ADDED,
        MODIFIED,
        DELETED
    }

    /// One change; `before` is null for ADDED.
    record Event(
            long version,
            Change change,
            Stored object,
            @Nullable Stored before,
            Author author) {
        Key key() {
            return object.key();
        }
    }

    /// What a type holds at one moment.
    record Snapshot(long version, List<Stored> objects) {
        Snapshot where(Predicate<JsonNode> selector) {
            return new Snapshot(
                    version,
                    objects.stream().filter(o -> selector.test(o.tree())).toList());
        }
    }

    private final int historySize;
    private final TreeCache cache = new TreeCache();
    private final Map<String, TreeMap<Key, Stored>> objects = new HashMap<>();
    private final Map<String, History> history = new HashMap<>();
    private final Owners owners = new Owners();
    private final Map<String, Set<Consumer<Event>>> watchers = new HashMap<>();
    private final List<Consumer<Event>> listeners = new CopyOnWriteArrayList<>();
    private long version = 1;
    private long forgotten;

    Store(int historySize) {
        this.historySize = historySize;
    }

    synchronized long version() {
        return version;
    }

    /// How many objects there are of each type.
    synchronized Map<String, Integer> counts() {
        Map<String, Integer> out = new HashMap<>();
        objects.forEach((type, all) -> out.put(type, all.size()));
        return out;
    }

    synchronized @Nullable Stored get(Key key) {
        TreeMap<Key, Stored> all = objects.get(key.type());
        return all == null ? null : all.get(key);
    }

    /// The objects of a type, of all namespaces where `namespace` is empty.
    List<Stored> list(String type, String namespace) {
        return snapshot(type, namespace).objects();
    }

    synchronized Snapshot snapshot(String type, String namespace) {
        TreeMap<Key, Stored> all = objects.get(type);
        if (all == null) {
            return new Snapshot(version, List.of());
        }
        Collection<Stored> some = namespace.isEmpty()
                ? all.values()
                : all.subMap(new Key(type, namespace, ""), new Key(type, namespace, "\uffff"))
                        .values();
        return new Snapshot(version, new ArrayList<>(some));
    }

    /// What a type held at a version that is past.
    ///
    /// @throws ApiError 410 where that is forgotten
    synchronized Snapshot past(String type, String namespace, long then) {
        TreeMap<Key, Stored> state = new TreeMap<>(objects.getOrDefault(type, new TreeMap<>()));
        for (Event event : past(type, then).reversed()) {
            Stored before = event.before();
            if (before == null) {
                state.remove(event.key());
            } else {
                state.put(event.key(), before);
            }
        }
        return new Snapshot(
                then,
                state.values().stream()
                        .filter(o -> namespace.isEmpty() || o.key().namespace().equals(namespace))
                        .toList());
    }

    private List<Event> past(String type, long since) {
        History known = history.get(type);
        long oldest = Math.max(forgotten, known == null ? 0 : known.forgotten());
        if (since < oldest) {
            throw VersionErrors.expired(since, oldest);
        }
        return known == null ? List.of() : known.since(since);
    }

    /// The objects that name this uid as an owner.
    synchronized List<Key> dependents(String uid) {
        return owners.dependents(uid);
    }

    synchronized @Nullable Key byUid(String uid) {
        return owners.byUid(uid);
    }

    /// Stores an object under the next version, which is set in it. The tree belongs to the store from now on.
    ///
    /// @param expected what the write was prepared from; null where there was no such object
    /// @return null, and nothing is stored, where another write came first, or the namespace takes no new object
    @Nullable
    Stored put(Key key, @Nullable Stored expected, ObjectNode object, @Nullable ManagedFields managers, Author author) {
        Stored stored = replace(key, expected, object, managers, author);
        if (stored != null) {
            cache.used(stored);
        }
        return stored;
    }

    private synchronized @Nullable Stored replace(
            Key key, @Nullable Stored expected, ObjectNode object, @Nullable ManagedFields managers, Author author) {
        if (get(key) != expected || (expected == null && !accepts(key))) {
            return null;
        }
        version++;
        Json.meta(object).put("resourceVersion", Long.toString(version));
        Stored stored = new Stored(key, version, object, cache);
        if (managers != null) {
            stored.with(managers);
        }
        objects.computeIfAbsent(key.type(), _ -> new TreeMap<>()).put(key, stored);
        owners.moved(expected, stored);
        publish(new Event(version, expected == null ? Change.ADDED : Change.MODIFIED, stored, expected, author));
        return stored;
    }

    /// What a write would have left, for dry runs; nothing is stored.
    Stored tried(Key key, long version, ObjectNode object) {
        return new Stored(key, version, object, cache);
    }

    private boolean accepts(Key key) {
        Stored namespace = key.namespace().isEmpty() ? null : get(new Key("namespaces", "", key.namespace()));
        return key.namespace().isEmpty() || (namespace != null && !namespace.terminating());
    }

    /// Removes an object; the event carries its last state under the next version.
    ///
    /// @return null, and nothing is removed, where `expected` is no longer the present version
    @Nullable
    Stored remove(Key key, Stored expected, ObjectNode last, Author author) {
        Stored gone = takeAway(key, expected, last, author);
        if (gone != null) {
            cache.used(gone);
        }
        return gone;
    }

    private synchronized @Nullable Stored takeAway(Key key, Stored expected, ObjectNode last, Author author) {
        TreeMap<Key, Stored> all = objects.get(key.type());
        if (all == null || all.get(key) != expected) {
            return null;
        }
        all.remove(key);
        version++;
        ObjectNode left = Json.object().setAll(last);
        Json.ownMeta(left).put("resourceVersion", Long.toString(version));
        Stored gone = new Stored(key, version, left, cache);
        owners.moved(expected, null);
        publish(new Event(version, Change.DELETED, gone, expected, author));
        return gone;
    }

    private void publish(Event event) {
        String type = event.key().type();
        history.computeIfAbsent(type, _ -> new History(historySize)).add(event);
        watchers.getOrDefault(type, Set.of()).forEach(w -> w.accept(event));
        listeners.forEach(l -> l.accept(event));
    }

    /// Forgets all past changes: watches that resume from before now are told 410.
    synchronized void forgetHistory() {
        history.clear();
        forgotten = version;
    }

    /// Calls `watcher` under the lock for each change of the type after `since`, first for those already
    /// past.
    ///
    /// @throws ApiError 410 where changes after `since` are no longer known
    synchronized Runnable watch(String type, long since, Consumer<Event> watcher) {
        past(type, since).forEach(watcher);
        watchers.computeIfAbsent(type, _ -> new LinkedHashSet<>()).add(watcher);
        return () -> unwatch(type, watcher);
    }

    private synchronized void unwatch(String type, Consumer<Event> watcher) {
        Set<Consumer<Event>> set = watchers.get(type);
        if (set != null) {
            set.remove(watcher);
        }
    }

    /// Calls `listener` under the lock for every later change.
    void listen(Consumer<Event> listener) {
        listeners.add(listener);
    }
}
