package io.driftless.simulation;

import java.util.List;
import java.util.SplittableRandom;

/// Every choice of a run. The same seed makes the same choices.
final class Chance {
    private final SplittableRandom random;

    Chance(long seed) {
        // Neighbouring seeds must not make similar runs.
        random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 0x632BE59BD9B4E019L);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    boolean coin() {
        return random.nextBoolean();
    }

    <V> V pick(List<V> items) {
        return items.get(random.nextInt(items.size()));
    }
}
