package io.driftless.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
    void everyPromiseHoldsWhateverHappens() {
        Long seed = Long.getLong("simulation.seed");
        if (seed != null) {
            System.out.println(Simulation.trace(seed, Mutation.NONE, Trace.ALL));
            assertThat(Simulation.run(seed, Mutation.NONE)).isNull();
            return;
        }
        long first = Long.getLong("simulation.first", 1);
        long runs = Long.getLong("simulation.runs", RUNS);
        List<String> failures = new ArrayList<>();
        long start = System.nanoTime();
        for (long next = first; next < first + runs && failures.size() < MOST_FAILURES; next++) {
            Violation violation = Simulation.run(next, Mutation.NONE);
            if (violation != null) {
                failures.add(report(next));
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("simulation: %d runs from seed %d in %.1f s%n", runs, first, seconds);
        assertThat(failures).isEmpty();
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
