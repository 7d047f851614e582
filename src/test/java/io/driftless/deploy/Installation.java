package io.driftless.deploy;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.app.ControlPlane;
import io.driftless.app.DriftlessServer;
import io.driftless.app.ServerOptions;
import io.driftless.app.Stage;
import io.driftless.broker.EmbeddedBroker;
import io.driftless.cluster.ConnectedClusters;
import io.driftless.objects.yaml.GoYaml;
import io.driftless.sandbox.Sandbox;
import io.driftless.sandbox.SandboxOptions;
import io.driftless.sandbox.git.GitServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// An installation as `install.yaml` makes it: each stage on its own, knowing the others through Kafka only, and with
/// the rights of its service account at the API server.
final class Installation implements AutoCloseable {
    static final String NAMESPACE = "argocd";
    private static final Duration START = Duration.ofSeconds(120);
    private final Vertx vertx = Vertx.vertx();
    private final EmbeddedBroker broker;
    private final Sandbox sandbox;
    private final GitServer git;
    private final Map<Stage, GuardedApiServer> guards = new EnumMap<>(Stage.class);
    private final Map<Stage, DriftlessServer> servers = new EnumMap<>(Stage.class);

    Installation(Path data) throws IOException {
        this(data, List.of(), "");
    }

    /// @param components files with further rights
    /// @param before what is declared before any stage starts
    Installation(Path data, List<String> components, String before) throws IOException {
        this.broker = EmbeddedBroker.start(data.resolve("kafka"), EmbeddedBroker.Options.loopback());
        this.sandbox = Sandbox.start(vertx, SandboxOptions.loopback()).await();
        this.git = GitServer.start(vertx, "127.0.0.1", 0, data.resolve("git"));
        try (ConnectedClusters administrator = ConnectedClusters.ofKubeconfig(
                vertx, sandbox.writeKubeconfig(data.resolve("administrator")), null, NAMESPACE)) {
            ControlPlane.install(administrator.controlPlane(), NAMESPACE);
        }
        declare(before);
        for (Stage stage : Stage.values()) {
            guards.put(stage, GuardedApiServer.start(vertx, sandbox.url(), Rights.of(account(stage), components)));
        }
        startAll(data);
    }

    /// The stages that need the key of the installation start in the order that is hardest: the one
    /// that may not make it is first.
    private void startAll(Path data) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<Stage, CompletableFuture<DriftlessServer>> starting = new EnumMap<>(Stage.class);
            starting.put(Stage.OBSERVE, CompletableFuture.supplyAsync(() -> start(Stage.OBSERVE, data), threads));
            await().atMost(START).until(() -> !guard(Stage.OBSERVE).refused().isEmpty());
            servers.put(Stage.MANIFEST, start(Stage.MANIFEST, data));
            for (Stage stage : Stage.values()) {
                if (stage != Stage.OBSERVE && stage != Stage.MANIFEST) {
                    starting.put(stage, CompletableFuture.supplyAsync(() -> start(stage, data), threads));
                }
            }
            starting.forEach((stage, server) -> servers.put(stage, server.join()));
        }
    }

    static String account(Stage stage) {
        return "driftless-" + stage.name().toLowerCase(Locale.ROOT);
    }

    private DriftlessServer start(Stage stage, Path data) {
        try {
            DriftlessServer server = DriftlessServer.start(
                    vertx,
                    new ServerOptions(
                            guard(stage).kubeconfig(data.resolve(account(stage))),
                            null,
                            NAMESPACE,
                            "127.0.0.1",
                            0,
                            data.resolve("data-" + account(stage)),
                            broker.bootstrap(),
                            null,
                            0,
                            Set.of(stage),
                            4,
                            Duration.ofSeconds(120)));
            server.awaitReady(START);
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    GitServer git() {
        return git;
    }

    Sandbox cluster() {
        return sandbox;
    }

    String kafka() {
        return broker.bootstrap();
    }

    Rights rights(Stage stage) {
        return Rights.of(account(stage));
    }

    GuardedApiServer guard(Stage stage) {
        return guards.get(stage);
    }

    URI web(Stage stage) {
        return servers.get(stage).web();
    }

    List<URI> webs() {
        List<URI> webs = new ArrayList<>();
        servers.values().forEach(server -> webs.add(server.web()));
        return webs;
    }

    void declare(String yaml) {
        for (var document : GoYaml.read("declared.yaml", yaml)) {
            JsonNode object = document.value();
            sandbox.create(object);
        }
    }

    @Override
    public void close() {
        servers.values().parallelStream().forEach(DriftlessServer::close);
        guards.values().forEach(GuardedApiServer::close);
        git.close();
        sandbox.close();
        broker.close();
        vertx.close().await();
    }
}
