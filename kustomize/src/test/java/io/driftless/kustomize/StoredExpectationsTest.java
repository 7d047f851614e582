package io.driftless.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// 500 generated cases whose results were compared with the reference once and are stored as digests.
class StoredExpectationsTest {
    static final long SEED = 581;
    static final int COUNT = 500;

    @Test
    void generatedCasesStillGiveWhatTheReferenceGave() throws IOException {
        List<String> expected = Files.readAllLines(Path.of("src", "test", "resources", "generated-500.txt"));
        CaseMutator mutator = new CaseMutator(Case.golden(), SEED);
        List<String> actual = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            actual.add(i + " " + Outcome.digest(mutator.next()));
        }
        assertThat(actual).as("cases of seed %d, by number", SEED).isEqualTo(expected);
    }
}
