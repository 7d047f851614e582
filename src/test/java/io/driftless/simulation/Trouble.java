package io.driftless.simulation;

import io.driftless.events.Topic;
import java.util.List;

/// What goes wrong: everything that [Faults] allow in this run.
final class Trouble {
    private final World world;
    private final Chance chance;

    Trouble(World world) {
        this.world = world;
        this.chance = world.chance;
    }

    /// One thing that goes wrong, of those that may in this run.
    void strike() {
        Faults faults = world.faults;
        Group<?, ?> group = chance.pick(world.groups);
        switch (chance.below(10)) {
            case 0 -> crash(group);
            case 1, 2 -> zombie(group);
            case 3 -> {
                if (faults.rebalances() && !group.members.isEmpty()) {
                    move(group);
                }
            }
            case 4 -> {
                if (faults.outages()) {
                    world.cluster.reachable(!world.cluster.reachable() || !chance.oneIn(3));
                }
            }
            case 5 -> {
                if (faults.outages()) {
                    world.repository.reachable(!world.repository.reachable() || !chance.oneIn(3));
                }
            }
            case 6 -> {
                if (faults.brokenWatches()) {
                    world.groups.stream()
                            .flatMap(any -> any.members.stream())
                            .filter(member -> !member.paused)
                            .map(member -> member.edge)
                            .filter(Edges.Observe.class::isInstance)
                            .forEach(edge -> ((Edges.Observe) edge).loseHistory());
                }
            }
            case 7 -> {
                if (faults.compaction()) {
                    compact(chance.between(10, 40), false);
                }
            }
            case 8 -> world.adopt();
            default -> {}
        }
    }

    private <T, O> void crash(Group<T, O> group) {
        if (world.faults.crashes() && !group.members.isEmpty()) {
            crash(group, chance.pick(group.members));
        }
    }

    <T, O> void crash(Group<T, O> group, Member<T, O> member) {
        group.crash(member);
        if (chance.coin()) {
            group.join();
        } else {
            group.rebalance();
        }
    }

    private <T, O> void zombie(Group<T, O> group) {
        if (!world.faults.zombies()) {
            return;
        }
        List<Member<T, O>> paused =
                group.members.stream().filter(member -> member.paused).toList();
        if (paused.isEmpty() && !group.members.isEmpty()) {
            Member<T, O> member = chance.pick(group.members);
            world.trace.say(member.name, "is paused");
            member.paused = true;
        } else if (!paused.isEmpty()) {
            Member<T, O> member = paused.getFirst();
            if (!member.expelled && chance.below(3) > 0) {
                group.join();
                group.rebalance();
            } else {
                group.wake(member);
            }
        }
    }

    private <T, O> void move(Group<T, O> group) {
        if (group.members.size() > 1 && chance.coin()) {
            Member<T, O> leaving = chance.pick(group.members);
            if (!leaving.paused) {
                group.leave(leaving);
            }
        } else {
            group.join();
        }
    }

    void compact(int active, boolean tombstonesToo) {
        for (Topic topic : Topic.values()) {
            for (int partition = 0; topic.isTable() && partition < Log.PARTITIONS; partition++) {
                if (tombstonesToo || chance.coin()) {
                    world.log.compact(Log.place(topic, partition), active, tombstonesToo);
                }
            }
        }
    }
}
