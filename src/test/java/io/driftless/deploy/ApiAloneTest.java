package io.driftless.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.driftless.app.ControlPlane;
import io.driftless.app.DriftlessServer;
import io.driftless.app.ServerOptions;
import io.driftless.app.Stage;
import io.driftless.broker.EmbeddedBroker;
import io.driftless.cluster.ConnectedClusters;
import io.driftless.sandbox.Sandbox;
import io.driftless.sandbox.SandboxOptions;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that runs nothing but the API, at a control plane that takes its time.
class ApiAloneTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path data;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private EmbeddedBroker broker;
    private Sandbox sandbox;
    private GuardedApiServer guard;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start(data.resolve("kafka"), EmbeddedBroker.Options.loopback());
        sandbox = Sandbox.start(vertx, SandboxOptions.loopback()).await();
        try (ConnectedClusters administrator = ConnectedClusters.ofKubeconfig(
                vertx, sandbox.writeKubeconfig(data.resolve("administrator")), null, Installation.NAMESPACE)) {
            ControlPlane.install(administrator.controlPlane(), Installation.NAMESPACE);
        }
        Rights.Rule all = new Rights.Rule(Set.of("*"), Set.of("*"), Set.of(), Set.of("*"), "");
        guard = GuardedApiServer.start(vertx, sandbox.url(), new Rights(List.of(all)));
    }

    @AfterEach
    void stop() {
        http.close();
        guard.close();
        sandbox.close();
        broker.close();
        vertx.close().await();
    }

    @Test
    void isReadyOnceTheApplicationsHaveBeenRead() throws Exception {
        guard.holdBack(access -> access.resource().equals("applications"));
        try (DriftlessServer server = DriftlessServer.start(
                vertx,
                new ServerOptions(
                        guard.kubeconfig(data.resolve("config")),
                        null,
                        Installation.NAMESPACE,
                        "127.0.0.1",
                        0,
                        data.resolve("data"),
                        broker.bootstrap(),
                        null,
                        0,
                        Set.of(Stage.API),
                        4,
                        Duration.ofSeconds(120)))) {
            CompletableFuture<Void> ready = CompletableFuture.runAsync(() -> {
                try {
                    server.awaitReady(LIMIT.plus(LIMIT));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            await("it asks for the Applications").atMost(LIMIT).until(() -> guard.waiting() > 0);
            assertThat(status(server, "/healthz")).isEqualTo(200);
            assertThat(status(server, "/readyz")).isEqualTo(503);
            assertThat(ready).isNotDone();

            guard.goOn();
            ready.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(status(server, "/readyz")).isEqualTo(200);
            assertThat(status(server, "/api/v1/applications")).isEqualTo(200);
        }
    }

    private int status(DriftlessServer server, String path) throws Exception {
        URI uri = server.web().resolve(path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
