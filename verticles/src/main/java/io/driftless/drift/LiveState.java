package io.driftless.drift;

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
import java.util.TreeMap;

/// What clusters hold for one application, told from the records of `live`.
final class LiveState {
    /// How far a cluster has been seen.
    sealed interface Sight {}

    /// Nothing was said about the cluster yet.
    record Unseen() implements Sight {}

    /// The cluster does not answer.
    record Unreachable(String reason) implements Sight {}

    /// What is absent of these kinds is absent from the cluster; it does not serve the others.
    record Seen(Set<GroupKind> kinds, Set<GroupKind> notServed) implements Sight {}

    private final Map<String, Map<ResourceId, ResourceObserved>> objects = new HashMap<>();
    private final Map<String, Sight> sights = new HashMap<>();

    void fold(Fact fact) {
        if (fact.envelope() == null) {
            forget(fact.key());
        } else if (fact.envelope().event() instanceof LiveEvent event) {
            switch (event) {
                case ResourceObserved observed ->
                    objects.computeIfAbsent(observed.cluster(), _ -> new TreeMap<>())
                            .put(observed.resource(), observed);
                case ClusterObserved observed ->
                    sights.put(
                            observed.cluster(),
                            new Seen(new HashSet<>(observed.kinds()), new HashSet<>(observed.unknownKinds())));
                case ClusterUnreachable unreachable ->
                    sights.put(unreachable.cluster(), new Unreachable(unreachable.reason()));
            }
        }
    }

    private void forget(String key) {
        String detail = RecordKey.detail(key);
        if (RecordKey.subject(key).equals(RecordKey.EVERYONE)) {
            sights.remove(detail);
            return;
        }
        int bar = detail.indexOf('|');
        Map<ResourceId, ResourceObserved> held = bar < 0 ? null : objects.get(detail.substring(0, bar));
        if (held != null) {
            held.remove(ResourceId.parse(detail.substring(bar + 1)));
        }
    }

    Map<ResourceId, ResourceObserved> on(String cluster) {
        return objects.getOrDefault(cluster, Map.of());
    }

    Sight sight(String cluster) {
        return sights.getOrDefault(cluster, new Unseen());
    }

    boolean isEmpty() {
        return objects.values().stream().allMatch(Map::isEmpty);
    }
}
