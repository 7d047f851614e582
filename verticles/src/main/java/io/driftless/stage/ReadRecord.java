package io.driftless.stage;

import io.driftless.events.Envelope;
import io.driftless.events.Topic;
import org.jspecify.annotations.Nullable;

/// A record with its place.
///
/// @param offset in its partition; `offset + 1` is where to go on after it
/// @param timestampMillis when the broker's clients say it was written, milliseconds since 1970
/// @param bytes size of its data
/// @param envelope null for a tombstone
public record ReadRecord(
        Topic topic,
        int partition,
        long offset,
        String key,
        long timestampMillis,
        int bytes,
        @Nullable Envelope envelope) {
    public Fact fact() {
        return new Fact(topic, key, envelope);
    }
}
