package io.driftless.stage;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What follows from what a stage knows about one subject.
///
/// The runtime publishes everything first and waits until the broker has acknowledged it; only then
/// are the tasks started. A stage that records its intent therefore finds it again after a crash,
/// before the effect happens twice.
///
/// @param publications what to say, in this order
/// @param tasks effects to perform outside; their outcome comes back through [Logic#finished]
/// @param wakeAt when to decide again even if nothing happens; null for never
public record Decision<T>(
        List<Publication> publications,
        List<T> tasks,
        @Nullable Instant wakeAt) {
    public Decision {
        publications = List.copyOf(publications);
        tasks = List.copyOf(tasks);
    }

    public static <T> Decision<T> nothing() {
        return new Decision<>(List.of(), List.of(), null);
    }

    public static <T> Decision<T> publish(List<Publication> publications) {
        return new Decision<>(publications, List.of(), null);
    }
}
