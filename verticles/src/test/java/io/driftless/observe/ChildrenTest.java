package io.driftless.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.cluster.Cluster.Delete;
import io.driftless.cluster.ConnectedClusters;
import io.driftless.events.ApplicationName;
import io.driftless.events.ChildEvent.ChildObserved;
import io.driftless.events.ChildEvent.Info;
import io.driftless.events.Envelope;
import io.driftless.events.GroupKind;
import io.driftless.events.HealthStatus;
import io.driftless.events.ResourceId;
import io.driftless.events.Topic;
import io.driftless.redact.Redaction;
import io.driftless.redact.SealKey;
import io.driftless.sandbox.Sandbox;
import io.driftless.sandbox.SandboxOptions;
import io.driftless.stage.Fact;
import io.driftless.stage.Publication;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the observers of a cluster tell of the objects below what an application deployed.
class ChildrenTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String SERVER = "https://kubernetes.default.svc";
    private static final ApplicationName APP = new ApplicationName("argocd", "a");

    @TempDir
    Path data;

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, ChildObserved> children = new ConcurrentHashMap<>();
    private final List<Publication> said = new CopyOnWriteArrayList<>();
    private Sandbox sandbox;
    private ConnectedClusters clusters;
    private Observers observers;

    @BeforeEach
    void start() throws Exception {
        sandbox = Sandbox.start(vertx, SandboxOptions.loopback()).await();
        clusters = ConnectedClusters.ofKubeconfig(
                vertx, sandbox.writeKubeconfig(data.resolve("kubeconfig")), null, "argocd");
        observe();
    }

    @AfterEach
    void stop() {
        observers.close();
        clusters.close();
        sandbox.close();
        vertx.close().await();
    }

    private void observe() {
        Observers[] self = new Observers[1];
        self[0] = new Observers(
                clusters, "argocd", new Redaction(SealKey.of(new byte[32])), publication -> take(self[0], publication));
        observers = self[0];
        children.values().forEach(child -> observers.fold(fact(Publication.of(child, ""))));
        observers.fold(fact(Publication.of(ObserveScenario.declared(APP), "")));
        observers.fold(fact(Publication.of(
                ObserveScenario.rendered(
                        APP,
                        new GroupKind("apps", "Deployment"),
                        new GroupKind("batch", "CronJob"),
                        new GroupKind("", "Service")),
                "")));
        observers.caughtUp();
        observers.follow(SERVER, true);
    }

    private CompletionStage<?> take(Observers from, Publication publication) {
        said.add(publication);
        if (publication.topic() == Topic.CHILDREN) {
            if (publication.event() instanceof ChildObserved child) {
                children.put(publication.key(), child);
            } else {
                children.remove(publication.key());
            }
            from.fold(fact(publication));
        }
        return CompletableFuture.completedFuture(publication);
    }

    private static Fact fact(Publication publication) {
        Envelope envelope = publication.event() == null
                ? null
                : new Envelope("id", "/test", Instant.EPOCH, "chain", null, publication.event());
        return new Fact(publication.topic(), publication.key(), envelope);
    }

    @Test
    void podsOfADeploymentAreToldWithHowTheyDo() throws Exception {
        sandbox.create(deployment("web", 2));
        await().atMost(LIMIT).until(() -> count("ReplicaSet") == 1 && count("Pod") == 2);
        await().atMost(LIMIT)
                .until(() -> children.values().stream()
                        .allMatch(child -> child.health().status() == HealthStatus.HEALTHY));
        ChildObserved pod = children.values().stream()
                .filter(child -> child.resource().kind().equals("Pod"))
                .findFirst()
                .orElseThrow();
        assertThat(pod.info()).contains(new Info("Status Reason", "Running"), new Info("Containers", "1/1"));
        assertThat(pod.images()).containsExactly("registry.example.com/web:1");
        assertThat(pod.owners().getFirst().resource().kind()).isEqualTo("ReplicaSet");
        assertThat(pod.networking().at("/labels/app").asText()).isEqualTo("web");

        clusters.controlPlane()
                .mergePatch(
                        new ResourceId("apps", "Deployment", "default", "web"),
                        "apps/v1",
                        "",
                        JSON.readTree("{\"spec\":{\"replicas\":1}}"));
        await().atMost(LIMIT).until(() -> count("Pod") == 1);
        clusters.controlPlane()
                .delete(
                        new ResourceId("apps", "Deployment", "default", "web"),
                        "apps/v1",
                        new Delete(null, null, "Background", false));
        await().atMost(LIMIT).until(children::isEmpty);
    }

    @Test
    void aPodThatIsDeletedIsGoneAndTheOneInItsPlaceIsThere() throws Exception {
        sandbox.create(deployment("web", 1));
        await().atMost(LIMIT).until(() -> count("Pod") == 1);
        ChildObserved first = children.values().stream()
                .filter(child -> child.resource().kind().equals("Pod"))
                .findFirst()
                .orElseThrow();

        clusters.controlPlane().delete(first.resource(), "v1", new Delete(first.uid(), null, "Foreground", false));

        await().atMost(LIMIT).until(() -> !children.containsKey(first.key()) && count("Pod") == 1);
    }

    @Test
    void podsOfStrangersAreNotTold() throws Exception {
        sandbox.create(without(deployment("stranger", 1)));
        sandbox.create(deployment("web", 1));
        await().atMost(LIMIT).until(() -> count("Pod") == 1);
        assertThat(children.values()).allMatch(child -> child.resource().name().startsWith("web"));
    }

    @Test
    void whoTakesOverSaysOnlyWhatChangedMeanwhile() throws Exception {
        sandbox.create(deployment("web", 1));
        sandbox.create(deployment("old", 1));
        await().atMost(LIMIT)
                .until(() -> count("Pod") == 2
                        && children.values().stream()
                                .allMatch(child -> child.health().status() == HealthStatus.HEALTHY));
        observers.close();
        clusters.controlPlane()
                .delete(
                        new ResourceId("apps", "Deployment", "default", "old"),
                        "apps/v1",
                        new Delete(null, null, "Background", false));
        await().atMost(LIMIT)
                .until(() -> clusters.controlPlane()
                                .list(new GroupKind("", "Pod"), "default", "")
                                .size()
                        == 1);
        sandbox.forgetHistory();
        said.clear();

        observe();

        await().atMost(LIMIT).until(() -> count("Pod") == 1);
        assertThat(said)
                .filteredOn(publication -> publication.topic() == Topic.CHILDREN)
                .allMatch(publication -> publication.event() == null);
    }

    @Test
    void slicesOfServicesAndJobsOfCronJobsAreTold() throws Exception {
        sandbox.create(deployment("web", 1));
        sandbox.create(tracked("""
                {"apiVersion":"v1","kind":"Service","metadata":{"name":"web","namespace":"default"},
                 "spec":{"selector":{"app":"web"},"ports":[{"port":80}]}}
                """));
        JsonNode cron = sandbox.create(tracked("""
                {"apiVersion":"batch/v1","kind":"CronJob","metadata":{"name":"nightly","namespace":"default"},
                 "spec":{"schedule":"0 0 * * *","jobTemplate":{"spec":{"template":{"spec":{"restartPolicy":"Never",
                  "containers":[{"name":"main","image":"x"}]}}}}}}
                """));
        sandbox.create(JSON.readTree("""
                {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"nightly-1","namespace":"default",
                 "ownerReferences":[{"apiVersion":"batch/v1","kind":"CronJob","name":"nightly","uid":"%s"}]},
                 "spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"main","image":"x"}]}}}}
                """.formatted(cron.at("/metadata/uid").asText())));
        await().atMost(LIMIT).until(() -> count("EndpointSlice") == 1 && count("Job") == 1 && count("Pod") == 2);
    }

    private long count(String kind) {
        return children.values().stream()
                .filter(child -> child.resource().kind().equals(kind))
                .count();
    }

    private static JsonNode deployment(String name, int replicas) throws IOException {
        return tracked("""
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"NAME","namespace":"default"},
                 "spec":{"replicas":%d,"selector":{"matchLabels":{"app":"NAME"}},"template":{
                  "metadata":{"labels":{"app":"NAME"}},
                  "spec":{"containers":[{"name":"main","image":"registry.example.com/NAME:1"}]}}}}
                """.formatted(replicas).replace("NAME", name));
    }

    private static JsonNode tracked(String json) throws IOException {
        JsonNode object = JSON.readTree(json);
        String apiVersion = object.path("apiVersion").asText();
        String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        String id = "a:" + group + '/' + object.path("kind").asText() + ":default/"
                + object.at("/metadata/name").asText();
        ((com.fasterxml.jackson.databind.node.ObjectNode) object.path("metadata"))
                .putObject("annotations")
                .put(TrackingId.ANNOTATION, id);
        return object;
    }

    private static JsonNode without(JsonNode object) {
        ((com.fasterxml.jackson.databind.node.ObjectNode) object.path("metadata")).remove("annotations");
        return object;
    }
}
