package io.driftless.simulation;

import io.driftless.events.RecordKey;
import io.driftless.events.Topic;
import io.driftless.sync.SyncTask;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// I1, I7: the resources of an Application are deleted with it only where it says so, then all of them; and nothing is
/// remembered of an Application that is gone.
final class TheDeletedLeaveNothing implements Invariant {
    private static final List<Topic> TABLES =
            List.of(Topic.APPLICATIONS, Topic.DESIRED, Topic.DRIFT, Topic.OPERATIONS, Topic.DELIVERIES);

    @Override
    public String promise() {
        return "A deleted Application leaves nothing behind but what it was told to leave";
    }

    @Override
    public void wrote(World world, Written written, String subject, SyncTask task) {
        if (task instanceof SyncTask.Prune prune && prune.cascade()) {
            var declared = world.declarations.get(subject);
            boolean asked = declared != null
                    && ModelCluster.deleting(declared)
                    && !declared.path("metadata").path("finalizers").isEmpty();
            if (!asked && !world.faults.loseMemory()) {
                throw violated(world, written.id() + " was deleted with " + subject + ", which did not ask for it");
            }
        }
    }

    @Override
    public void atRest(World world) {
        world.declarations.all().forEach((name, object) -> {
            if (ModelCluster.deleting(object)) {
                throw violated(world, name + " is still being deleted, its finalizer was not taken off");
            }
        });
        Map<String, String> left = new TreeMap<>();
        for (Topic topic : TABLES) {
            for (String key : world.log.table(topic).keySet()) {
                // An instance that lost an Application before it was deleted may still note a notification.
                boolean late = topic == Topic.DELIVERIES && world.faults.zombies();
                if (!late && world.declarations.get(RecordKey.subject(key)) == null) {
                    left.put(topic + " " + key, String.valueOf(world.last(topic, key)));
                }
            }
        }
        if (!left.isEmpty()) {
            throw violated(world, "of Applications that are gone there is " + left);
        }
    }
}
