package io.driftless.cli;

import io.driftless.localcluster.ClusterBinaries;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Finds the programs of a real cluster, and builds them where that is possible.
final class ClusterPrograms {
    private static final Path SCRIPT = Path.of("src", "test", "cluster", "build");

    private ClusterPrograms() {}

    /// All programs; `progress` hears what is built. Fails with the remedy where something is missing.
    static ClusterBinaries find(PrintWriter progress) throws IOException, InterruptedException {
        ClusterBinaries binaries = ClusterBinaries.of(System.getenv());
        if (binaries.missing().isEmpty()) {
            return binaries;
        }
        Optional<Path> script = script();
        if (script.isPresent() && System.getenv("KUBEBUILDER_ASSETS") == null) {
            progress.println("Building " + String.join(", ", binaries.missing())
                    + ", once; this takes some minutes the first time ...");
            progress.flush();
            build(script.get());
        }
        if (!binaries.missing().isEmpty()) {
            throw new CommandFailure(ExitCode.FAILED, binaries.remedy());
        }
        return binaries;
    }

    private static void build(Path script) throws IOException, InterruptedException {
        Process build = new ProcessBuilder(script.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        build.getOutputStream().close();
        int code = build.waitFor();
        if (code != 0) {
            throw new CommandFailure(ExitCode.FAILED, script + " failed with exit code " + code + " (see above)");
        }
    }

    /// The script of the checkout that this runs from, or that the current directory lies in.
    private static Optional<Path> script() {
        String checkout = System.getenv("DRIFTLESS_CHECKOUT");
        if (checkout != null) {
            return Optional.of(Path.of(checkout).resolve(SCRIPT)).filter(Files::isExecutable);
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isExecutable(folder.resolve(SCRIPT))) {
                return Optional.of(folder.resolve(SCRIPT));
            }
        }
        return Optional.empty();
    }
}
