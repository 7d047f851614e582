package io.driftless.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// The real kubectl, with a cache of its own, since it remembers what a port served for hours.
final class Kubectl {
    private static final long LIMIT_SECONDS = 90;
    private final Path folder;
    private final List<String> command;

    private Kubectl(Path folder, List<String> command) {
        this.folder = folder;
        this.command = command;
    }

    /// Works in the namespace of the case; files it is given lie in `folder`. Skips the case where there is none.
    static Kubectl on(Server server, Path folder) {
        Path program = RealCluster.BINARIES.path("kubectl");
        Assumptions.assumeTrue(Files.isExecutable(program), () -> "SKIPPED: kubectl: " + RealCluster.BINARIES.remedy());
        return new Kubectl(
                folder,
                List.of(
                        program.toString(),
                        "--kubeconfig=" + server.kubeconfig(),
                        "--cache-dir=" + folder.resolve("cache"),
                        "--namespace=" + server.namespace()));
    }

    record Result(int code, String out, String err) {}

    /// Writes a file to be named by `-f`.
    String file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text).toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Standard output of a call that has to succeed.
    String ok(String... arguments) {
        Result result = run(Map.of(), arguments);
        assertThat(result.code())
                .as("%s: %s%s", List.of(arguments), result.out(), result.err())
                .isZero();
        return result.out();
    }

    Result run(Map<String, String> environment, String... arguments) {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of(arguments));
        try {
            Path err = Files.createTempFile(folder, "kubectl", ".err");
            ProcessBuilder builder = new ProcessBuilder(line)
                    .directory(folder.toFile())
                    .redirectError(err.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).exceptionally(_ -> process.destroyForcibly());
            String out = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Result(process.waitFor(), out, Files.readString(err));
        } catch (IOException e) {
            throw new AssertionError(line + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
