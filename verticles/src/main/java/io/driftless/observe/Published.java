package io.driftless.observe;

import io.driftless.events.GroupKind;
import io.driftless.events.LiveEvent;
import io.driftless.events.LiveEvent.ClusterObserved;
import io.driftless.events.LiveEvent.ClusterUnreachable;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.events.RecordKey;
import io.driftless.events.ResourceId;
import io.driftless.stage.Fact;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What `live` says of every cluster: the key and resourceVersion of the record about each resource. Whoever takes a
/// cluster over
/// learns from it what need not be said again and what has vanished meanwhile. Safe for many threads.
final class Published {
    /// The record about one resource.
    record Entry(String key, String uid, String resourceVersion) {}

    private final Map<String, Map<ResourceId, Entry>> clusters = new HashMap<>();

    /// Takes in a record of `live`.
    synchronized void fold(Fact fact) {
        if (fact.envelope() == null) {
            forget(fact.key());
        } else if (fact.envelope().event() instanceof LiveEvent event) {
            switch (event) {
                case ResourceObserved seen ->
                    put(seen.cluster(), seen.resource(), new Entry(fact.key(), seen.uid(), seen.resourceVersion()));
                case ClusterObserved observed -> {}
                case ClusterUnreachable unreachable -> {}
            }
        }
    }

    synchronized void put(String server, ResourceId resource, Entry entry) {
        clusters.computeIfAbsent(server, s -> new HashMap<>()).put(resource, entry);
    }

    /// A copy of what is known of a kind on a cluster.
    synchronized Map<ResourceId, Entry> of(String server, GroupKind kind) {
        Map<ResourceId, Entry> found = new HashMap<>();
        clusters.getOrDefault(server, Map.of()).forEach((resource, entry) -> {
            if (resource.groupKind().equals(kind)) {
                found.put(resource, entry);
            }
        });
        return found;
    }

    synchronized Set<GroupKind> kinds(String server) {
        Set<GroupKind> kinds = new TreeSet<>();
        clusters.getOrDefault(server, Map.of()).keySet().forEach(resource -> kinds.add(resource.groupKind()));
        return kinds;
    }

    private void forget(String key) {
        String detail = RecordKey.detail(key);
        int bar = detail.indexOf('|');
        if (bar > 0) {
            ResourceId resource = ResourceId.parse(detail.substring(bar + 1));
            Map<ResourceId, Entry> entries = clusters.getOrDefault(detail.substring(0, bar), Map.of());
            Entry entry = entries.get(resource);
            if (entry != null && entry.key().equals(key)) {
                entries.remove(resource);
            }
        }
    }
}
