package io.driftless.cli;

import java.time.Duration;

/// Spans of time, as people want to read them.
final class Ages {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Ages() {}

    /// To the second, such as `1m5s`.
    static String exact(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        String text = (seconds % MINUTE) + "s";
        if (seconds >= MINUTE) {
            text = (seconds % HOUR / MINUTE) + "m" + text;
        }
        return seconds >= HOUR ? (seconds / HOUR) + "h" + text : text;
    }

    /// As far as it matters, such as `5m12s`, `3h` or `12d`.
    static String rough(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        if (seconds < 2 * MINUTE) {
            return seconds + "s";
        }
        if (seconds < 10 * MINUTE) {
            return exact(span).replaceAll("m0s$", "m");
        }
        if (seconds < 3 * HOUR) {
            return (seconds / MINUTE) + "m";
        }
        return seconds < 2 * DAY ? (seconds / HOUR) + "h" : (seconds / DAY) + "d";
    }
}
