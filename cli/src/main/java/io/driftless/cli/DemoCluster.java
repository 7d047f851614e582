package io.driftless.cli;

import io.driftless.localcluster.LocalCluster;
import io.driftless.localcluster.LocalClusterException;
import io.driftless.localcluster.LocalClusterOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The cluster that a demo is given: one that was started for it, or the one of a kubeconfig, or none (the demo then
/// makes a sandbox).
record DemoCluster(@Nullable LocalCluster started, @Nullable Path kubeconfig) implements AutoCloseable {
    static DemoCluster open(DemoCommand.Kind kind, @Nullable Path kubeconfig, Path data, PrintWriter out)
            throws IOException, InterruptedException {
        if (kind == DemoCommand.Kind.sandbox) {
            return new DemoCluster(null, kubeconfig);
        }
        if (kubeconfig != null) {
            throw new CommandFailure(
                    ExitCode.FAILED, "--cluster real starts a cluster of its own: leave --kubeconfig out");
        }
        var binaries = ClusterPrograms.find(out);
        out.println("A real API server starts ...");
        out.flush();
        Path directory = Files.createDirectories(data.resolve("cluster"));
        try {
            LocalCluster started = LocalCluster.start(binaries, LocalClusterOptions.in(directory));
            return new DemoCluster(started, started.kubeconfig());
        } catch (LocalClusterException e) {
            throw new CommandFailure(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        if (started != null) {
            started.close();
        }
    }
}
