package io.driftless.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.bench.Figure.Usage;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// `driftless server` in a process of its own, with the JVM options of this one, so that its memory and CPU are its
/// own.
final class ServerProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double TICKS_PER_SECOND = 100;
    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI web;
    private final long readyNanos;

    private ServerProcess(Process process, URI web, long readyNanos) {
        this.process = process;
        this.web = web;
        this.readyNanos = readyNanos;
    }

    /// Starts it and waits until it says that it is ready.
    static ServerProcess start(Path kubeconfig, @Nullable String context, String namespace, Path data)
            throws IOException {
        return start(kubeconfig, context, namespace, data, List.of());
    }

    /// @param more options of the command
    static ServerProcess start(
            Path kubeconfig, @Nullable String context, String namespace, Path data, List<String> more)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.addAll(java("io.driftless.cli.Main"));
        command.addAll(List.of("server", "--kubeconfig", kubeconfig.toString(), "--namespace", namespace));
        command.addAll(List.of("--listen", "127.0.0.1:0", "--data", data.toString(), "-o", "json"));
        if (context != null) {
            command.addAll(List.of("--context", context));
        }
        command.addAll(more);
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(data.resolveSibling(data.getFileName() + ".log").toFile())
                .start();
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("{")) {
                JsonNode ready = JSON.readTree(line);
                long nanos = System.nanoTime() - start;
                Thread.ofVirtual().start(() -> drain(output));
                return new ServerProcess(process, URI.create(ready.path("web").asText()), nanos);
            }
        }
        process.destroy();
        throw new IOException("the server ended before it was ready; its log is "
                + Files.readString(data.resolveSibling(data.getFileName() + ".log")));
    }

    /// The command that runs a main class with the class path and JVM options of this process.
    static List<String> java(String mainClass) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        return command;
    }

    private static void drain(BufferedReader output) {
        try {
            while (output.readLine() != null) {
                // Only the ready line matters; the rest is read so that the pipe never fills.
            }
        } catch (IOException ended) {
            // The process ended.
        }
    }

    URI web() {
        return web;
    }

    double readyMillis() {
        return readyNanos / 1e6;
    }

    Usage usage() {
        Map<String, Double> metrics = metrics();
        Map<String, Long> requests = new TreeMap<>();
        metrics.forEach((name, value) -> {
            if (name.startsWith("driftless_api_requests_total{verb=\"")) {
                requests.put(name.substring(name.indexOf('"') + 1, name.lastIndexOf('"')), value.longValue());
            }
        });
        return new Usage(
                count(metrics, "driftless_renders_total"),
                count(metrics, "driftless_fetches_total"),
                cpuSeconds(),
                status(process.pid(), "VmHWM"),
                requests);
    }

    private static @Nullable Long count(Map<String, Double> metrics, String name) {
        Double value = metrics.get(name);
        return value == null ? null : value.longValue();
    }

    private Map<String, Double> metrics() {
        Map<String, Double> metrics = new TreeMap<>();
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(web.resolve("/metrics")).build();
            String text =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            for (String line : text.split("\n")) {
                int space = line.lastIndexOf(' ');
                if (!line.startsWith("#") && space > 0) {
                    metrics.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("the server does not give its metrics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return metrics;
    }

    /// CPU time used so far; absent where `/proc` is.
    private @Nullable Double cpuSeconds() {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
        } catch (IOException e) {
            return null;
        }
    }

    /// A size of `/proc/PID/status` in MiB, such as `VmRSS` or `VmHWM` (the peak).
    static @Nullable Double status(long pid, String name) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"))) {
                if (line.startsWith(name + ":")) {
                    return Math.round(Long.parseLong(line.replaceAll("[^0-9]", "")) / 102.4) / 10.0;
                }
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
