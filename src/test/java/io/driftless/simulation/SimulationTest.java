package io.driftless.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Ten thousand small worlds, each with its own mixture of faults: in none of them is a promise broken.
///
/// `-Dsimulation.seed=N` runs one seed and prints what happened in it, `-Dsimulation.runs=N` runs more or fewer,
/// `-Dsimulation.first=N` begins elsewhere.
@ExtendWith(Quiet.class)
class SimulationTest {
    private static final int RUNS = 10_000;
    private static final int MOST_FAILURES = 3;
    private static final int LINES = 250;

    @Test
    void everyPromiseHoldsWhateverHappens() throws Exception {
        Long seed = Long.getLong("simulation.seed");
        if (seed != null) {
            System.out.println(Simulation.trace(seed, Mutation.NONE, Trace.ALL));
            assertThat(Simulation.run(seed, Mutation.NONE)).isNull();
            return;
        }
        long first = Long.getLong("simulation.first", 1);
        long runs = Long.getLong("simulation.runs", RUNS);
        long start = System.nanoTime();
        List<String> failures = failures(first, first + runs);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("simulation: %d runs from seed %d in %.1f s%n", runs, first, seconds);
        assertThat(failures).isEmpty();
    }

    /// Worlds know nothing of one another, so each processor runs some.
    private static List<String> failures(long first, long end) throws Exception {
        List<String> failures = new CopyOnWriteArrayList<>();
        AtomicLong next = new AtomicLong(first);
        int processors = Runtime.getRuntime().availableProcessors();
        try (ExecutorService threads = Executors.newFixedThreadPool(processors)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < processors; i++) {
                workers.add(threads.submit(() -> {
                    for (long seed = next.getAndIncrement();
                            seed < end && failures.size() < MOST_FAILURES;
                            seed = next.getAndIncrement()) {
                        if (Simulation.run(seed, Mutation.NONE) != null) {
                            failures.add(report(seed));
                        }
                    }
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        }
        return failures;
    }

    @Test
    void theSameSeedIsTheSameRun() {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(story(seed)).isEqualTo(story(seed));
        }
    }

    /// What happened, without how long writes took on this machine.
    private static String story(long seed) {
        return Simulation.trace(seed, Mutation.NONE, Trace.ALL).replaceAll("micros=\\d+", "");
    }

    private static String report(long seed) {
        return "seed " + seed + " (again with -Dsimulation.seed=" + seed + "):\n"
                + Simulation.trace(seed, Mutation.NONE, LINES);
    }
}
