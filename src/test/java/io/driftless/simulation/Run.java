package io.driftless.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One run: something is deployed, then everything happens that the seed says, then faults end and
/// the pipeline comes to rest; then all instances start anew, which must change nothing.
final class Run {
    private static final Duration HORIZON = Duration.ofMinutes(22);
    private static final Duration POLL = Duration.ofMinutes(2);
    private static final int MOST_ROUNDS = 3_000;

    private final World world;
    private final Chance chance;
    private final Trouble trouble;
    private Instant nextPoll = World.BEGIN.plus(POLL);

    private Run(World world) {
        this.world = world;
        this.chance = world.chance;
        this.trouble = new Trouble(world);
    }

    /// Throws a [Violation] where a promise is broken.
    static void of(long seed, Mutation broken, Trace trace) {
        Run run = new Run(new World(seed, broken, trace));
        run.begin();
        int steps = run.chance.between(60, 200);
        for (int step = 0; step < steps; step++) {
            run.step();
        }
        run.settle();
        run.world.check();
        if (run.chance.oneIn(4) && AtRest.all(run.world).values().stream().allMatch(AtRest::renderable)) {
            new NewStart(run.world, run).check();
        }
    }

    private void begin() {
        for (Group<?, ?> group : world.groups) {
            group.join();
            if (chance.coin()) {
                group.join();
            }
        }
        world.ledger.losses = 0;
        world.person.begin();
    }

    private void step() {
        world.pass(Duration.ofMillis(chance.oneIn(12) ? chance.below(4_000) : chance.oneIn(60) ? 40_000 : 3));
        int dice = chance.below(100);
        if (dice < 70) {
            work(chance.pick(world.groups));
        } else if (dice < 80) {
            world.person.act();
        } else if (dice < 85) {
            world.nature.act();
        } else if (dice < 87) {
            poll();
        } else {
            trouble.strike();
        }
    }

    private <T, O> void work(Group<T, O> group) {
        if (group.members.isEmpty()) {
            group.join();
        }
        for (Member<T, O> member : List.copyOf(group.members)) {
            for (int i = chance.between(1, 3); i > 0 && !member.paused && !member.dead; i--) {
                work(member);
                // Where something was decided and not said yet a crash hurts most.
                if (world.faults.crashes() && chance.oneIn(member.outbox.hasUnsent() ? 10 : 120)) {
                    trouble.crash(group, member);
                }
            }
        }
    }

    /// Any part of what an instance does in a moment.
    private void work(Member<?, ?> member) {
        member.round(chance.between(1, 6));
        if (chance.oneIn(3)) {
            member.commit();
        }
        if (!world.faults.slowBroker()) {
            member.outbox.flush();
        } else {
            for (int more = chance.below(4); more > 0; more--) {
                member.outbox.send();
                member.outbox.acknowledge();
            }
        }
        if (chance.coin()) {
            member.perform();
        }
        member.edge.step();
        member.edge.step();
    }

    private void poll() {
        for (Group<?, ?> group : world.groups) {
            for (Member<?, ?> member : group.members) {
                if (member.paused) {
                    continue;
                }
                if (member.edge instanceof Edges.Manifest manifest) {
                    manifest.poll();
                } else if (member.edge instanceof Edges.Observe observe) {
                    observe.observe.recheck();
                } else if (member.edge instanceof Edges.Registry registry) {
                    registry.audit();
                }
            }
        }
    }

    /// Faults end, everybody comes back, and everything is done that there is to do.
    private void settle() {
        world.cluster.reachable(true);
        world.repository.reachable(true);
        for (Group<?, ?> group : world.groups) {
            wakeAll(group);
            if (group.members.isEmpty()) {
                group.join();
            }
            if (world.faults.loseMemory()) {
                group.rebalance();
            }
        }
        while (world.adopt()) {
            world.trace.say("world", "a late request arrives");
        }
        world.calm = true;
        world.person.mend();
        world.trace.say("world", "is calm from now on");
        rest(world.now().plus(HORIZON));
    }

    private <T, O> void wakeAll(Group<T, O> group) {
        for (Member<T, O> member : List.copyOf(group.members)) {
            if (member.paused) {
                group.wake(member);
            }
        }
    }

    /// Works until nothing is left to do before this moment.
    void rest(Instant end) {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            boolean any = world.nature.settle();
            for (Group<?, ?> group : world.groups) {
                for (Member<?, ?> member : group.members) {
                    any |= member.settleDown();
                }
            }
            if (any) {
                world.pass(Duration.ofMillis(1));
                continue;
            }
            Instant next = nextMoment();
            if (next.isAfter(end)) {
                return;
            }
            if (next.isAfter(world.now())) {
                world.pass(Duration.between(world.now(), next));
            }
            if (!nextPoll.isAfter(world.now())) {
                nextPoll = world.now().plus(POLL);
                poll();
            }
        }
        throw world.violated("The pipeline comes to rest", "it is still busy after " + MOST_ROUNDS + " rounds", null);
    }

    private Instant nextMoment() {
        Instant next = nextPoll;
        for (Group<?, ?> group : world.groups) {
            for (Member<?, ?> member : group.members) {
                Instant timer = member.nextTimer();
                next = timer != null && timer.isBefore(next) ? timer : next;
            }
        }
        return next;
    }
}
