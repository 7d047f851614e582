package io.driftless.simulation;

import io.driftless.events.Event;
import io.driftless.events.RecordKey;
import io.driftless.events.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// I5, I13: all instances of a world at rest are replaced by new ones.
final class NewStart {
    private final World world;
    private final Run run;

    NewStart(World world, Run run) {
        this.world = world;
        this.run = run;
    }

    /// I5: everybody forgets everything and reads it again; nothing is written, said or told.
    void check() {
        // A new start looks at the repository, where commits that changed nothing may have become the head.
        world.person.refresh();
        run.rest(world.now().plus(Duration.ofMinutes(1)));
        Map<String, Event> before = tables();
        int history = world.cluster.history().size();
        Map<String, Integer> told = new HashMap<>(world.ledger.told);
        new Trouble(world).compact(0, true);
        for (Group<?, ?> group : world.groups) {
            replaceAll(group);
        }
        world.trace.say("world", "all instances start anew");
        run.rest(world.now().plus(Duration.ofMinutes(5)));
        String promise = "A new start changes nothing";
        if (world.cluster.history().size() > history) {
            var written = world.cluster
                    .history()
                    .subList(history, world.cluster.history().size());
            throw world.violated(promise, "these were written: " + written, null);
        }
        // Where an instance that lost an application spoke late, a notification may come twice.
        if (!world.faults.zombies() && !told.equals(world.ledger.told)) {
            throw world.violated(promise, "something was told again: " + world.ledger.told, null);
        }
        Map<String, Event> after = tables();
        if (!after.equals(before)) {
            List<String> changed = new ArrayList<>();
            before.forEach((key, event) -> {
                if (!event.equals(after.get(key))) {
                    changed.add(key + ": " + event + " became " + after.get(key));
                }
            });
            after.keySet().stream().filter(key -> !before.containsKey(key)).forEach(changed::add);
            throw world.violated(promise, "tables differ: " + changed, null);
        }
    }

    private <T, O> void replaceAll(Group<T, O> group) {
        for (Member<T, O> member : List.copyOf(group.members)) {
            group.crash(member);
        }
        group.join();
    }

    private Map<String, Event> tables() {
        Map<String, Event> tables = new HashMap<>();
        for (Topic topic : Topic.values()) {
            boolean exact = topic != Topic.DELIVERIES || !world.faults.zombies();
            if (topic.isTable() && exact) {
                world.log.table(topic).forEach((key, fact) -> {
                    @Nullable Event event = Outbox.event(fact);
                    // Which kinds are watched depends on what was seen since the start.
                    if (event != null && !key.startsWith(RecordKey.EVERYONE)) {
                        tables.put(topic + " " + key, event);
                    }
                });
            }
        }
        return tables;
    }
}
