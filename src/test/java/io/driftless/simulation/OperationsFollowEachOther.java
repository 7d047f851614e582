package io.driftless.simulation;

import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.Topic;
import io.driftless.stage.Fact;
import java.util.HashMap;
import java.util.Map;

/// I3: the operations of an application never overlap. (Records of an instance that lost the application are passed
/// over, as the stage does.)
final class OperationsFollowEachOther implements Invariant {
    private final Map<String, OperationRecorded> last = new HashMap<>();

    @Override
    public String promise() {
        return "One operation ends before the next begins";
    }

    @Override
    public void said(World world, Fact fact) {
        if (fact.topic() != Topic.OPERATIONS || world.faults.zombies()) {
            return;
        }
        if (!(Outbox.event(fact) instanceof OperationRecorded record)) {
            last.remove(fact.key());
            return;
        }
        OperationRecorded before = last.get(fact.key());
        if (before != null && record.sequence() <= before.sequence()) {
            throw violated(world, "record " + record.sequence() + " follows " + before.sequence());
        }
        if (before != null
                && !before.id().equals(record.id())
                && !before.phase().completed()) {
            throw violated(world, record.id() + " begins while " + before.id() + " is " + before.phase());
        }
        last.put(fact.key(), record);
    }
}
