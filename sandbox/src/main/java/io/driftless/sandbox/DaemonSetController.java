package io.driftless.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.defaults.Defaults;
import io.driftless.sandbox.model.Json;
import java.util.List;

/// DaemonSets: one pod, for the one node there is.
final class DaemonSetController implements Controller {
    private static final String HASH = "controller-revision-hash";
    private final ControllerWrites writes;
    private final Revisions revisions;

    DaemonSetController(Store store, ControllerWrites writes) {
        this.writes = writes;
        this.revisions = new Revisions(store, writes);
    }

    @Override
    public void reconcile(Stored set) {
        revisions.keep(set, HASH);
        String hash = Revisions.hash(set);
        ControlledPods pods = new ControlledPods(writes, set);
        List<Stored> active = pods.active();
        boolean replaces = !set.tree()
                .path("spec")
                .path("updateStrategy")
                .path("type")
                .asText()
                .equals("OnDelete");
        List<Stored> old = active.stream()
                .filter(p -> !ControlledPods.label(p, HASH).equals(hash))
                .toList();
        if (active.isEmpty() && pods.terminating() == 0) {
            create(set, pods, hash);
            pods = new ControlledPods(writes, set);
        } else if (replaces && !old.isEmpty()) {
            old.forEach(pods::delete);
            pods = new ControlledPods(writes, set);
        }
        report(set, pods, hash);
    }

    private static void create(Stored set, ControlledPods pods, String hash) {
        ObjectNode pod = pods.fromTemplate();
        String generation = set.tree()
                .path("metadata")
                .path("annotations")
                .path(Defaults.TEMPLATE_GENERATION)
                .asText("1");
        Json.child(Json.meta(pod), "labels").put(HASH, hash).put("pod-template-generation", generation);
        pods.create(pod);
    }

    private void report(Stored set, ControlledPods pods, String hash) {
        int all = pods.active().size();
        int ready = pods.ready();
        int updated = (int) pods.active().stream()
                .filter(p -> ControlledPods.label(p, HASH).equals(hash))
                .count();
        long generation = set.tree().path("metadata").path("generation").asLong();
        writes.status(set.key(), next -> {
            ObjectNode status = Json.child(next, "status");
            status.put("currentNumberScheduled", all).put("desiredNumberScheduled", 1);
            status.put("numberMisscheduled", 0).put("numberReady", ready);
            status.put("observedGeneration", generation);
            Conditions.count(status, "numberAvailable", ready);
            Conditions.count(status, "numberUnavailable", 1 - ready);
            Conditions.count(status, "updatedNumberScheduled", updated);
        });
    }
}
