package io.driftless.kustomize;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The reference itself, where the machine has it: on the path, or named by the system property
/// `driftless.kustomize`.
final class ReferenceBinary {
    private final Path binary;

    private ReferenceBinary(Path binary) {
        this.binary = binary;
    }

    static @Nullable ReferenceBinary find() throws IOException, InterruptedException {
        String given = System.getProperty("driftless.kustomize");
        List<String> folders = given == null ? List.of(System.getenv("PATH").split(":")) : List.of();
        Path found = given == null ? null : Path.of(given);
        for (String folder : folders) {
            Path candidate = Path.of(folder, "kustomize");
            if (found == null && Files.isExecutable(candidate)) {
                found = candidate;
            }
        }
        if (found == null) {
            return null;
        }
        ReferenceBinary binary = new ReferenceBinary(found);
        String version = binary.run(Path.of("."), "version");
        return version.contains("v5.8.1") ? binary : null;
    }

    /// What it prints for a directory, or null when it fails.
    @Nullable
    String build(Path directory) throws IOException, InterruptedException {
        try {
            return run(directory, "build");
        } catch (KustomizeException failed) {
            return null;
        }
    }

    private String run(Path directory, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(binary.toString(), command)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new KustomizeException("the reference failed");
        }
        return output;
    }
}
