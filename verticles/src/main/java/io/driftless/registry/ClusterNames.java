package io.driftless.registry;

import io.driftless.events.ApplicationSpec.Destination;
import io.driftless.events.ClusterEvent.ClusterDeclared;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The declared clusters by the two things Applications call them: server URL and name.
final class ClusterNames {
    static final ClusterDeclared OWN = new ClusterDeclared(Destination.IN_CLUSTER, "in-cluster", "", List.of());

    private final Map<String, String> names = new HashMap<>();

    ClusterNames(Collection<ClusterDeclared> declared) {
        names.put(OWN.server(), OWN.name());
        declared.forEach(cluster -> names.put(cluster.server(), cluster.name()));
    }

    boolean serves(String server) {
        return names.containsKey(server);
    }

    /// Server URL of the cluster with this name; empty when no cluster or more than one has it.
    Optional<String> server(String name) {
        List<String> found = names.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .map(Map.Entry::getKey)
                .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /// Name of the cluster at this URL; empty when there is none.
    String name(String server) {
        return names.getOrDefault(server, "");
    }

    /// All names, for messages.
    String known() {
        return String.join(", ", new TreeSet<>(names.values()));
    }
}
