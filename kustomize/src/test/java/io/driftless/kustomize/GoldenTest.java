package io.driftless.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The project's own cases: what is printed equals what the reference prints, byte by byte.
class GoldenTest {
    @TestFactory
    Stream<DynamicTest> printsWhatTheReferencePrints() throws IOException {
        return Case.golden().stream()
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> {
                    Path folder = Case.goldenFolder().resolve(one.name());
                    String expected = Files.readString(folder.resolve("expected.yaml"));
                    assertThat(Kustomize.build(one.tree(), one.directory()).yaml())
                            .isEqualTo(expected);
                }));
    }
}
