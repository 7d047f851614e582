package io.driftless.stage;

import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A subject on a partition that this instance owns: its logic, and what is under way for it.
/// Used by the thread of the stage, except where a field says otherwise.
final class SubjectState<T, O> {
    final Slice<T, O> slice;
    final String name;
    final Logic<T, O> logic;
    /// Publications the broker has not acknowledged; counted down by the producer.
    final AtomicInteger unacknowledged = new AtomicInteger();
    /// Tasks that wait until everything said before them is acknowledged; looked at by the producer.
    final Queue<T> waiting = new ConcurrentLinkedQueue<>();
    /// Tasks queued, running or to be tried again.
    int tasks;

    @Nullable
    Instant wakeAt;

    SubjectState(Slice<T, O> slice, String name, Logic<T, O> logic) {
        this.slice = slice;
        this.name = name;
        this.logic = logic;
    }

    boolean idle() {
        return tasks == 0 && wakeAt == null && waiting.isEmpty() && unacknowledged.get() == 0;
    }
}
