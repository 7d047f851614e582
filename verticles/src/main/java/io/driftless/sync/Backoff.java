package io.driftless.sync;

import io.driftless.events.ApplicationSpec.Retry;
import java.time.Duration;

/// How long to wait, in one place.
final class Backoff {
    /// Retry of automated syncs whose Application says nothing (Argo CD: limit 5, 5 s, factor 2, at most 3 min).
    static final Retry DEFAULT_RETRY = new Retry(5, 5_000, 2, 180_000);

    /// No retry: a manual sync that neither the request nor the Application gives one.
    static final Retry NO_RETRY = new Retry(0, 5_000, 2, 180_000);

    private static final long RETRY_SHORTEST = 1_000;
    private static final long RETRY_LONGEST = Duration.ofDays(1).toMillis();
    private static final Duration HEAL_FIRST = Duration.ofSeconds(2);
    private static final Duration HEAL_LONGEST = Duration.ofSeconds(300);
    private static final int HEAL_FACTOR = 3;

    private Backoff() {}

    /// Wait after attempt number `attempt` (0 for the first): `min(maxDuration, duration × factor^attempt)`; a
    /// maxDuration of 0 is no limit. Whatever is written: never less than a second, lest an operation
    /// without a limit of retries runs hot, and never more than a day.
    static Duration retry(Retry retry, int attempt) {
        long asked = retry.maxDurationMillis() <= 0 ? RETRY_LONGEST : retry.maxDurationMillis();
        long longest = Math.clamp(asked, RETRY_SHORTEST, RETRY_LONGEST);
        long first = Math.max(RETRY_SHORTEST, retry.durationMillis());
        return Duration.ofMillis(grow(first, Math.max(1, retry.factor()), attempt, longest));
    }

    /// Wait before the heal that follows `attempts` heals in a row that did not hold: none, then 2 s, 6 s, 18 s … up
    /// to 5 minutes.
    static Duration heal(int attempts) {
        return attempts <= 0
                ? Duration.ZERO
                : Duration.ofMillis(grow(HEAL_FIRST.toMillis(), HEAL_FACTOR, attempts - 1, HEAL_LONGEST.toMillis()));
    }

    /// Wait before a write is repeated that the server could not take just then.
    static Duration again(int tries) {
        return Duration.ofMillis(grow(200, 4, tries - 1, 3_200));
    }

    private static long grow(long first, int factor, int times, long longest) {
        long wait = first;
        // A factor of one never gets anywhere.
        for (int i = 0; i < times && wait < longest && factor > 1; i++) {
            wait = wait > longest / factor ? longest : wait * factor;
        }
        return Math.min(wait, longest);
    }
}
