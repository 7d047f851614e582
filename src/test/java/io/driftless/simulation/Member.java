package io.driftless.simulation;

import io.driftless.events.RecordKey;
import io.driftless.simulation.Slice.Subject;
import io.driftless.stage.Decision;
import io.driftless.stage.Performer;
import io.driftless.stage.Publication;
import io.driftless.stage.StageDefinition;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One instance of a stage, in its consumer group. It does what the stage runtime does with a real consumer and
/// producer: tables from their beginning, histories from the committed offset and only after the tables, one decision
/// for all that was taken in, effects after the acknowledgement of what was said, commits after that.
final class Member<T, O> {
    final World world;
    final String name;
    final StageDefinition<T, O> definition;
    final Outbox outbox;
    private final Tasks<T, O> tasks;
    private final Progress progress = new Progress();
    private final Intake<T, O> intake;
    private final Deque<Runnable> inbox = new ArrayDeque<>();
    private final Timers timers = new Timers();
    Edge edge = Edge.NONE;
    /// Paused: does nothing, and does not know how long.
    boolean paused;
    /// Its partitions have gone to others, which it does not know either.
    boolean expelled;
    boolean dead;

    Member(World world, String name, StageDefinition<T, O> definition, Performer<T, O> performer) {
        this.world = world;
        this.name = name;
        this.definition = definition;
        this.outbox = new Outbox(world, name);
        this.tasks = new Tasks<>(this, performer, definition.concurrency());
        this.intake = new Intake<>(this, progress);
    }

    Set<Integer> partitions() {
        return intake.slices.keySet();
    }

    boolean owns(String subject) {
        Slice<T, O> slice = intake.slices.get(RecordKey.partition(subject, Log.PARTITIONS));
        return slice != null && slice.ready;
    }

    /// News from the edge, as `StageHandle.deliver` takes them.
    void deliver(String subject, O news) {
        mail(() -> news(subject, news));
    }

    private void news(String subject, O news) {
        Slice<T, O> slice = intake.slices.get(RecordKey.partition(subject, Log.PARTITIONS));
        if (slice != null && !slice.ready) {
            slice.heldNews.add(() -> news(subject, news));
        } else if (slice != null) {
            finished(slice.subject(subject), news);
        }
    }

    void mail(Runnable mail) {
        inbox.add(mail);
    }

    void later(Runnable action) {
        timers.at(world.now().plusMillis(200), action);
    }

    /// Takes in some records of each partition, and does what follows from them.
    ///
    /// @param most of one partition; 0 takes in none
    /// @return whether anything happened
    boolean round(int most) {
        boolean any = intake.poll(most) | !inbox.isEmpty();
        intake.settle();
        readInbox();
        any |= timers.run(world.now());
        any |= decide();
        progress.endRound(world.broken == Mutation.COMMITS_BEFORE_ACKNOWLEDGEMENT);
        tasks.start();
        return any;
    }

    private void readInbox() {
        for (Runnable mail = inbox.poll(); mail != null; mail = inbox.poll()) {
            mail.run();
        }
    }

    void finished(Subject<T, O> subject, O outcome) {
        intake.touched.add(subject);
        try {
            subject.logic.finished(outcome);
        } catch (RuntimeException e) {
            throw world.violated("A logic takes in every outcome", name + " refused " + outcome, e);
        }
    }

    private boolean decide() {
        List<Subject<T, O>> subjects = List.copyOf(intake.touched);
        intake.touched.clear();
        boolean any = false;
        for (Subject<T, O> subject : subjects) {
            if (subject.slice.ready && !subject.slice.dropped) {
                decide(subject);
                any = true;
            }
        }
        return any;
    }

