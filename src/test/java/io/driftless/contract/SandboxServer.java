package io.driftless.contract;

import io.driftless.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// The one in this process.
final class SandboxServer extends Server {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Sandbox sandbox;

    /// Nobody waits long for what is known not to come.
    SandboxServer(Sandbox sandbox, boolean differs) {
        super(new Api(HTTP, sandbox.url(), Map.of()), Duration.ofSeconds(differs ? 2 : 20));
        this.sandbox = sandbox;
    }

    @Override
    Path kubeconfig() {
        try {
            Path file = Files.createTempFile("sandbox", ".kubeconfig");
            file.toFile().deleteOnExit();
            return sandbox.writeKubeconfig(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    Api unnamed() {
        return api();
    }

    @Override
    Answer tooMuch() {
        throw new AssertionError("the sandbox cannot be told to refuse with 429 yet");
    }

    @Override
    void compact() {
        sandbox.forgetHistory();
    }

    @Override
    String forgotten(String token) {
        compact();
        return token;
    }
}
