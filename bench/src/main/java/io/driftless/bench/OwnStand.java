package io.driftless.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.app.ControlPlane;
import io.driftless.bench.Figure.Usage;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Cluster.Apply;
import io.driftless.cluster.ConnectedClusters;
import io.driftless.events.ResourceId;
import io.driftless.objects.yaml.GoYaml;
import io.driftless.sandbox.Sandbox;
import io.driftless.sandbox.SandboxOptions;
import io.driftless.sandbox.git.GitServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything here: the sandbox (or the cluster of a kubeconfig), a Git host, and Driftless in a
/// process of its own; or, with `--repository` and `--webhook`, a delivery system that runs
/// already.
final class OwnStand implements Stand {
    static final String NAMESPACE = "argocd";
    private static final Duration REMOVAL = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path work;
    private final @Nullable Sandbox sandbox;
    private final GitServer git;
    private final ConnectedClusters clusters;
    private final BenchOptions options;
    private final Path kubeconfig;
    private final Map<String, BenchRepository> repositories = new HashMap<>();
    private @Nullable ServerProcess server;

    private OwnStand(BenchOptions options) throws IOException {
        this.options = options;
        this.work = Files.createTempDirectory("driftless-bench");
        this.git = GitServer.start(vertx, "127.0.0.1", 0, work.resolve("git"));
        if (options.kubeconfig() == null) {
            Sandbox started = Sandbox.start(vertx, SandboxOptions.loopback()).await();
            this.sandbox = started;
            this.kubeconfig = started.writeKubeconfig(work.resolve("kubeconfig"));
        } else {
            this.sandbox = null;
            this.kubeconfig = options.kubeconfig();
        }
        this.clusters = ConnectedClusters.ofKubeconfig(vertx, kubeconfig, options.context(), NAMESPACE);
        if (options.repository() == null) {
            ControlPlane.install(clusters.controlPlane(), NAMESPACE);
        }
    }

    /// A stand without a delivery system yet.
    static OwnStand open(BenchOptions options) throws IOException {
        return new OwnStand(options);
    }

    /// Starts Driftless from an empty directory, unless a delivery system runs already.
    @Nullable
    ServerProcess startServer() throws IOException {
        if (options.repository() != null) {
            return null;
        }
        ServerProcess started =
                ServerProcess.start(kubeconfig, options.context(), NAMESPACE, Files.createTempDirectory(work, "data"));
        server = started;
        return started;
    }

    @Override
    public Cluster cluster() {
        return clusters.controlPlane();
    }

    @Override
    public BenchRepository repository(String name) throws IOException, InterruptedException {
        BenchRepository known = repositories.get(name);
        if (known == null) {
            String external = options.repository();
            known = external == null || !name.equals("workload")
                    ? HostedRepository.create(git, name)
                    : PushedRepository.open(external, work);
            repositories.put(name, known);
        }
        return known;
    }

    @Override
    public Path work() {
        return work;
    }

    @Override
    public String controlPlaneNamespace() {
        return NAMESPACE;
    }

    @Override
    public void announce(BenchRepository repository, String before, String after)
            throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode();
        body.put("ref", "refs/heads/main").put("before", before).put("after", after);
        body.putObject("repository").put("clone_url", repository.url()).put("html_url", repository.url());
        for (URI webhook : webhooks()) {
            HttpRequest request = HttpRequest.newBuilder(webhook)
                    .header("Content-Type", "application/json")
                    .header("X-GitHub-Event", "push")
                    .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                    .build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException(webhook + " answered " + answer.statusCode() + ": " + answer.body());
            }
        }
    }

    private List<URI> webhooks() {
        ServerProcess own = server;
        return own == null
                ? options.webhooks().stream().map(URI::create).toList()
                : List.of(own.web().resolve("/api/webhook"));
    }

    @Override
    public void ensureNamespace(String name) {
        cluster()
                .apply(
                        GoYaml.readOne("namespace.yaml", "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: " + name),
                        new Apply("bench", true, false));
    }

    @Override
    public void remove(List<ResourceId> objects, String namespace) throws InterruptedException {
        if (sandbox == null && !Remains.remove(cluster(), objects, namespace, REMOVAL)) {
            throw new IllegalStateException("namespace " + namespace + " of the benchmark was not gone within "
                    + REMOVAL.toSeconds() + " s: delete it before the next run");
        }
    }

    @Override
    public Usage usage() {
        ServerProcess own = server;
        return own == null ? Usage.UNKNOWN : own.usage();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (server != null) {
            server.close();
        }
        clusters.close();
        git.close();
        if (sandbox != null) {
            sandbox.close();
        }
        vertx.close().await();
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
