package io.driftless.stage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Runs tasks on virtual threads, so many at once; subjects take turns. Used by the thread of the stage.
final class Tasks<T, O> {
    private final StageDefinition<T, O> definition;
    private final Performer<T, O> performer;
    private final Inbox<T, O> inbox;
    private final StageMetrics metrics;
    private final Map<SubjectState<T, O>, Deque<Task<T, O>>> queues = new LinkedHashMap<>();
    private final List<Task<T, O>> running = new ArrayList<>();
    private boolean suspended;

    Tasks(StageDefinition<T, O> definition, Performer<T, O> performer, Inbox<T, O> inbox, StageMetrics metrics) {
        this.definition = definition;
        this.performer = performer;
        this.inbox = inbox;
        this.metrics = metrics;
    }

    void queue(Task<T, O> task) {
        queues.computeIfAbsent(task.subject, subject -> new ArrayDeque<>()).add(task);
    }

    /// Starts what there is room for.
    void start() {
        while (!suspended && running.size() < definition.concurrency() && !queues.isEmpty()) {
            var turn = queues.entrySet().iterator().next();
            SubjectState<T, O> subject = turn.getKey();
            Deque<Task<T, O>> queue = turn.getValue();
            queues.remove(subject);
            Task<T, O> task = queue.remove();
            if (!queue.isEmpty()) {
                queues.put(subject, queue);
            }
            if (!subject.slice.dropped) {
                run(task);
            }
        }
    }

    private void run(Task<T, O> task) {
        task.attempt++;
        running.add(task);
        metrics.tasks.incrementAndGet();
        metrics.runningTasks.set(running.size());
        task.thread = Thread.ofVirtual()
                .name("driftless-" + definition.name() + "-task")
                .start(() -> inbox.add(perform(task)));
    }

    private Mail<T, O> perform(Task<T, O> task) {
        try {
            return new Mail.Done<>(task, performer.perform(task.subject.name, task.work));
        } catch (Throwable e) {
            return new Mail.Failed<>(task, e);
        }
    }

    /// A task came back, one way or the other.
    void ended(Task<T, O> task) {
        running.remove(task);
        task.thread = null;
        metrics.runningTasks.set(running.size());
    }

    /// Starts nothing until [#resume].
    void suspend() {
        suspended = true;
    }

    void resume() {
        suspended = false;
    }

    boolean suspended() {
        return suspended;
    }

    boolean anyRunning() {
        return !running.isEmpty();
    }

    void interrupt() {
        for (Task<T, O> task : running) {
            Thread thread = task.thread;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    /// Forgets what has not started.
    void drop(Predicate<SubjectState<T, O>> subjects) {
        queues.keySet().removeIf(subjects);
    }
}
