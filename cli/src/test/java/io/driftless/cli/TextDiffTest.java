package io.driftless.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextDiffTest {
    @TempDir
    Path folder;

    @Test
    void linesThatCameWentAndChangedAreNumberedAsInDiff() {
        assertThat(TextDiff.of("", "a\nb\n")).isEqualTo("0a1,2\n> a\n> b\n");
        assertThat(TextDiff.of("a\nb\nc\n", "a\nc\n")).isEqualTo("2d1\n< b\n");
        assertThat(TextDiff.of("a\nb\nc\n", "a\nx\ny\nc\n")).isEqualTo("2c2,3\n< b\n---\n> x\n> y\n");
        assertThat(TextDiff.of("a\n", "a\n")).isEmpty();
    }

    /// What it says leads from one text to the other.
    @Test
    void theProgramPatchMakesTheOneTextOfTheOther() throws Exception {
        Path patch = Path.of("/usr/bin/patch");
        assumeTrue(Files.isExecutable(patch), "SKIPPED: there is no /usr/bin/patch");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int turn = 0; turn < 10; turn++) {
            String before = text(random);
            String after = text(random);
            String diff = TextDiff.of(before, after);
            Path file = Files.writeString(folder.resolve("file"), before);
            if (!diff.isEmpty()) {
                Process process = new ProcessBuilder(patch.toString(), "--normal", "-s", file.toString())
                        .redirectErrorStream(true)
                        .start();
                process.getOutputStream().write(diff.getBytes(UTF_8));
                process.getOutputStream().close();
                assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
                        .as("seed " + seed)
                        .isEmpty();
            }
            assertThat(Files.exists(file) ? Files.readString(file) : "")
                    .as("seed " + seed + "\n" + diff)
                    .isEqualTo(after);
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int line = random.nextInt(12); line > 0; line--) {
            text.append((char) ('a' + random.nextInt(5))).append('\n');
        }
        return text.toString();
    }

    @Test
    void anotherProgramShowsTheDifferencesWhereOneIsNamed() {
        assumeTrue(Files.isExecutable(Path.of("/bin/cat")), "SKIPPED: there is no /bin/cat");
        assertThat(ExternalDiff.of("/bin/cat -e", "web", "a\n", "b\n")).isEqualTo("a$\nb$\n");
        StringWriter out = new StringWriter();
        assertThat(new DiffPrinter(new PrintWriter(out), "/nowhere/diff").print(java.util.List.of()))
                .isFalse();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> ExternalDiff.of("/nowhere/diff", "web", "", ""))
                .hasMessageContaining("KUBECTL_EXTERNAL_DIFF: /nowhere/diff");
    }

    @ParameterizedTest
    @CsvSource({"0,0s,0s", "65,1m5s,65s", "130,2m10s,2m10s", "300,5m0s,5m", "3725,1h2m5s,62m", "200000,55h33m20s,2d"})
    void spansOfTimeAreReadable(long seconds, String exact, String rough) {
        assertThat(Ages.exact(Duration.ofSeconds(seconds))).isEqualTo(exact);
        assertThat(Ages.rough(Duration.ofSeconds(seconds))).isEqualTo(rough);
    }
}
