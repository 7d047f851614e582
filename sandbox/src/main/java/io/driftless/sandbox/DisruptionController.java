package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.Json;
import java.util.List;

/// PodDisruptionBudgets that choose by labels: how many of their pods may go now.
final class DisruptionController implements Controller {
    private final PodIndex pods;
    private final ControllerWrites writes;

    DisruptionController(PodIndex pods, ControllerWrites writes) {
        this.pods = pods;
        this.writes = writes;
    }

    @Override
    public void reconcile(Stored budget) {
        JsonNode spec = budget.tree().path("spec");
        JsonNode labels = spec.path("selector").path("matchLabels");
        if (labels.isEmpty()) {
            return;
        }
        pods.chooses(budget.key(), labels);
        List<Stored> chosen = pods.chosen(budget.key().namespace(), labels).stream()
                .filter(pod -> !pod.terminating())
                .toList();
        int expected = chosen.size();
        int healthy = (int) chosen.stream().filter(ControlledPods::ready).count();
        int desired = spec.has("maxUnavailable")
                ? Math.max(0, expected - Shares.up(spec.path("maxUnavailable"), expected))
                : Shares.up(spec.path("minAvailable"), expected);
        int allowed = expected == 0 ? 0 : Math.max(0, healthy - desired);
        long generation = budget.tree().path("metadata").path("generation").asLong();
        writes.status(budget.key(), next -> {
            ObjectNode status = Json.child(next, "status");
            status.put("currentHealthy", healthy).put("desiredHealthy", desired);
            status.put("disruptionsAllowed", allowed).put("expectedPods", expected);
            status.put("observedGeneration", generation);
            ObjectNode condition = Conditions.of(
                    "DisruptionAllowed",
                    allowed > 0 ? "True" : "False",
                    allowed > 0 ? "SufficientPods" : "InsufficientPods",
                    "");
            condition.remove("lastUpdateTime");
            Conditions.set(status, condition.put("observedGeneration", generation));
        });
    }

    @Override
    public void gone(Store.Key key) {
        pods.chooses(key, null);
    }
}
