package io.driftless.stage;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/// What is to be done later, in the order of time.
final class Timers {
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparing(Timer::at));

    private record Timer(Instant at, Runnable action) {}

    void at(Instant time, Runnable action) {
        timers.add(new Timer(time, action));
    }

    Optional<Instant> next() {
        return Optional.ofNullable(timers.peek()).map(Timer::at);
    }

    void run(Instant now) {
        Timer next = timers.peek();
        while (next != null && !next.at().isAfter(now)) {
            timers.remove();
            next.action().run();
            next = timers.peek();
        }
    }
}
