package io.driftless.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.Json;
import org.jspecify.annotations.Nullable;

/// ReplicaSets: as many pods as wanted.
final class ReplicaSetController implements Controller {
    static final String FAILURE = "ReplicaFailure";
    private final ControllerWrites writes;

    ReplicaSetController(ControllerWrites writes) {
        this.writes = writes;
    }

    @Override
    public void reconcile(Stored object) {
        int wanted = object.tree().path("spec").path("replicas").asInt();
        ControlledPods before = new ControlledPods(writes, object);
        boolean adjusted = before.adjust(wanted);
        String refusal = before.refusal();
        // Whoever made or deleted pods is called again for their sake, and reports then.
        if (adjusted && refusal == null) {
            return;
        }
        ControlledPods pods = new ControlledPods(writes, object);
        long generation = object.tree().path("metadata").path("generation").asLong();
        int all = pods.active().size();
        int ready = pods.ready();
        int terminating = pods.terminating();
        writes.status(object.key(), next -> {
            ObjectNode status = Json.child(next, "status").put("replicas", all);
            status.put("observedGeneration", generation);
            Conditions.count(status, "fullyLabeledReplicas", all);
            Conditions.count(status, "readyReplicas", ready);
            Conditions.count(status, "availableReplicas", ready);
            status.put("terminatingReplicas", terminating);
            failure(status, refusal);
        });
    }

    /// The first refusal stands until there is none.
    private static void failure(ObjectNode status, @Nullable String refusal) {
        if (refusal == null) {
            Conditions.remove(status, FAILURE);
        } else if (Conditions.in(status, FAILURE).isMissingNode()) {
            ObjectNode condition = Conditions.of(FAILURE, "True", "FailedCreate", refusal);
            condition.remove("lastUpdateTime");
            Conditions.set(status, condition);
        }
    }
}