    private void decide(Subject<T, O> subject) {
        Decision<T> decision;
        boolean forgettable;
        try {
            decision = subject.logic.decide(world.now());
            forgettable = subject.logic.forgettable();
        } catch (RuntimeException e) {
            throw world.violated("A logic always decides", name + " about " + subject.name, e);
        }
        wakeAt(subject, decision.wakeAt());
        decision.publications().forEach(publication -> publish(subject, publication));
        if (!decision.tasks().isEmpty()) {
            subject.tasks += decision.tasks().size();
            subject.waiting.addAll(decision.tasks());
            release(subject);
        }
        if (forgettable && subject.idle()) {
            subject.slice.subjects.remove(subject.name, subject);
        }
    }

    private void wakeAt(Subject<T, O> subject, @Nullable Instant at) {
        boolean known = at == null || at.equals(subject.wakeAt);
        subject.wakeAt = at;
        if (!known && at != null) {
            timers.at(at, () -> {
                if (at.equals(subject.wakeAt)) {
                    subject.wakeAt = null;
                    intake.touched.add(subject);
                }
            });
        }
    }

    private void publish(Subject<T, O> subject, Publication publication) {
        Progress.Round round = progress.sending();
        int copies = Outbox.copies(publication);
        round.open += copies - 1;
        subject.unacknowledged += copies;
        outbox.publish(publication, () -> {
            round.open--;
            subject.unacknowledged--;
            if (subject.unacknowledged == 0 && !subject.waiting.isEmpty()) {
                mail(() -> release(subject));
            }
        });
    }

    private void release(Subject<T, O> subject) {
        if (subject.unacknowledged > 0 && world.broken != Mutation.ACTS_BEFORE_ACKNOWLEDGEMENT) {
            return;
        }
        for (T work = subject.waiting.poll(); work != null; work = subject.waiting.poll()) {
            tasks.queue(new Tasks.Task<>(subject, work));
        }
    }

    void perform() {
        tasks.perform(world.chance);
    }

    boolean hasRunning() {
        return tasks.anyRunning();
    }

    void commit() {
        if (!expelled && progress.hasCommittable()) {
            long[] committed = world.log.committed(definition.name());
            progress.takeCommittable().forEach((place, next) -> committed[place] = next);
        }
    }

    /// What there is to do, all of it. False when there was nothing.
    boolean settleDown() {
        boolean any = round(Integer.MAX_VALUE);
        any |= outbox.flush();
        while (hasRunning()) {
            perform();
            any = true;
        }
        any |= edge.settle();
        commit();
        return any;
    }

    @Nullable
    Instant nextTimer() {
        return timers.next();
    }

    /// Partitions are about to move: lets running tasks end, at least most of them, and commits.
    void quiesce() {
        tasks.suspended = true;
        while (hasRunning() && !world.chance.oneIn(8)) {
            perform();
            round(0);
        }
        tasks.interrupt();
        round(0);
        // A broker that takes longer than the runtime waits lets records arrive after those of the next owner.
        if (!world.faults.slowBroker() || !world.faults.zombies() || !world.chance.oneIn(4)) {
            outbox.flush();
        }
        round(0);
        commit();
    }

    /// These partitions are ours from now on, and no others.
    void assign(Set<Integer> assigned) {
        for (Integer partition : List.copyOf(intake.slices.keySet())) {
            if (!assigned.contains(partition)) {
                intake.drop(partition);
            }
        }
        assigned.stream()
                .sorted()
                .filter(partition -> !intake.slices.containsKey(partition))
                .forEach(intake::add);
        tasks.suspended = false;
        edge.ownershipChanged();
    }

    /// Finds out that it was away too long.
    void lose() {
        expelled = false;
        for (Integer partition : List.copyOf(intake.slices.keySet())) {
            intake.drop(partition);
        }
        tasks.interrupt();
        edge.ownershipChanged();
    }

    /// Dies here and now.
    void crash() {
        dead = true;
        intake.slices.values().forEach(slice -> slice.dropped = true);
        outbox.crash();
        tasks.crash();
        edge.end();
    }

    @Override
    public String toString() {
        return name
                + (paused ? " (paused)" : "")
                + Arrays.toString(intake.slices.keySet().toArray());
    }
}
