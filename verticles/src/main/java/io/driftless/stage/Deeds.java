package io.driftless.stage;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tasks that decisions ask for: they begin when everything said before them is acknowledged, are tried again when
/// they fail, and their outcomes go to the logic. Used by the thread of the stage.
final class Deeds<T, O> {
    private static final Logger LOG = LoggerFactory.getLogger(Deeds.class);

    private final StageDefinition<T, O> definition;
    private final Performer<T, O> performer;
    private final InstantSource clock;
    private final RetryPolicy retries;
    private final StageMetrics metrics;
    private final Outbox<T, O> outbox;
    private final Tasks<T, O> tasks;
    private final Timers timers;
    private final Set<SubjectState<T, O>> touched;

    /// @param touched gets the subjects for which something ended
    Deeds(
            StageDefinition<T, O> definition,
            Performer<T, O> performer,
            StageRuntime.Parts parts,
            Outbox<T, O> outbox,
            Tasks<T, O> tasks,
            Timers timers,
            Set<SubjectState<T, O>> touched) {
        this.definition = definition;
        this.performer = performer;
        this.clock = parts.clock();
        this.retries = parts.retries();
        this.metrics = parts.metrics();
        this.outbox = outbox;
        this.tasks = tasks;
        this.timers = timers;
        this.touched = touched;
    }

    void begin(SubjectState<T, O> subject, List<T> work) {
        subject.tasks += work.size();
        subject.waiting.addAll(work);
        release(subject);
    }

    /// Queues what waits, once everything said before is acknowledged.
    void release(SubjectState<T, O> subject) {
        if (subject.unacknowledged.get() > 0) {
            return;
        }
        for (T work = subject.waiting.poll(); work != null; work = subject.waiting.poll()) {
            tasks.queue(new Task<>(subject, work));
        }
    }

    void done(Task<T, O> task, O outcome) {
        tasks.ended(task);
        task.subject.tasks--;
        if (!task.subject.slice.dropped) {
            finished(task.subject, outcome);
        }
    }

    /// Something came to its end that the logic wants to know of.
    void finished(SubjectState<T, O> subject, O outcome) {
        touched.add(subject);
        try {
            subject.logic.finished(outcome);
        } catch (RuntimeException e) {
            outbox.unhandled(subject.name, definition.home(), outcome.getClass().getSimpleName(), e);
        }
    }

    /// Tries it again, or gives it up.
    void failed(Task<T, O> task, Throwable reason) {
        tasks.ended(task);
        if (task.subject.slice.dropped) {
            return;
        }
        if (tasks.suspended() && reason instanceof InterruptedException) {
            // Interrupted for a rebalance, which may leave the partition here.
            task.attempt--;
            tasks.queue(task);
        } else if (retries.allows(task.attempt)) {
            LOG.warn(
                    "{}: task of {} failed, attempt {}: {}",
                    definition.name(),
                    task.subject.name,
                    task.attempt,
                    DeadLetters.text(reason));
            metrics.taskRetries.incrementAndGet();
            timers.at(clock.instant().plus(retries.after(task.attempt)), () -> tasks.queue(task));
        } else {
            task.subject.tasks--;
            outbox.unhandled(
                    task.subject.name, definition.home(), task.work.getClass().getSimpleName(), reason);
            performer
                    .givenUp(task.subject.name, task.work, reason)
                    .ifPresent(outcome -> finished(task.subject, outcome));
        }
    }
}
