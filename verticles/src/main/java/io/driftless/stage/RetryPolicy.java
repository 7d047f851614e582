package io.driftless.stage;

import java.time.Duration;

/// How often a task that throws is tried again, and how long is waited before.
///
/// @param attempts how often in all
/// @param first wait before the second attempt; doubled each time
/// @param cap longest wait
public record RetryPolicy(int attempts, Duration first, Duration cap) {
    public RetryPolicy {
        if (attempts < 1 || first.isNegative() || cap.compareTo(first) < 0) {
            throw new IllegalArgumentException("retries need at least one attempt and a cap not below the first wait");
        }
    }

    public static RetryPolicy defaults() {
        return new RetryPolicy(8, Duration.ofMillis(200), Duration.ofSeconds(10));
    }

    boolean allows(int attempt) {
        return attempt < attempts;
    }

    /// The wait after the given attempt, counted from 1.
    Duration after(int attempt) {
        long millis = first.toMillis() << Math.min(attempt - 1, 20);
        return Duration.ofMillis(Math.min(millis, cap.toMillis()));
    }
}
