package io.driftless.simulation;

import io.driftless.simulation.Slice.Subject;
import io.driftless.stage.Performer;
import io.driftless.stage.RetryPolicy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The effects of an instance: what waits for its turn and what is under way. Each is performed in one step, at a
/// moment that chance decides; what came of it reaches the instance in a later one.
final class Tasks<T, O> {
    private static final RetryPolicy RETRIES = RetryPolicy.defaults();

    private final Member<T, O> member;
    private final Performer<T, O> performer;
    private final int concurrency;
    private final Deque<Task<T, O>> queued = new ArrayDeque<>();
    private final List<Task<T, O>> running = new ArrayList<>();
    private int unanswered;
    boolean suspended;

    static final class Task<T, O> {
        final Subject<T, O> subject;
        final T work;
        int attempt;

        Task(Subject<T, O> subject, T work) {
            this.subject = subject;
            this.work = work;
        }
    }

    Tasks(Member<T, O> member, Performer<T, O> performer, int concurrency) {
        this.member = member;
        this.performer = performer;
        this.concurrency = concurrency;
    }

    void queue(Task<T, O> task) {
        queued.add(task);
    }

    void start() {
        while (!suspended && running.size() + unanswered < concurrency && !queued.isEmpty()) {
            Task<T, O> task = queued.remove();
            if (!task.subject.slice.dropped) {
                task.attempt++;
                running.add(task);
            }
        }
    }

    boolean anyRunning() {
        return !running.isEmpty();
    }

    /// One of the running tasks does what it does.
    void perform(Chance chance) {
        if (running.isEmpty()) {
            return;
        }
        Task<T, O> task = running.remove(chance.below(running.size()));
        O outcome = null;
        Throwable failure = null;
        try {
            outcome = performer.perform(task.subject.name, task.work);
        } catch (RuntimeException | InterruptedException e) {
            failure = e;
        }
        answered(task, outcome, failure);
    }

    private void answered(Task<T, O> task, @Nullable O outcome, @Nullable Throwable failure) {
        unanswered++;
        member.mail(() -> {
            unanswered--;
            if (task.subject.slice.dropped) {
                return;
            }
            if (outcome != null) {
                task.subject.tasks--;
                member.finished(task.subject, outcome);
            } else if (failure instanceof InterruptedException && suspended) {
                task.attempt--;
                queue(task);
            } else if (task.attempt < RETRIES.attempts()) {
                member.later(() -> queue(task));
            } else {
                task.subject.tasks--;
                performer
                        .givenUp(task.subject.name, task.work, failure == null ? new IllegalStateException() : failure)
                        .ifPresent(instead -> member.finished(task.subject, instead));
            }
        });
    }

    /// Interrupts what runs: the request may have been made.
    void interrupt() {
        for (Task<T, O> task : List.copyOf(running)) {
            running.remove(task);
            if (member.world.chance.coin()) {
                unheard(task);
            }
            answered(task, null, new InterruptedException());
        }
    }

    /// The process is gone; its requests may still be on their way.
    void crash() {
        for (Task<T, O> task : running) {
            if (member.world.chance.coin()) {
                member.world.orphan(() -> unheard(task));
            }
        }
        running.clear();
        queued.clear();
    }

    /// The request is made, and nobody hears what came of it.
    private void unheard(Task<T, O> task) {
        try {
            performer.perform(task.subject.name, task.work);
        } catch (RuntimeException | InterruptedException lost) {
            member.world.trace.say(member.name, "would have failed: " + lost);
        }
    }
}
