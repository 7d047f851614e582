package io.driftless.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Another program that shows differences.
final class ExternalDiff {
    private ExternalDiff() {}

    /// What it prints about two files with these texts; fails with exit code 20 when it cannot be run.
    static String of(String program, String name, String live, String target) {
        try {
            Path folder = Files.createTempDirectory("driftless-diff");
            Path before = folder.resolve(name.replace('/', '_') + "-live.yaml");
            Path after = folder.resolve(name.replace('/', '_') + ".yaml");
            try {
                Files.writeString(before, live);
                Files.writeString(after, target);
                return run(program, before, after);
            } finally {
                Files.deleteIfExists(before);
                Files.deleteIfExists(after);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.API, "KUBECTL_EXTERNAL_DIFF: " + program + " cannot be run: " + e.getMessage());
        }
    }

    private static String run(String program, Path before, Path after) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.strip().split("\\s+")));
        command.add(before.toString());
        command.add(after.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }
}
