package io.driftless.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// `driftless sandbox` in a process of its own, with the JVM options that `./driftless sandbox` has.
final class SandboxProcess implements AutoCloseable {
    private static final List<String> HEAP = List.of("-Xms96m", "-Xmn48m", "-Xmx704m");
    private final Process process;
    private final ApiAddress address;

    private SandboxProcess(Process process, ApiAddress address) {
        this.process = process;
        this.address = address;
    }

    /// Starts it and waits until it says that it is ready.
    static SandboxProcess start(Path work) throws IOException {
        Path kubeconfig = work.resolve("kubeconfig");
        List<String> command = new ArrayList<>(ServerProcess.java("io.driftless.cli.Main"));
        command.removeIf(option -> option.startsWith("-Xm"));
        command.addAll(1, HEAP);
        command.addAll(List.of("sandbox", "--kubeconfig-out", kubeconfig.toString(), "-o", "json"));
        Path log = work.resolve("sandbox.log");
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("{")) {
                JsonNode ready = new ObjectMapper().readTree(line);
                return new SandboxProcess(
                        process, ApiAddress.of(Path.of(ready.path("kubeconfig").asText())));
            }
        }
        process.destroy();
        throw new IOException("the sandbox ended before it was ready; its log is " + Files.readString(log));
    }

    ApiAddress address() {
        return address;
    }

    /// A size of `/proc/PID/status` in MiB, such as `VmRSS` or `VmHWM` (the peak).
    @Nullable
    Double memory(String name) {
        return ServerProcess.status(process.pid(), name);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
