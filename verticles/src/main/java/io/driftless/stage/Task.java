package io.driftless.stage;

import org.jspecify.annotations.Nullable;

/// A task of a subject, over all its attempts. Used by the thread of the stage.
final class Task<T, O> {
    final SubjectState<T, O> subject;
    final T work;
    int attempt;

    @Nullable
    Thread thread;

    Task(SubjectState<T, O> subject, T work) {
        this.subject = subject;
        this.work = work;
    }
}
