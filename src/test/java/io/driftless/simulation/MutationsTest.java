package io.driftless.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// The simulation can fail: each rule, broken on purpose, breaks the promise that rests on it within some thousand
/// seeds.
@ExtendWith(Quiet.class)
class MutationsTest {
    private static final int SEEDS = 5_000;

    @ParameterizedTest
    @EnumSource(value = Mutation.class, mode = Mode.EXCLUDE, names = "NONE")
    void aBrokenRuleIsNoticed(Mutation broken) {
        String promise = promise(broken);
        for (long seed = 1; seed <= SEEDS; seed++) {
            Violation violation = Simulation.run(seed, broken);
            if (violation != null && violation.promise().equals(promise)) {
                System.out.println(broken + ": seed " + seed + ": " + violation.getMessage());
                return;
            }
        }
        assertThat(broken).as("noticed within %d seeds", SEEDS).isEqualTo(Mutation.NONE);
    }

    private static String promise(Mutation broken) {
        return switch (broken) {
            case NONE -> "";
            case COMMITS_BEFORE_ACKNOWLEDGEMENT -> new RequestsComeToOneEnd().promise();
            case ACTS_BEFORE_ACKNOWLEDGEMENT -> new WritesFollowIntents().promise();
            case WRITES_UNFENCED -> new WritesAreFenced().promise();
            case COMPARES_INCOMPLETE_RENDERS, RENDERS_PARTIAL_READS -> new PruningHasEvidence().promise();
            case TRUSTS_PUSHES_ALONE -> new TheNewestCommitIsRendered().promise();
            case FORGETS_VANISHED_OBJECTS -> new VerdictsAreTrue().promise();
            case FORGETS_OPERATIONS -> new NothingIsDoneTwice().promise();
            case FORGETS_DELIVERIES -> "A new start changes nothing";
        };
    }
}
