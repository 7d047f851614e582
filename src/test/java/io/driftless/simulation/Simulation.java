package io.driftless.simulation;

import org.jspecify.annotations.Nullable;

/// Runs seeds. A seed that breaks a promise is run once more with a trace, which is printed with it.
final class Simulation {
    private Simulation() {}

    /// Runs one seed; null where all promises hold.
    static @Nullable Violation run(long seed, Mutation broken) {
        try {
            Run.of(seed, broken, new Trace(0));
            return null;
        } catch (Violation violation) {
            return violation;
        } catch (RuntimeException | AssertionError e) {
            return new Violation("A run ends", "it threw " + e, e);
        }
    }

    /// What happened in a run, and how it ended.
    static String trace(long seed, Mutation broken, int lines) {
        Trace trace = new Trace(lines);
        String end = "all promises hold";
        try {
            Run.of(seed, broken, trace);
        } catch (RuntimeException | AssertionError e) {
            end = String.valueOf(e.getMessage());
        }
        return trace.text() + "\n" + end;
    }
}
