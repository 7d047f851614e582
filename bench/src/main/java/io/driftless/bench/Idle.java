package io.driftless.bench;

import io.driftless.bench.Figure.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A minute in which nothing happens. The "times" of this figure are milliseconds of CPU per
/// second, the floor is a twentieth of a core, so a ratio below 1 keeps the promise.
final class Idle {
    private static final Duration QUIET = Duration.ofSeconds(60);
    private static final Duration CALM = Duration.ofSeconds(15);
    private static final double FLOOR = 50;

    private Idle() {}

    static Figure measure(String name, int apps, OwnStand stand, Progress progress)
            throws IOException, InterruptedException, TimeoutException {
        stand.startServer();
        try (Fleet fleet = Fleet.deploy(stand, apps, progress)) {
            pass(CALM);
            Usage before = stand.usage();
            progress.say(name + ": " + QUIET.toSeconds() + " s of silence with " + fleet.apps() + " applications");
            pass(QUIET);
            Usage used = Benchmark.difference(before, stand.usage());
            double cpu = used.cpuSeconds() == null ? 0 : used.cpuSeconds() * 1000 / QUIET.toSeconds();
            return Figure.of(name, List.of(cpu), FLOOR, used);
        }
    }

    /// Lets time pass: it is the subject here.
    private static void pass(Duration time) throws InterruptedException {
        boolean never = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        if (never) {
            throw new IllegalStateException("nobody opens this latch");
        }
    }
}
