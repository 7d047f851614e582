package io.driftless.stage;

import io.driftless.events.Envelope;
import io.driftless.events.Topic;
import org.jspecify.annotations.Nullable;

/// A record that a stage takes in: an event, or the tombstone of a key.
///
/// @param topic where it was said
/// @param key the record key
/// @param envelope the event with its context; null for a tombstone
public record Fact(Topic topic, String key, @Nullable Envelope envelope) {}
