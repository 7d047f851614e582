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
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What `live` says of every cluster: the key and resourceVersion of the record about each
/// resource. Whoever takes a cluster over learns from it what need not be said again and what has
/// vanished meanwhile. Safe for many threads.
final class Published {
    /// The record about one resource.
    record Entry(String key, String uid, String resourceVersion) {}

    private final Map<String, Map<ResourceId, Entry>> clusters = new HashMap<>();
    private final Map<String, Set<GroupKind>> kinds = new HashMap<>();
    /// What was said of each cluster as a whole since somebody asked.
    private final Map<String, Set<LiveEvent>> sights = new HashMap<>();

    /// Takes in a record of `live`. True when it is the first about its kind on its cluster.
    synchronized boolean fold(Fact fact) {
        if (fact.envelope() == null) {
            forget(fact.key());
            return false;
        }
        return switch ((LiveEvent) fact.envelope().event()) {
            case ResourceObserved seen -> {
                put(seen.cluster(), seen.resource(), new Entry(fact.key(), seen.uid(), seen.resourceVersion()));
                yield kinds.computeIfAbsent(seen.cluster(), s -> new TreeSet<>())
                        .add(seen.resource().groupKind());
            }
            case ClusterObserved observed -> sight(observed);
            case ClusterUnreachable unreachable -> sight(unreachable);
        };
    }

    private boolean sight(LiveEvent event) {
        sights.computeIfAbsent(event.cluster(), s -> new HashSet<>()).add(event);
        return false;
    }

    /// What was said of a cluster as a whole since this was asked last, by whomever.
    synchronized Set<LiveEvent> sights(String server) {
        Set<LiveEvent> said = sights.remove(server);
        return said == null ? Set.of() : said;
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

    /// Kinds of which something was said since the start.
    synchronized Set<GroupKind> kinds(String server) {
        return Set.copyOf(kinds.getOrDefault(server, Set.of()));
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
