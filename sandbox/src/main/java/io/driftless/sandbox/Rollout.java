package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.DeploymentController.ReplicaSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How many replicas each ReplicaSet of a Deployment may have now, by strategy, surge and availability.
///
/// @param current the ReplicaSet of the present template; null before there is one
/// @param sets all of them
record Rollout(JsonNode deployment, @Nullable ReplicaSet current, List<ReplicaSet> sets) {
    /// A ReplicaSet and the size it is to have.
    record Size(ReplicaSet set, int replicas) {}

    int replicas() {
        return deployment.path("spec").path("replicas").asInt();
    }

    private boolean recreates() {
        return deployment.path("spec").path("strategy").path("type").asText().equals("Recreate");
    }

    private JsonNode rolling() {
        return deployment.path("spec").path("strategy").path("rollingUpdate");
    }

    /// How many pods there may be beyond those that are wanted.
    private int surge() {
        return recreates() ? 0 : Shares.up(rolling().path("maxSurge"), replicas());
    }

    /// How many of the wanted pods may be missing.
    int maxUnavailable() {
        if (recreates() || replicas() == 0) {
            return 0;
        }
        int down = Shares.down(rolling().path("maxUnavailable"), replicas());
        return Math.min(replicas(), down == 0 && surge() == 0 ? 1 : down);
    }

    /// How many pods there may be in all.
    int most() {
        return replicas() + surge();
    }

    private int total() {
        return sets.stream().mapToInt(ReplicaSet::replicas).sum();
    }

    private List<ReplicaSet> others() {
        return sets.stream()
                .filter(s -> s != current)
                .sorted(Comparator.comparingInt(ReplicaSet::revision))
                .toList();
    }

    /// Whether the first pod of the present template may come.
    boolean mayStart() {
        return !recreates() || others().stream().allMatch(s -> s.idle() && s.count("terminatingReplicas") == 0);
    }

    /// The sizes that old ReplicaSets must have before the new one may come.
    List<Size> before() {
        return recreates()
                ? others().stream()
                        .filter(s -> s.replicas() > 0)
                        .map(s -> new Size(s, 0))
                        .toList()
                : List.of();
    }

    /// The size of the ReplicaSet of the present template.
    int size() {
        int now = current == null ? 0 : current.replicas();
        boolean alone = others().stream().allMatch(s -> s.replicas() == 0);
        if (recreates() || alone || now >= replicas()) {
            return replicas();
        }
        return Math.min(replicas(), now + Math.max(0, most() - total()));
    }

    /// The old ReplicaSets that are to be smaller: first by pods that are not available anyway, then by as many as
    /// the available ones allow.
    List<Size> old() {
        if (current == null || recreates()) {
            return before();
        }
        int least = replicas() - maxUnavailable();
        int missing = current.replicas() - current.count("availableReplicas");
        int unhealthyMay = total() - least - missing;
        int healthyMay =
                sets.stream().mapToInt(s -> s.count("availableReplicas")).sum() - least;
        List<Size> out = new ArrayList<>();
        for (ReplicaSet set : others()) {
            int unhealthy = Math.max(0, Math.min(unhealthyMay, set.replicas() - set.count("availableReplicas")));
            unhealthyMay -= unhealthy;
            int healthy = Math.max(0, Math.min(Math.min(healthyMay, unhealthyMay), set.replicas() - unhealthy));
            healthyMay -= healthy;
            unhealthyMay -= healthy;
            if (unhealthy + healthy > 0) {
                out.add(new Size(set, set.replicas() - unhealthy - healthy));
            }
        }
        return out;
    }
}
