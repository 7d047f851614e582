package io.driftless.demo;

import io.driftless.app.ControlPlane;
import io.driftless.app.DriftlessServer;
import io.driftless.app.ServerOptions;
import io.driftless.app.Stage;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Cluster.Apply;
import io.driftless.cluster.ConnectedClusters;
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
import java.util.EnumSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything the demo runs on: cluster, Git host, and Driftless itself.
final class DemoWorld implements AutoCloseable {
    static final String REPOSITORY = "gitops-config";
    static final String NAMESPACE = "argocd";
    private static final Duration START = Duration.ofSeconds(90);
    private final Vertx vertx;
    private final @Nullable Sandbox sandbox;
    private final Path kubeconfig;
    private final GitServer git;
    private final ConnectedClusters clusters;
    private final DriftlessServer server;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private DemoWorld(DemoOptions options) throws IOException, InterruptedException {
        Files.createDirectories(options.data());
        this.vertx = Vertx.vertx();
        this.git = GitServer.start(vertx, "127.0.0.1", 0, options.data().resolve("git"));
        if (options.kubeconfig() == null) {
            Sandbox started = Sandbox.start(vertx, SandboxOptions.loopback()).await();
            this.sandbox = started;
            this.kubeconfig = started.writeKubeconfig(options.data().resolve("kubeconfig"));
        } else {
            this.sandbox = null;
            this.kubeconfig = options.kubeconfig();
        }
        this.clusters = ConnectedClusters.ofKubeconfig(vertx, kubeconfig, options.context(), NAMESPACE);
        ControlPlane.install(clusters.controlPlane(), NAMESPACE);
        this.server = DriftlessServer.start(vertx, serverOptions(options));
        server.awaitReady(START);
    }

    static DemoWorld start(DemoOptions options) throws IOException, InterruptedException {
        return new DemoWorld(options);
    }

    private ServerOptions serverOptions(DemoOptions options) {
        return new ServerOptions(
                kubeconfig,
                options.context(),
                NAMESPACE,
                options.host(),
                options.port(),
                options.data().resolve("server"),
                null,
                null,
                0,
                EnumSet.allOf(Stage.class),
                ServerOptions.DEFAULT_PARTITIONS,
                Duration.ofSeconds(120));
    }

    DriftlessServer server() {
        return server;
    }

    Cluster cluster() {
        return clusters.controlPlane();
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    URI repositoryUrl() {
        return git.url(REPOSITORY);
    }

    /// Fills the repository, and from then on calls the webhook after every push, as a Git host would.
    void seed() {
        git.create(REPOSITORY);
        if (git.head(REPOSITORY, "main") == null) {
            git.commit(
                    REPOSITORY,
                    "main",
                    "The configuration of myapp",
                    GitOpsTree.files(repositoryUrl().toString()));
        }
        git.onPush(push -> announce(push.ref(), push.before(), push.after()));
    }

    /// Declares the root Application, which declares all others.
    void declareRoot() {
        byte[] root = GitOpsTree.file("root-app.yaml", repositoryUrl().toString());
        cluster()
                .apply(GoYaml.read("root-app.yaml", root).getFirst().value(), new Apply("driftless-demo", true, false));
    }

    /// Pushes a commit that deploys another image tag to production.
    String pushNewTag(String tag) {
        byte[] before = GitOpsTree.file(GitOpsTree.PRODUCTION, repositoryUrl().toString());
        return git.commit(
                REPOSITORY,
                "main",
                "Deploy " + tag + " to production",
                Map.of(GitOpsTree.PRODUCTION, GitOpsTree.withNewTag(before, tag)));
    }

    private void announce(String ref, @Nullable String before, @Nullable String after) {
        String url = repositoryUrl().toString();
        String body = "{\"ref\":\"" + ref + "\",\"before\":\"" + zeros(before) + "\",\"after\":\"" + zeros(after)
                + "\",\"repository\":{\"clone_url\":\"" + url + "\",\"html_url\":\"" + url + "\"}}";
        HttpRequest request = HttpRequest.newBuilder(server.web().resolve("/api/webhook"))
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", "push")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException("the webhook answered " + answer.statusCode() + ": " + answer.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException("the webhook cannot be reached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String zeros(@Nullable String sha) {
        return sha == null ? "0".repeat(40) : sha;
    }

    @Override
    public void close() {
        server.close();
        clusters.close();
        git.close();
        if (sandbox != null) {
            sandbox.close();
        }
        vertx.close().await();
    }
}
