package io.driftless.simulation;

import io.driftless.stage.StageDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// The consumer group of a stage: which instance owns which partitions.
final class Group<T, O> {
    private static final int MOST = 3;

    final StageDefinition<T, O> definition;
    private final World world;
    private final Function<String, Member<T, O>> maker;
    final List<Member<T, O>> members = new ArrayList<>();
    private int made;

    Group(World world, StageDefinition<T, O> definition, Function<String, Member<T, O>> maker) {
        this.world = world;
        this.definition = definition;
        this.maker = maker;
    }

    void join() {
        if (members.size() < MOST) {
            members.add(maker.apply(definition.name() + '-' + ++made));
            rebalance();
        }
    }

    /// Partitions move: range assignment over whoever answers, in an order that depends on ids nobody chose.
    void rebalance() {
        List<Member<T, O>> present = new ArrayList<>();
        for (Member<T, O> member : members) {
            if (member.paused) {
                member.expelled = true;
            } else {
                present.add(member);
            }
        }
        if (present.isEmpty()) {
            return;
        }
        world.ledger.losses++;
        present.forEach(Member::quiesce);
        int first = world.chance.below(present.size());
        List<Set<Integer>> ranges = new ArrayList<>();
        present.forEach(_ -> ranges.add(new HashSet<>()));
        for (int partition = 0; partition < Log.PARTITIONS; partition++) {
            ranges.get((first + partition * present.size() / Log.PARTITIONS) % present.size())
                    .add(partition);
        }
        for (int i = 0; i < present.size(); i++) {
            present.get(i).assign(ranges.get(i));
        }
        world.trace.say(definition.name(), "owned by " + present);
    }

    void leave(Member<T, O> member) {
        members.remove(member);
        member.quiesce();
        member.assign(Set.of());
        member.edge.end();
        member.dead = true;
        rebalance();
    }

    void crash(Member<T, O> member) {
        world.trace.say(member.name, "crashes");
        world.ledger.losses++;
        members.remove(member);
        member.crash();
    }

    /// A paused instance goes on. If its partitions have moved meanwhile it does a few more things before it notices.
    void wake(Member<T, O> member) {
        member.paused = false;
        world.trace.say(member.name, member.expelled ? "wakes up, its partitions are gone" : "wakes up");
        if (!member.expelled) {
            return;
        }
        world.ledger.losses++;
        for (int more = world.chance.below(5); more > 0; more--) {
            switch (world.chance.below(4)) {
                case 0 -> member.outbox.send();
                case 1 -> member.perform();
                case 2 -> member.edge.step();
                default -> member.round(0);
            }
        }
        member.lose();
        rebalance();
    }
}
