package io.driftless.pipeline;

import static io.driftless.pipeline.Outcomes.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.app.ControlPlane;
import io.driftless.app.DriftlessServer;
import io.driftless.app.ServerOptions;
import io.driftless.app.Stage;
import io.driftless.auth.AuthMode;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Cluster.Apply;
import io.driftless.cluster.ConnectedClusters;
import io.driftless.events.ResourceId;
import io.driftless.localcluster.LocalCluster;
import io.driftless.objects.yaml.GoYaml;
import io.driftless.sandbox.Sandbox;
import io.driftless.sandbox.SandboxOptions;
import io.driftless.sandbox.git.GitServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A cluster, a Git host and, once started, Driftless with all stages in this process.
final class Stand implements AutoCloseable {
    static final String NAMESPACE = "argocd";
    static final String HOOK_SECRET = "known to the host and to the webhook";

    private final Path data;
    private final String namespace;
    private final @Nullable LocalCluster realCluster;
    private final Vertx vertx = Vertx.vertx();
    private final @Nullable Sandbox sandbox;
    private final Path kubeconfig;
    private final GitServer git;
    private final ConnectedClusters clusters;
    private @Nullable DriftlessServer server;

    private Stand(Path data, @Nullable LocalCluster realCluster, String namespace) throws IOException {
        this.data = data;
        this.namespace = namespace;
        this.realCluster = realCluster;
        if (realCluster == null) {
            Sandbox started = Sandbox.start(vertx, SandboxOptions.loopback()).await();
            this.sandbox = started;
            this.kubeconfig = started.writeKubeconfig(data.resolve("kubeconfig"));
        } else {
            this.sandbox = null;
            this.kubeconfig = realCluster.kubeconfig();
        }
        this.git = GitServer.start(vertx, "127.0.0.1", 0, data.resolve("git"));
        this.clusters = ConnectedClusters.ofKubeconfig(vertx, kubeconfig, null, namespace);
        ControlPlane.install(clusters.controlPlane(), namespace);
        apply(yaml("""
                apiVersion: v1
                kind: Secret
                metadata: {name: argocd-secret, namespace: %s}
                stringData: {webhook.github.secret: %s}
                """.formatted(namespace, HOOK_SECRET)));
    }

    /// How Driftless is started.
    ///
    /// @param accounts whether callers log in, over TLS
    record Settings(@Nullable String kafka, Duration poll, boolean accounts) {
        Settings(@Nullable String kafka, Duration poll) {
            this(kafka, poll, false);
        }

        /// On the embedded broker; polling so seldom that it never helps a test.
        static Settings usual() {
            return new Settings(null, Duration.ofHours(1));
        }
    }

    /// Cluster and Git host alone.
    static Stand prepare(Path data) throws IOException {
        return prepare(NAMESPACE, data);
    }

    static Stand prepare(String namespace, Path data) throws IOException {
        return new Stand(data, null, namespace);
    }

    /// The same on a real cluster, with a namespace for Driftless itself; Driftless may run in others of its
    /// namespaces.
    static Stand prepareOn(LocalCluster cluster, String namespace, Path data) throws IOException {
        return new Stand(data, cluster, namespace);
    }

    /// Starts Driftless on the stand's data directory, and waits until it is ready.
    Stand start(Settings settings) throws InterruptedException {
        DriftlessServer started = DriftlessServer.start(
                vertx,
                new ServerOptions(
                        kubeconfig,
                        null,
                        namespace,
                        "127.0.0.1",
                        0,
                        data.resolve("server"),
                        settings.kafka(),
                        null,
                        0,
                        EnumSet.allOf(Stage.class),
                        4,
                        settings.poll(),
                        null,
                        Set.of(),
                        settings.accounts() ? AuthMode.ACCOUNTS : AuthMode.NONE,
                        settings.accounts()));
        server = started;
        started.awaitReady(Outcomes.LIMIT.plus(Outcomes.LIMIT));
        return this;
    }

    /// Ends Driftless as SIGTERM would; cluster and Git host stay.
    void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    DriftlessServer server() {
        if (server == null) {
            throw new IllegalStateException("Driftless is not running");
        }
        return server;
    }

    Web web() {
        return new Web(server().web());
    }

    Records records() {
        return new Records(server().kafka());
    }

