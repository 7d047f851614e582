package io.driftless.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.driftless.cli.FakeApi.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The command line in a process of its own, which has its own environment and its own standard output.
final class CommandProcess implements AutoCloseable {
    private final Process process;

    private CommandProcess(Process process) {
        this.process = process;
    }

    /// @param home where its configuration is
    static CommandProcess start(Path home, Map<String, String> environment, String... arguments) throws IOException {
        return start(builder(home, environment, arguments));
    }

    static CommandProcess start(ProcessBuilder builder) throws IOException {
        return new CommandProcess(builder.start());
    }

    /// To its end, with everything it prints. Its standard output goes to a file, so that it never waits for a reader.
    static Result run(Path home, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Path out = home.resolve("out");
        ProcessBuilder builder = builder(home, environment, arguments).redirectOutput(out.toFile());
        try (CommandProcess command = new CommandProcess(builder.start())) {
            Result ended = command.end();
            return new Result(ended.code(), Files.readString(out), ended.err());
        }
    }

    static ProcessBuilder builder(Path home, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("DRIFTLESS_"));
        builder.environment().put("XDG_CONFIG_HOME", home.toString());
        builder.environment().putAll(environment);
        return builder;
    }

    /// Its first line; nobody reads what comes after.
    String firstLine() throws IOException {
        try (BufferedReader reader = process.inputReader()) {
            return reader.readLine();
        }
    }

    /// Nobody reads anything.
    void closeOutput() throws IOException {
        process.getInputStream().close();
    }

    /// How it ends by itself.
    Result end() throws IOException, InterruptedException {
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end; it said: " + err);
        }
        return new Result(process.exitValue(), "", err);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
