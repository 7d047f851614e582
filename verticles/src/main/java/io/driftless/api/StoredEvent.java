package io.driftless.api;

import io.driftless.events.Envelope;
import io.driftless.events.RecordKey;
import io.driftless.events.Topic;
import org.jspecify.annotations.Nullable;

/// A record of a topic with its place.
///
/// @param bytes size of its data
/// @param envelope null for a tombstone
public record StoredEvent(
        Topic topic,
        int partition,
        long offset,
        String key,
        int bytes,
        @Nullable Envelope envelope) {
    /// The application, cluster or repository it is about.
    public String subject() {
        return RecordKey.subject(key);
    }
}
