package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All objects, in memory, under one lock (this store's monitor: callers take it for a read followed by a
/// write).
/// Stored trees
/// are never changed. One counter numbers all changes; per type the last changes are kept for watches.
final class Store {
    /// Where an object lives; `type` is [ResourceType#id].
    record Key(String type, String namespace, String name) {
        String path() {
            return namespace + "/" + name;
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
            Key key,
            ObjectNode object,
            @Nullable ObjectNode before) {}

    private final int historySize;
    private final Map<String, TreeMap<String, ObjectNode>> objects = new HashMap<>();
    private final Map<String, ArrayDeque<Event>> history = new HashMap<>();
    private final Map<String, Long> forgotten = new HashMap<>();
    private final Map<String, Set<Key>> dependents = new HashMap<>();
    private final Map<String, Key> uids = new HashMap<>();
    private final Map<String, Set<Consumer<Event>>> watchers = new HashMap<>();
    private final List<Consumer<Event>> listeners = new CopyOnWriteArrayList<>();
    private long version = 1;

    Store(int historySize) {
        this.historySize = historySize;
    }

    synchronized long version() {
        return version;
    }

    synchronized @Nullable ObjectNode get(Key key) {
        TreeMap<String, ObjectNode> all = objects.get(key.type());
        return all == null ? null : all.get(key.path());
    }

    /// The objects of a type, of all namespaces where `namespace` is empty.
    synchronized Collection<ObjectNode> list(String type, String namespace) {
        TreeMap<String, ObjectNode> all = objects.get(type);
        if (all == null) {
            return List.of();
        }
        return new ArrayList<>(
                namespace.isEmpty()
                        ? all.values()
                        : all.subMap(namespace + "/", namespace + "0").values());
    }

    synchronized Set<String> types() {
        return new HashSet<>(objects.keySet());
    }

    /// The objects that name this uid as an owner.
    synchronized List<Key> dependents(String uid) {
        return new ArrayList<>(dependents.getOrDefault(uid, Set.of()));
    }

    synchronized @Nullable Key byUid(String uid) {
        return uids.get(uid);
    }

    /// Stores an object under the next version, which is set in it. The tree belongs to the store from now on.
    synchronized ObjectNode put(Key key, ObjectNode object) {
        ObjectNode before = get(key);
        version++;
        Json.meta(object).put("resourceVersion", Long.toString(version));
        objects.computeIfAbsent(key.type(), _ -> new TreeMap<>()).put(key.path(), object);
        index(key, before, object);
        publish(new Event(version, before == null ? Change.ADDED : Change.MODIFIED, key, object, before));
        return object;
    }

    /// Removes an object; the event carries its last state under the next version.
    synchronized @Nullable ObjectNode remove(Key key) {
        TreeMap<String, ObjectNode> all = objects.get(key.type());
        ObjectNode before = all == null ? null : all.remove(key.path());
        if (before == null) {
            return null;
        }
        version++;
        ObjectNode last = before.deepCopy();
        Json.meta(last).put("resourceVersion", Long.toString(version));
        index(key, before, null);
        publish(new Event(version, Change.DELETED, key, last, before));
        return last;
    }

    private void index(Key key, @Nullable ObjectNode before, @Nullable ObjectNode after) {
        for (String owner : owners(before)) {
            Set<Key> set = dependents.get(owner);
            if (set != null && set.remove(key) && set.isEmpty()) {
                dependents.remove(owner);
            }
        }
        if (before != null) {
            uids.remove(Json.uid(before));
        }
        if (after != null) {
            uids.put(Json.uid(after), key);
            owners(after)
                    .forEach(o -> dependents
                            .computeIfAbsent(o, _ -> new LinkedHashSet<>())
                            .add(key));
        }
    }

    private static List<String> owners(@Nullable JsonNode object) {
        if (object == null) {
            return List.of();
        }
        List<String> out = new ArrayList<>();
        object.path("metadata")
                .path("ownerReferences")
                .forEach(o -> out.add(o.path("uid").asText()));
        return out;
    }

    private void publish(Event event) {
        String type = event.key().type();
        ArrayDeque<Event> past = history.computeIfAbsent(type, _ -> new ArrayDeque<>());
        past.addLast(event);
        if (past.size() > historySize) {
            forgotten.put(type, past.removeFirst().version());
        }
        watchers.getOrDefault(type, Set.of()).forEach(w -> w.accept(event));
        listeners.forEach(l -> l.accept(event));
    }

    /// Forgets all past changes: watches that resume from before now are told 410.
    synchronized void forgetHistory() {
        history.clear();
        types().forEach(t -> forgotten.put(t, version));
    }

    /// Calls `watcher` under the lock for each change of the type after `since`, first for those already past.
    ///
    /// @throws ApiError 410 where changes after `since` are no longer known
    synchronized Runnable watch(String type, long since, Consumer<Event> watcher) {
        long oldest = forgotten.getOrDefault(type, 0L);
        if (since < oldest) {
            throw ApiError.expired(since, oldest);
        }
        for (Event event : history.getOrDefault(type, new ArrayDeque<>())) {
            if (event.version() > since) {
                watcher.accept(event);
            }
        }
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
