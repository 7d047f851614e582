package io.driftless.stage;

import java.time.Duration;

/// @param partitions of each topic; the upper bound of instances of a stage. Topics that exist keep theirs.
/// @param retention how long histories are kept; tables keep the last record of each key for ever
public record TopicSettings(int partitions, Duration retention) {
    public TopicSettings {
        if (partitions < 1) {
            throw new IllegalArgumentException("a topic needs at least one partition, not " + partitions);
        }
        if (!retention.isPositive()) {
            throw new IllegalArgumentException("events must be kept for some time, not " + retention);
        }
    }

    public static TopicSettings defaults() {
        return new TopicSettings(8, Duration.ofDays(7));
    }
}
