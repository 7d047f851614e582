package io.driftless.cli.kustomize.remote;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.RemoteBases.Repository;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The `git` client of this machine, called as kustomize calls it: one commit without its history.
final class GitClient implements Checkout {
    private static final int MOST_OUTPUT = 64 << 10;
    /// A hook of Git that starts a build sets these for its own repository.
    private static final List<String> OF_ANOTHER_REPOSITORY = List.of(
            "GIT_DIR",
            "GIT_WORK_TREE",
            "GIT_INDEX_FILE",
            "GIT_OBJECT_DIRECTORY",
            "GIT_ALTERNATE_OBJECT_DIRECTORIES",
            "GIT_COMMON_DIR",
            "GIT_NAMESPACE",
            "GIT_PREFIX");

    private final Path program;

    private GitClient(Path program) {
        this.program = program;
    }

    static Optional<GitClient> find(String path) {
        for (String folder : path.split(File.pathSeparator, -1)) {
            try {
                Path program = Path.of(folder, "git");
                if (program.isAbsolute() && Files.isRegularFile(program) && Files.isExecutable(program)) {
                    return Optional.of(new GitClient(program));
                }
            } catch (InvalidPathException strange) {
                // Not a folder of this machine: there is no program in it.
            }
        }
        return Optional.empty();
    }

    @Override
    public void fetch(Repository repository, Path folder) throws IOException {
        String ref = repository.ref().isEmpty() ? "HEAD" : repository.ref();
        Duration limit = repository.timeout();
        run(folder, limit, "init");
        // Submodules with relative addresses are looked for beside it.
        run(folder, limit, "remote", "add", "origin", repository.url());
        run(folder, limit, "fetch", "--depth=1", repository.url(), ref);
        run(folder, limit, "checkout", "FETCH_HEAD");
        if (repository.submodules()) {
            run(folder, limit, "submodule", "update", "--init", "--recursive");
        }
    }

    private void run(Path folder, Duration limit, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        String shown = String.join(" ", command);
        Path output = Files.createTempFile("driftless-git-", ".log");
        try {
            int code = code(command, folder, limit, output, shown);
            if (code != 0) {
                throw new KustomizeException(
                        "failed to run '" + shown + "': " + read(output) + ": exit status " + code);
            }
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static int code(List<String> command, Path folder, Duration limit, Path output, String shown)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeAll(OF_ANOTHER_REPOSITORY);
        Process process = builder.start();
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        throw new KustomizeException("hit " + text(limit) + " timeout running '" + shown + "'");
    }

    private static String text(Duration limit) {
        return limit.toMillisPart() == 0 ? limit.toSeconds() + "s" : limit.toMillis() + "ms";
    }

    private static String read(Path output) throws IOException {
        try (InputStream in = Files.newInputStream(output)) {
            return new String(in.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
        }
    }
}
