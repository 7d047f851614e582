package io.driftless.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An event with its CloudEvents 1.0 context attributes.
///
/// @param id `id`: unique per source
/// @param source `source`: the stage that says it, such as `/driftless/manifest`
/// @param time `time`: when it happened, in microseconds
/// @param chain extension `chain`: one id from the push (or command) to the last write it caused
/// @param traceparent extension `traceparent` (W3C trace context), absent when nobody traces
/// @param event the payload
public record Envelope(
        String id,
        String source,
        Instant time,
        String chain,
        @Nullable String traceparent,
        Event event) {
    public Envelope {
        Check.present("id", id);
        Check.present("source", source);
        Check.given("time", time);
        Check.present("chain", chain);
        Check.given("event", event);
    }

    public String type() {
        return EventTypes.nameOf(event.getClass());
    }
}
