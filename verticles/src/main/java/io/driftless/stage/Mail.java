package io.driftless.stage;

import java.util.Set;
import java.util.function.Consumer;

/// What other threads tell the thread of a stage.
sealed interface Mail<T, O> {
    /// Everything the subject said is acknowledged: its waiting tasks may start.
    record Acknowledged<T, O>(SubjectState<T, O> subject) implements Mail<T, O> {}

    record Done<T, O>(Task<T, O> task, O outcome) implements Mail<T, O> {}

    record Failed<T, O>(Task<T, O> task, Throwable reason) implements Mail<T, O> {}

    record News<T, O>(String subject, O news) implements Mail<T, O> {}

    record Listener<T, O>(Runnable register, Consumer<Set<String>> listener) implements Mail<T, O> {}

    /// The producer gave a record up: start over from what is committed.
    record Broken<T, O>(Throwable reason) implements Mail<T, O> {}

    /// Look at the flags.
    record Nudge<T, O>() implements Mail<T, O> {}
}