    /// The namespace of Driftless itself.
    String namespace() {
        return namespace;
    }

    /// How often the cluster was asked so far to apply, create and delete in the namespaces of this stand: its own and
    /// the given ones.
    WriteRequests writeRequests(String... further) {
        return realCluster == null
                ? WriteRequests.of(sandbox().requestsByVerb())
                : WriteRequests.of(realCluster, namespace, Set.of(further));
    }

    /// Where the API server is reached.
    URI apiServer() {
        return realCluster == null ? sandbox().url() : realCluster.url();
    }

    Sandbox sandbox() {
        if (sandbox == null) {
            throw new IllegalStateException("this stand is on a real cluster");
        }
        return sandbox;
    }

    /// Writes an object as somebody with kubectl would.
    void apply(JsonNode object) {
        cluster().apply(object, new Apply("kubectl", true, false));
    }

    Cluster cluster() {
        return clusters.controlPlane();
    }

    /// Where Driftless and the Git host keep their files.
    Path data() {
        return data;
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    GitServer git() {
        return git;
    }

    /// An empty repository whose pushes go to the webhook of this stand.
    Repository repository(String name) {
        git.create(name);
        return new Repository(git, name, (repository, before, after) -> {
            Web.Answer answer = web().push(repository, before, after);
            assertThat(answer.code()).as("webhook: %s", answer.text()).isEqualTo(200);
        });
    }

    /// Creates or changes an Application as somebody with kubectl would.
    void declare(Declaration application) {
        apply(yaml(application.yaml(namespace)));
    }

    /// An Application as it stands in the cluster; missing where there is none.
    JsonNode application(String name) {
        return object("argoproj.io/v1alpha1", "Application", namespace, name);
    }

    JsonNode status(String name) {
        return application(name).path("status");
    }

    /// An object of the cluster; missing where there is none.
    JsonNode object(String apiVersion, String kind, String namespace, String name) {
        if (sandbox == null) {
            int slash = apiVersion.indexOf('/');
            String group = slash < 0 ? "" : apiVersion.substring(0, slash);
            return cluster()
                    .get(new ResourceId(group, kind, namespace, name), apiVersion)
                    .orElseGet(MissingNode::getInstance);
        }
        JsonNode found = sandbox.get(apiVersion, kind, namespace, name);
        return found == null ? MissingNode.getInstance() : found;
    }

    /// The value that a ConfigMap holds under `value`; empty where there is none.
    String value(String namespace, String name) {
        return object("v1", "ConfigMap", namespace, name).at("/data/value").asText();
    }

    void awaitSynced(String application, String revision) {
        awaitThat(
                application + " is Synced and Healthy at " + revision,
                () -> {
                    JsonNode status = status(application);
                    return status.at("/sync/status").asText().equals("Synced")
                            && status.at("/sync/revision").asText().equals(revision)
                            && status.at("/health/status").asText().equals("Healthy")
                            && !status.at("/operationState/phase").asText("").equals("Running");
                },
                () -> status(application));
    }

    /// Synced, whatever its health: nothing in the sandbox serves Ingresses or scales by load.
    void awaitApplied(String application, String revision) {
        awaitThat(
                application + " is Synced at " + revision,
                () -> {
                    JsonNode status = status(application);
                    return status.at("/sync/status").asText().equals("Synced")
                            && status.at("/sync/revision").asText().equals(revision)
                            && status.at("/operationState/phase").asText().equals("Succeeded");
                },
                () -> status(application));
    }

    /// The condition of this type, once there is one whose message holds `part`.
    String awaitCondition(String application, String type, String part) {
        awaitThat(
                application + " has a " + type + " about " + part,
                () -> condition(application, type).contains(part),
                () -> status(application));
        return condition(application, type);
    }

    String condition(String application, String type) {
        for (JsonNode condition : status(application).path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition.path("message").asText();
            }
        }
        return "";
    }

    static ObjectNode yaml(String text) {
        return (ObjectNode) GoYaml.readOne("manifest.yaml", text);
    }

    static String configMap(String name, String value) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\ndata: {value: \"" + value + "\"}\n";
    }

    @Override
    public void close() {
        stop();
        clusters.close();
        git.close();
        if (sandbox != null) {
            sandbox.close();
        }
        vertx.close().await();
    }

    URI url() {
        return server().web();
    }
}
