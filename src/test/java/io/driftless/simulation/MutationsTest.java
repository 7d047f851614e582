package io.driftless.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// The simulation can fail: each rule, broken on purpose, breaks a promise within a few thousand seeds.
@ExtendWith(Quiet.class)
class MutationsTest {
    private static final int SEEDS = 4_000;

    @ParameterizedTest
    @EnumSource(value = Mutation.class, mode = Mode.EXCLUDE, names = "NONE")
    void aBrokenRuleIsNoticed(Mutation broken) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Violation violation = Simulation.run(seed, broken);
            if (violation != null) {
                System.out.println(broken + ": seed " + seed + ": " + violation.getMessage());
                return;
            }
        }
        assertThat(broken).as("noticed within %d seeds", SEEDS).isEqualTo(Mutation.NONE);
    }
}
