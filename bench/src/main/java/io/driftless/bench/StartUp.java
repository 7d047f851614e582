package io.driftless.bench;

import io.driftless.bench.Figure.Usage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// How long `driftless server` takes from an empty directory to ready, beside the bare embedded broker.
final class StartUp {
    private static final int MOST_STARTS = 20;

    private StartUp() {}

    static Figure measure(String name, BenchOptions options, OwnStand stand, Progress progress)
            throws IOException, InterruptedException {
        int starts = Math.min(options.commits(), MOST_STARTS);
        List<Double> servers = new ArrayList<>();
        List<Double> brokers = new ArrayList<>();
        Usage usage = Usage.UNKNOWN;
        stand.ensureNamespace(stand.controlPlaneNamespace());
        for (int i = 0; i < starts; i++) {
            brokers.add(broker(Files.createTempDirectory(stand.work(), "broker")));
            try (ServerProcess server = stand.startServer()) {
                if (server == null) {
                    throw new IOException("start measures Driftless itself: leave --repository out");
                }
                servers.add(server.readyMillis());
                usage = server.usage();
            }
            progress.step(name + ": starts", i + 1, starts);
        }
        return Figure.of(name, servers, Figure.percentile(brokers, 50), usage);
    }

    /// Milliseconds from the start of a process that runs the embedded broker alone to its first acknowledged record.
    private static double broker(Path data) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(ServerProcess.java(BareBroker.class.getName()));
        command.add(data.toString());
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = process.inputReader()) {
            String line = output.readLine();
            while (line != null && !line.startsWith("ready")) {
                line = output.readLine();
            }
            if (line == null) {
                throw new IOException("the bare broker ended before it was ready");
            }
            return (System.nanoTime() - start) / 1e6;
        } finally {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}
