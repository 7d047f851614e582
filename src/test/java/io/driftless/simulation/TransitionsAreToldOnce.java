package io.driftless.simulation;

import io.driftless.events.ApplicationName;
import io.driftless.events.DeliveryEvent;
import io.driftless.events.DeliveryEvent.NotificationFailed;
import io.driftless.events.DeliveryEvent.NotificationsBegan;
import io.driftless.events.Event;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.OperationEvent.Phase;
import io.driftless.events.RecordKey;
import io.driftless.events.Topic;
import io.driftless.notification.Notification;
import io.driftless.stage.Fact;
import java.util.Map;

/// I1, I5: the end of an operation is told, and once. Where an instance lost its memory between telling and noting it,
/// the same notification may come again under the same key, but not more often than that happened.
final class TransitionsAreToldOnce implements Invariant {
    @Override
    public String promise() {
        return "Each transition is told once";
    }

    @Override
    public void told(World world, Notification notification) {
        int count = world.ledger.told.getOrDefault(notification.idempotencyKey(), 0);
        if (count > 1 + world.ledger.losses) {
            throw violated(world, notification.idempotencyKey() + " was told " + count + " times");
        }
    }

    @Override
    public void atRest(World world) {
        Map<String, Fact> deliveries = world.log.table(Topic.DELIVERIES);
        for (Fact fact : world.log.table(Topic.OPERATIONS).values()) {
            if (Outbox.event(fact) instanceof OperationRecorded last
                    && last.phase().completed()
                    && (last.request() == null || !last.request().dryRun())
                    && world.declarations.get(fact.key()) != null
                    && !last.isCascade()
                    && (last.uid().isEmpty()
                            || last.uid().equals(ModelCluster.uid(world.declarations.get(fact.key()))))) {
                check(world, last, deliveries);
            }
        }
    }

    private void check(World world, OperationRecorded last, Map<String, Fact> deliveries) {
        boolean succeeded = last.phase() == Phase.SUCCEEDED;
        String trigger = succeeded ? "on-sync-succeeded" : "on-sync-failed";
        String transition = succeeded && !last.revision().isEmpty() ? last.revision() : last.id();
        ApplicationName name = last.application();
        if (world.ledger.told.containsKey(name + "/people/" + trigger + '/' + transition)) {
            return;
        }
        Event delivery = event(deliveries, DeliveryEvent.key(name, "people", trigger));
        boolean givenUp = delivery instanceof NotificationFailed failed
                && failed.last()
                && failed.transition().equals(transition);
        Event began = event(deliveries, RecordKey.of(name.toString(), NotificationsBegan.DETAIL));
        boolean oldNews = began instanceof NotificationsBegan start
                && start.settled().contains("people|" + trigger + '=' + transition);
        if (!givenUp && !oldNews) {
            throw violated(world, trigger + ' ' + transition + " of " + name + " was not told");
        }
    }

    private static Event event(Map<String, Fact> deliveries, String key) {
        Fact fact = deliveries.get(key);
        return fact == null ? null : Outbox.event(fact);
    }
}
