package io.driftless.stage;

import java.util.Optional;

/// Carries out the tasks of a stage, each on a virtual thread of its own.
public interface Performer<T, O> {
    /// Performs one task and says what came of it. An expected failure is an outcome; an exception is a bug
    /// or lost infrastructure: the runtime retries it with back-off a bounded number of times, then parks it
    /// with its reason on the dead-letter topic.
    O perform(String subject, T task) throws InterruptedException;

    /// The outcome of a task that threw at every attempt, so that its logic can go on; by default there is none
    /// and the logic believes the task to be running. Called on the thread of the stage: must not block.
    default Optional<O> givenUp(String subject, T task, Throwable reason) {
        return Optional.empty();
    }
}
