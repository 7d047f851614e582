package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.Json;
import java.util.List;

/// PodDisruptionBudgets: how many of their pods may go now.
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
        JsonNode selector = spec.path("selector");
        pods.choosesBy(budget.key(), selector);
        List<Stored> chosen = pods.chosenBy(budget.key().namespace(), selector).stream()
                .filter(pod -> !pod.terminating())
                .toList();
        int expected = chosen.size();
        JsonNode going = budget.tree().path("status").path("disruptedPods");
        int healthy = (int) chosen.stream()
                .filter(pod -> ControlledPods.ready(pod) && !going.has(pod.key().name()))
                .count();
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
            awaited(status, chosen);
            ObjectNode condition = Conditions.of(
                    "DisruptionAllowed",
                    allowed > 0 ? "True" : "False",
                    allowed > 0 ? "SufficientPods" : "InsufficientPods",
                    "");
            condition.remove("lastUpdateTime");
            Conditions.set(status, condition.put("observedGeneration", generation));
        });
    }

    /// Of the pods that were let go, those that have not gone yet.
    private static void awaited(ObjectNode status, List<Stored> chosen) {
        if (status.get("disruptedPods") instanceof ObjectNode going) {
            going.retain(chosen.stream().map(pod -> pod.key().name()).toList());
            if (going.isEmpty()) {
                status.remove("disruptedPods");
            }
        }
    }

    @Override
    public void gone(Store.Key key) {
        pods.chooses(key, null);
    }
}
