package io.driftless.simulation;

import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.Topic;
import io.driftless.stage.Fact;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// I5: a request that comes twice, or is read twice after a crash, is one operation. (An instance that wakes up after
/// its partitions have moved may begin one too; its writes are fenced.)
final class NothingIsDoneTwice implements Invariant {
    private final Map<String, Instant> started = new HashMap<>();
    private final Set<String> ended = new HashSet<>();

    @Override
    public String promise() {
        return "An operation runs once";
    }

    @Override
    public void said(World world, Fact fact) {
        if (fact.topic() == Topic.OPERATIONS && fact.envelope() == null) {
            // With an Application everything is forgotten that was asked about it.
            started.clear();
            ended.clear();
        }
        if (world.faults.zombies() || !(Outbox.event(fact) instanceof OperationRecorded record)) {
            return;
        }
        Instant before = started.putIfAbsent(record.id(), record.startedAt());
        if (before != null && !before.equals(record.startedAt())) {
            throw violated(world, record.id() + " began at " + before + " and again at " + record.startedAt());
        }
        if (record.phase().completed()) {
            ended.add(record.id());
        } else if (ended.contains(record.id())) {
            throw violated(world, record.id() + " runs after it ended");
        }
    }
}
