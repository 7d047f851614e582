package io.driftless.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The kustomize binary of this machine: named by `DRIFTLESS_KUSTOMIZE`, on the `PATH`, or among the project's tools.
record KustomizeBinary(Path path) {
    private static final long LIMIT_SECONDS = 600;

    /// Null where there is none of the version that is to be compared with.
    static @Nullable KustomizeBinary find(String version, Map<String, String> environment, Progress progress)
            throws IOException, InterruptedException {
        for (Path candidate : candidates(environment)) {
            if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                String found = Commands.run(Path.of("."), candidate.toString(), "version")
                        .strip();
                if (found.equals(version)) {
                    return new KustomizeBinary(candidate);
                }
                progress.say(candidate + " is " + found + ", not " + version + ": not compared with");
            }
        }
        return null;
    }

    static List<Path> candidates(Map<String, String> environment) {
        List<Path> candidates = new ArrayList<>();
        String named = environment.get("DRIFTLESS_KUSTOMIZE");
        if (named != null && !named.isBlank()) {
            candidates.add(Path.of(named));
        }
        for (String folder : environment.getOrDefault("PATH", "").split(":")) {
            if (!folder.isEmpty()) {
                candidates.add(Path.of(folder, "kustomize"));
            }
        }
        Path tools = Path.of(environment.getOrDefault("HOME", "/nonexistent"), ".cache", "driftless", "tools");
        candidates.add(tools.resolve("kustomize"));
        candidates.add(tools.resolve("bin").resolve("kustomize"));
        return candidates;
    }

    /// CPU, user and system, of building all directories of a tree, the mean of some runs.
    double cpuMillis(KustomizeTrees.Tree tree, int runs) throws IOException, InterruptedException {
        String script = "i=0; while [ $i -lt " + runs
                + " ]; do for d in \"$@\"; do \"$KUSTOMIZE\" build \"$d\" >/dev/null || exit 1; done; i=$((i+1)); done; times";
        List<String> command = new ArrayList<>(List.of(shell(), "-c", script, "bench"));
        command.addAll(tree.directories());
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(tree.root().toFile());
        builder.environment().put("KUSTOMIZE", path.toString());
        // Its warnings are no subject here.
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(path + " build failed in " + tree.root());
        }
        return childMillis(output) / runs;
    }

    /// The second line of the shell's `times` is about its children.
    static double childMillis(String times) {
        String[] children = times.strip().split("\n")[1].trim().split("\\s+");
        return (seconds(children[0]) + seconds(children[1])) * 1000;
    }

    private static double seconds(String time) {
        String[] parts = time.replace("s", "").replace(',', '.').split("m");
        return Double.parseDouble(parts[0]) * 60 + Double.parseDouble(parts[1]);
    }

    /// One whose `times` has milliseconds where there is one.
    private static String shell() {
        return Files.isExecutable(Path.of("/bin/bash")) ? "/bin/bash" : "/bin/sh";
    }
}
