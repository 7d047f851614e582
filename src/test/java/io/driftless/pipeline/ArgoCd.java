package io.driftless.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The real `argocd` command line, which knows nothing of Driftless. `src/test/argocd/build` makes it.
final class ArgoCd {
    private static final long LIMIT_SECONDS = 120;
    private final Path home;
    private final List<String> flags;

    /// What a command did.
    record Result(int code, String out, String err) {
        /// Rows of a table without its head, each as words.
        List<List<String>> rows() {
            return out.lines()
                    .skip(1)
                    .map(line -> List.of(line.strip().split("\\s+")))
                    .toList();
        }
    }

    /// @param home where it keeps its logins
    /// @param flags given to every command
    ArgoCd(Path home, String... flags) {
        this.home = home;
        this.flags = List.of(flags);
    }

    ArgoCd with(String... more) {
        return new ArgoCd(
                home, Stream.concat(flags.stream(), Arrays.stream(more)).toArray(String[]::new));
    }

    /// For [org.junit.jupiter.api.condition.EnabledIf].
    static boolean present() {
        return Files.isExecutable(program());
    }

    private static Path program() {
        String named = System.getenv("DRIFTLESS_ARGOCD");
        if (named != null) {
            return Path.of(named);
        }
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base = cache == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        Path folder = base.resolve("driftless");
        try (Stream<Path> versions = Files.list(folder)) {
            return versions.filter(version -> version.getFileName().toString().startsWith("argocd-"))
                    .map(version -> version.resolve("argocd"))
                    .filter(Files::isExecutable)
                    .max(Path::compareTo)
                    .orElse(folder.resolve("argocd"));
        } catch (IOException none) {
            return folder.resolve("argocd");
        }
    }

    static String host(URI server) {
        return server.getHost() + ':' + server.getPort();
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program().toString()));
        command.addAll(List.of(arguments));
        command.addAll(flags);
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("ARGOCD_"));
        environment.put("HOME", home.toString());
        environment.remove("XDG_CONFIG_HOME");
        Path out = Files.createTempFile(home, "out", "");
        Path err = Files.createTempFile(home, "err", "");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("argocd " + String.join(" ", arguments) + " did not end; it said "
                    + Files.readString(out) + Files.readString(err));
        }
        return new Result(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }
}
