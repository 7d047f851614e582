package io.driftless.stage;

/// Carries out the tasks of a stage, each on a virtual thread of its own.
public interface Performer<T, O> {
    /// Performs one task and says what came of it. An expected failure is an outcome; an exception is a bug
    /// or lost infrastructure: the runtime retries it with back-off a bounded number of times, then parks it
    /// with its reason on the dead-letter topic.
    O perform(String subject, T task) throws InterruptedException;
}
