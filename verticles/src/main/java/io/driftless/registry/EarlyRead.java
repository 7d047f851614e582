package io.driftless.registry;

import io.driftless.registry.StatusTask.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A read that shows a spec whose declaration is still on its way. What is known then is about the
/// spec before, and clients believe a `reconciledAt` that moves after their change; so nothing is
/// decided on it before the declaration is there.
final class EarlyRead {
    /// A declaration that stays away is not waited for any longer.
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private Outcome.@Nullable WasRead held;
    private @Nullable Instant until;

    void hold(Outcome.WasRead read) {
        held = read;
        until = null;
    }

    /// A declaration has come. If it is another one than was read, the read may be the older of the two.
    void declared(Findings findings) {
        if (held != null && findings.contradict(held.spec())) {
            held = null;
        }
    }

    boolean waits(Findings findings, Instant now) {
        if (held == null || !findings.contradict(held.spec())) {
            return false;
        }
        until = until == null ? now.plus(PATIENCE) : until;
        return now.isBefore(until);
    }

    @Nullable
    Instant until() {
        return until;
    }

    /// What was read, once.
    Outcome.@Nullable WasRead take() {
        Outcome.WasRead read = held;
        held = null;
        return read;
    }
}
