package io.driftless.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// ReplicaSets: as many pods as wanted.
final class ReplicaSetController implements Controller {
    private final ControllerWrites writes;

    ReplicaSetController(ControllerWrites writes) {
        this.writes = writes;
    }

    @Override
    public void reconcile(Stored object) {
        int wanted = object.tree().path("spec").path("replicas").asInt();
        // Whoever made or deleted pods is called again for their sake, and reports then.
        if (new ControlledPods(writes, object).adjust(wanted)) {
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
        });
    }
}
