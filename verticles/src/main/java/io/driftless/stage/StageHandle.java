package io.driftless.stage;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/// A running stage, seen from its edge.
public interface StageHandle<O> extends AutoCloseable {
    /// Gives news to the logic of a subject this instance owns; dropped when it owns it no longer.
    void deliver(String subject, O news);

    /// The subjects known on the partitions this instance owns and has rebuilt.
    Set<String> subjects();

    /// Called, on a thread of its own, with the subjects of a partition (perhaps none) when that has been rebuilt
    /// from the tables, so that an edge can compare with the outside world what it may have missed.
    void onRebuilt(Consumer<Set<String>> listener);

    /// True when this instance owns the partition of the subject and has rebuilt it, whether it knows the subject or
    /// not.
    boolean owns(String subject);

    /// Called, on a thread of its own, whenever partitions have been rebuilt or were taken away: ask [#owns] then.
    void onOwnershipChange(Runnable listener);

    StageHealth health();

    StageMetrics metrics();

    /// Waits until the group is joined and all assigned partitions have been rebuilt; fails with [KafkaFailure]
    /// after the limit.
    void awaitReady(Duration limit) throws InterruptedException;

    /// Stops taking in records, lets running tasks finish for a bounded time, commits and leaves the group.
    @Override
    void close();
}
