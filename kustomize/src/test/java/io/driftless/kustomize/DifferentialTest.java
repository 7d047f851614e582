package io.driftless.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Compares generated cases with the reference binary: `-Pnightly`, or `-Ddriftless.differential=COUNT`.
@Tag("nightly")
class DifferentialTest {
    /// Of 1,000 cases so many may differ: deviations that are listed in the module's README.
    private static final int TOLERATED_PER_THOUSAND = 5;

    @Test
    void generatedCasesGiveWhatTheReferenceGives(@TempDir Path folder) throws IOException, InterruptedException {
        int count = Integer.getInteger("driftless.differential", 0);
        Assumptions.assumeTrue(count > 0, "driftless.differential is not set");
        ReferenceBinary reference = ReferenceBinary.find();
        Assumptions.assumeTrue(reference != null, "no kustomize 5.8.1 binary on this machine");
        long seed = Long.getLong("driftless.seed", System.nanoTime());
        System.out.println("seed " + seed);
        CaseMutator mutator = new CaseMutator(DifferentialMain.bases(), seed);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Case one = mutator.next();
            Path input = folder.resolve(String.valueOf(i));
            one.write(input);
            String expected = reference.build(input.resolve(one.directory()));
            String ours = Outcome.digest(one);
            if (!ours.equals(expected == null ? "fails" : Outcome.digest(expected))) {
                differences.add(i + ": " + one.name());
            }
        }
        assertThat(differences)
                .as("of %d cases of seed %d", count, seed)
                .hasSizeLessThanOrEqualTo(1 + count * TOLERATED_PER_THOUSAND / 1000);
    }
}
