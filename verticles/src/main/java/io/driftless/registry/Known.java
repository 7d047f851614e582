package io.driftless.registry;

import io.driftless.events.ApplicationEvent;
import io.driftless.events.ClusterEvent.ClusterDeclared;
import io.driftless.stage.Fact;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// What `applications` and `clusters` say, by record key. Safe for many threads.
final class Known {
    private final Map<String, ApplicationEvent> applications = new HashMap<>();
    private final Map<String, ClusterDeclared> clusters = new HashMap<>();

    synchronized void fold(Fact fact) {
        if (fact.envelope() == null) {
            applications.remove(fact.key());
            clusters.remove(fact.key());
        } else if (fact.envelope().event() instanceof ApplicationEvent event) {
            applications.put(fact.key(), event);
        } else if (fact.envelope().event() instanceof ClusterDeclared declared) {
            clusters.put(fact.key(), declared);
        }
    }

    /// A copy, for whoever takes over and keeps it up to date by what it says itself.
    synchronized Map<String, ApplicationEvent> applications() {
        return new TreeMap<>(applications);
    }

    synchronized Map<String, ClusterDeclared> clusters() {
        return new TreeMap<>(clusters);
    }
}
