package io.driftless.simulation;

import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.SyncEvent;
import io.driftless.events.Topic;
import io.driftless.stage.Fact;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// I1: a request that was acknowledged has an outcome in the end: its operation succeeded, or failed, or was refused.
/// Where an instance dies between the two topics that say so, one of them is enough.
final class RequestsComeToOneEnd implements Invariant {
    private final Map<String, Integer> ends = new HashMap<>();
    /// How often everything was forgotten with an Application, also which requests were taken up.
    private int graves;

    private final Set<String> recorded = new HashSet<>();

    @Override
    public String promise() {
        return "Every acknowledged request comes to one end";
    }

    @Override
    public void said(World world, Fact fact) {
        switch (Outbox.event(fact)) {
            case SyncEvent.SyncSucceeded done -> ends.merge(done.operation(), 1, Integer::sum);
            case SyncEvent.SyncFailed failed -> ends.merge(failed.operation(), 1, Integer::sum);
            case OperationRecorded record -> {
                recorded.addAll(record.handledRequests());
                if (!record.phase().completed()) {
                    recorded.remove(record.id());
                }
            }
            case null -> graves += fact.topic() == Topic.OPERATIONS ? 1 : 0;
            default -> {}
        }
    }

    @Override
    public void atRest(World world) {
        for (String request : world.ledger.requests.keySet()) {
            int count = ends.getOrDefault(request, 0);
            if (count == 0 && !(recorded.contains(request) && world.ledger.losses > 0)) {
                throw violated(world, request + " came to none: " + world.ledger.requests.get(request));
            }
            if (count > 1 + graves + world.ledger.losses) {
                throw violated(world, request + " came to " + count);
            }
        }
    }
}
