package io.driftless.bench;

import io.driftless.app.ControlPlane;
import io.driftless.cluster.ConnectedClusters;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the figures of the API are taken on: a cluster with many Applications (the sandbox, or that of `--kubeconfig`),
/// a broker, the `api` stage alone, and the echo. All are processes of their own.
final class ApiStand implements AutoCloseable {
    private static final String SPACE = "bench-api";
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);
    private final Path work;
    private final ApiFleet fleet;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final ApiAddress cluster;
    private final String kafka;
    private final int echoPort;
    private final ApiAddress api;

    private ApiStand(BenchOptions options, int applications, Progress progress, Path work)
            throws IOException, InterruptedException {
        this.work = work;
        this.fleet = new ApiFleet(SPACE, applications);
        Path kubeconfig = options.kubeconfig();
        if (kubeconfig == null) {
            SandboxProcess sandbox = SandboxProcess.start(work);
            open.add(sandbox);
            this.cluster = sandbox.address();
            kubeconfig = work.resolve("kubeconfig");
        } else {
            this.cluster = ApiAddress.of(kubeconfig);
            open.add(() -> fleet.delete(cluster));
        }
        install(kubeconfig, options.context());
        fleet.create(cluster, progress);
        this.kafka = child(BareBroker.class, work.resolve("broker").toString());
        this.echoPort = Integer.parseInt(child(EchoServer.class));
        progress.say("api: starting the API");
        ServerProcess server = ServerProcess.start(
                kubeconfig,
                options.context(),
                SPACE,
                Files.createTempDirectory(work, "data"),
                List.of("--kafka", kafka, "--stages", "api"));
        open.add(server);
        this.api = ApiBench.address(server.web());
        awaitReady();
    }

    /// Until all Applications have been read.
    private void awaitReady() throws IOException, InterruptedException {
        long limit = System.nanoTime() + READY_LIMIT.toNanos();
        while (true) {
            try (RawApi probe = new RawApi(api)) {
                probe.call("GET", "/readyz", "application/json", "");
                return;
            } catch (IOException notReady) {
                if (System.nanoTime() > limit) {
                    throw new IOException("the API is not ready after " + READY_LIMIT, notReady);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }

    static ApiStand open(BenchOptions options, int applications, Progress progress)
            throws IOException, InterruptedException {
        return new ApiStand(options, applications, progress, Files.createTempDirectory("driftless-bench-api"));
    }

    private static void install(Path kubeconfig, @Nullable String context) {
        Vertx vertx = Vertx.vertx();
        try (ConnectedClusters clusters = ConnectedClusters.ofKubeconfig(vertx, kubeconfig, context, SPACE)) {
            ControlPlane.install(clusters.controlPlane(), SPACE);
        } finally {
            vertx.close().await();
        }
    }

    /// Starts a program of ours that says `ready WHERE`; returns where.
    private String child(Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(ServerProcess.java(program.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        open.add(() -> end(process));
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("ready ")) {
                return line.substring(6);
            }
        }
        throw new IOException(program.getSimpleName() + " ended before it was ready");
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    ApiFleet fleet() {
        return fleet;
    }

    String namespace() {
        return SPACE;
    }

    /// The API server.
    ApiAddress cluster() {
        return cluster;
    }

    /// Driftless.
    ApiAddress api() {
        return api;
    }

    String kafka() {
        return kafka;
    }

    int echoPort() {
        return echoPort;
    }

    @Override
    public void close() throws IOException {
        for (AutoCloseable part : open.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                throw new IOException("a part of the benchmark did not end: " + e.getMessage(), e);
            }
        }
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
