package io.driftless.stage;

import java.util.concurrent.TimeUnit;

/// When a reader that a [Relay] feeds goes to Kafka's poll, which brings what went past the relay and keeps the
/// membership of the group alive.
///
/// A poll that does not wait only asks; what the broker answers is there at the next. So visits come in pairs: one that
/// asks, and soon after one that hears. Between them nothing of this reader waits at the broker, which else would look
/// through all its partitions whenever something is written to one of them. As long as they find nothing, pairs come
/// less and less often.
final class Visits {
    /// The broker holds back an answer without records for this long.
    static final int LONGEST_ANSWER_MILLIS = 20;

    private static final long SOONEST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LATEST_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long HEARING_NANOS = TimeUnit.MILLISECONDS.toNanos(2 * LONGEST_ANSWER_MILLIS);
    private long last = System.nanoTime() - SOONEST_NANOS;
    private long asking = SOONEST_NANOS;
    private boolean asked;

    /// Nanoseconds until the next visit; zero or less if it is due.
    long untilDue() {
        return last + (asked ? HEARING_NANOS : asking) - System.nanoTime();
    }

    /// @param found whether there were records: then there may be more, and the next visit is due at once
    void visited(boolean found) {
        long now = System.nanoTime();
        if (found) {
            asking = SOONEST_NANOS;
        } else if (asked) {
            asking = Math.min(2 * asking, LATEST_NANOS);
        }
        asked = !asked;
        last = found ? now - SOONEST_NANOS : now;
    }
}
