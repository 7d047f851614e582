package io.driftless.stage;

import java.time.Duration;
import java.util.Set;

/// A running stage, seen from its edge.
public interface StageHandle<O> extends AutoCloseable {
    /// Gives news to the logic of a subject this instance owns; dropped when it owns it no longer.
    void deliver(String subject, O news);

    /// The subjects known on the partitions this instance owns and has rebuilt.
    Set<String> subjects();

    /// Called with each subject when its partition has been rebuilt from the tables, so that an edge can compare with
    /// the
    /// outside world what it may have missed.
    void onRebuilt(java.util.function.Consumer<Set<String>> listener);

    /// Waits until all assigned partitions have been rebuilt.
    void awaitReady(Duration limit) throws InterruptedException;

    /// Stops taking in records, lets running tasks finish for a bounded time, commits and leaves the group.
    @Override
    void close();
}
