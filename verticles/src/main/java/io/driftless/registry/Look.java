package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// A look at Git that somebody may wait for: it is told by a `.status.reconciledAt` that moves,
/// also where nothing else in the status does. Clients that changed an Application wait for that before they believe
/// what the status says.
final class Look {
    private boolean open;
    /// `reconciledAt` at the time of the look; empty where there was none, null where the status was not known.
    private @Nullable String before;

    /// A render was said, for the first time or again.
    ///
    /// @param status as it stands; null while that is not known
    void taken(@Nullable JsonNode status) {
        open = true;
        before = status == null ? null : reconciled(status);
    }

    /// Whether the status has yet to tell of it.
    boolean toTell(JsonNode status) {
        if (before == null) {
            before = reconciled(status);
        }
        open = open && reconciled(status).equals(before);
        return open;
    }

    /// Whether a time in whole seconds would not tell: it is the one that is there.
    boolean tooSoon(Instant now) {
        return StatusDocument.time(now).equals(before);
    }

    static Instant nextSecond(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    }

    private static String reconciled(JsonNode status) {
        return status.path("reconciledAt").asText("");
    }
}
