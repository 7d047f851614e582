package io.driftless.stage;

import io.driftless.events.Event;
import io.driftless.events.Topic;
import org.jspecify.annotations.Nullable;

/// Something a stage has to say. The runtime adds id, time and source when it says it.
///
/// @param topic where it is said
/// @param key the record key
/// @param event what is said; null for a tombstone
/// @param chain id that joins it with what caused it; empty starts a new chain
public record Publication(Topic topic, String key, @Nullable Event event, String chain) {
    public static Publication of(Event event, String chain) {
        return new Publication(Topic.of(event), event.key(), event, chain);
    }

    public static Publication tombstone(Topic topic, String key, String chain) {
        return new Publication(topic, key, null, chain);
    }
}
