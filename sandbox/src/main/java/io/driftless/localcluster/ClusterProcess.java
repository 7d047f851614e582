package io.driftless.localcluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/// One program of the cluster, with its log.
final class ClusterProcess {
    private static final int TAIL = 12;
    private static final long LOOK_MILLIS = 50;
    private final String name;
    private final Path log;
    private final Process process;

    private ClusterProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    static ClusterProcess start(ClusterBinaries binaries, String name, Path data, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(binaries.path(name).toString());
        command.addAll(arguments);
        Path log = data.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(data.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        // etcd takes variables for flags, and a KUBECONFIG of the user is none of theirs.
        builder.environment().keySet().removeIf(key -> key.startsWith("ETCD_") || key.equals("KUBECONFIG"));
        try {
            return new ClusterProcess(name, log, builder.start());
        } catch (IOException e) {
            throw new LocalClusterException(name + " cannot be started: " + e.getMessage(), e);
        }
    }

    String name() {
        return name;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /// Waits until a condition holds, and no longer than this process lives.
    void await(String outcome, Duration limit, BooleanSupplier holds) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!holds.getAsBoolean()) {
            if (ended()) {
                throw new LocalClusterException(
                        name + " ended with " + process.exitValue() + " before " + outcome + "; it said: " + tail());
            }
            if (System.nanoTime() > deadline) {
                throw new LocalClusterException(
                        "not within " + limit.toSeconds() + " s: " + outcome + "; " + name + " said: " + tail());
            }
        }
    }

    /// Whether it ends now or in the moment until the next look.
    private boolean ended() throws InterruptedException {
        try {
            process.onExit().get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The last lines of its log.
    String tail() {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size())) + "\n(" + log + ")";
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }
}
