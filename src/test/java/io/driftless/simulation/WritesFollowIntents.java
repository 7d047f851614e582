package io.driftless.simulation;

import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.OperationEvent.ResourceResult;
import io.driftless.stage.Fact;
import io.driftless.sync.SyncTask;
import java.util.HashSet;
import java.util.Set;

/// I2: what is written was recorded before, with the operation it is a part of and the state it was decided on.
final class WritesFollowIntents implements Invariant {
    private record Intent(String operation, String resource, String decidedOn) {}

    private final Set<Intent> recorded = new HashSet<>();

    @Override
    public String promise() {
        return "Every write has a durable intent";
    }

    @Override
    public void said(World world, Fact fact) {
        if (Outbox.event(fact) instanceof OperationRecorded record) {
            for (ResourceResult result : record.resources()) {
                if (result.status().equals(ResourceResult.RUNNING)) {
                    recorded.add(new Intent(record.id(), result.resource().toString(), result.decidedOn()));
                }
            }
        }
    }

    @Override
    public void wrote(World world, Written written, String subject, SyncTask task) {
        if (!recorded.contains(new Intent(task.operation(), task.resource().toString(), task.decidedOn()))) {
            throw violated(world, "nobody recorded " + task);
        }
    }
}
