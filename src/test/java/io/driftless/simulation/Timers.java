package io.driftless.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an instance does later.
final class Timers {
    private final List<Timer> timers = new ArrayList<>();

    private record Timer(Instant at, Runnable action) {}

    void at(Instant time, Runnable action) {
        timers.add(new Timer(time, action));
    }

    /// Does what is due. False when nothing was.
    boolean run(Instant now) {
        List<Timer> due =
                timers.stream().filter(timer -> !timer.at().isAfter(now)).toList();
        timers.removeAll(due);
        due.forEach(timer -> timer.action().run());
        return !due.isEmpty();
    }

    @Nullable
    Instant next() {
        return timers.stream().map(Timer::at).min(Instant::compareTo).orElse(null);
    }
}
