package io.driftless.simulation;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/// What happened, in words, the latest lines of it. Off while nothing is wrong: a run that fails is run once more with
/// the trace on.
final class Trace {
    static final int ALL = Integer.MAX_VALUE;
    private final int most;
    private final Deque<String> lines = new ArrayDeque<>();
    private Instant now = Instant.EPOCH;

    /// @param most how many lines are kept; 0 switches the trace off
    Trace(int most) {
        this.most = most;
    }

    boolean on() {
        return most > 0;
    }

    void at(Instant instant) {
        now = instant;
    }

    void say(String who, Object what) {
        if (most > 0) {
            lines.add(now.toString().substring(11) + "  " + who + ": " + what);
            if (lines.size() > most) {
                lines.removeFirst();
            }
        }
    }

    String text() {
        return String.join("\n", lines);
    }
}
