package io.driftless.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.cluster.Cluster.Change;
import io.driftless.cluster.Cluster.WatchHandler;
import io.driftless.cluster.Cluster.WatchRequest;
import io.driftless.events.GroupKind;
import io.driftless.events.ResourceId;
import io.driftless.redact.Redaction;
import io.driftless.redact.SealKey;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// The client against a real API server, where one is given by `DRIFTLESS_TEST_KUBECONFIG`.
@EnabledIfEnvironmentVariable(named = "DRIFTLESS_TEST_KUBECONFIG", matches = ".+")
class KubernetesClusterTest {
    private static final GroupKind CONFIG_MAP = new GroupKind("", "ConfigMap");
    private static final String NEEDLE = "argocd.argoproj.io/tracking-id";
    private static Vertx vertx;
    private static ConnectedClusters clusters;
    private static String namespace;

    @BeforeAll
    static void connect() throws IOException {
        vertx = Vertx.vertx();
        namespace = "t" + Long.toString(System.nanoTime(), 36);
        String kubeconfig = System.getenv("DRIFTLESS_TEST_KUBECONFIG");
        clusters = ConnectedClusters.ofKubeconfig(vertx, Path.of("" + kubeconfig), null, namespace);
        clusters.controlPlane().create(json("""
                {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"%s"}}""".formatted(namespace)), "test", false);
    }

    @AfterAll
    static void disconnect() {
        clusters.close();
        vertx.close();
    }

    @Test
    void kindsAreFoundByDiscovery() {
        assertThat(clusters.controlPlane().kind(new GroupKind("apps", "Deployment")))
                .hasValueSatisfying(kind -> {
                    assertThat(kind.apiVersion()).isEqualTo("apps/v1");
                    assertThat(kind.plural()).isEqualTo("deployments");
                    assertThat(kind.namespaced()).isTrue();
                    assertThat(kind.watchable()).isTrue();
                });
        assertThat(clusters.controlPlane().kind(new GroupKind("no.such", "Thing")))
                .isEmpty();
    }

    @Test
    void objectsAreAppliedReadPatchedAndDeletedWithPreconditions() throws IOException {
        Cluster cluster = clusters.controlPlane();
        ResourceId id = new ResourceId("", "ConfigMap", namespace, "a");

        JsonNode applied = cluster.apply(map("a", "", "1"), new Cluster.Apply("argocd-controller", true, false));
        cluster.mergePatch(id, null, "", json("{\"data\":{\"k\":\"2\"}}"));

        assertThat(cluster.get(id, null).orElseThrow().at("/data/k").asText()).isEqualTo("2");
        String stale = applied.at("/metadata/resourceVersion").asText();
        assertThatThrownBy(() -> cluster.delete(id, null, new Cluster.Delete(null, stale, "Background", false)))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.conflict()).isTrue());
        assertThat(cluster.delete(id, null, new Cluster.Delete(null, null, "Background", false)))
                .isTrue();
        assertThat(cluster.delete(id, null, new Cluster.Delete(null, null, "Background", false)))
                .isFalse();
        assertThat(cluster.get(id, null)).isEmpty();
    }

    /// A finalizer keeps the pod there, so that the grace it was given can be seen.
    @Test
    void aPodCanBeDeletedWithoutGrace() throws IOException {
        Cluster cluster = clusters.controlPlane();
        ResourceId pod = new ResourceId("", "Pod", namespace, "held");
        cluster.apply(json("""
                        {"apiVersion":"v1","kind":"Pod",
                         "metadata":{"name":"held","namespace":"%s","finalizers":["example.com/hold"]},
                         "spec":{"nodeName":"node","terminationGracePeriodSeconds":600,
                           "containers":[{"name":"main","image":"x"}]}}
                        """.formatted(namespace)), new Cluster.Apply("argocd-controller", true, false));
        cluster.delete(pod, null, new Cluster.Delete(null, null, "Background", false, 0));

        assertThat(cluster.get(pod, null)
                        .orElseThrow()
                        .at("/metadata/deletionGracePeriodSeconds")
                        .asInt(-1))
                .isZero();
        cluster.mergePatch(pod, null, "", json("{\"metadata\":{\"finalizers\":null}}"));
        assertThat(cluster.get(pod, null)).isEmpty();
    }

    @Test
    void aWatchTellsTheStateAndThenEveryChangeOfTrackedObjects() throws IOException {
        Cluster cluster = clusters.controlPlane();
        Cluster.Apply apply = new Cluster.Apply("argocd-controller", true, false);
        cluster.apply(map("w1", "\"annotations\":{\"" + NEEDLE + "\":\"x\"},", "1"), apply);
        cluster.apply(map("w2", "", "1"), apply);
        Seen seen = new Seen();

        try (Cluster.Watch watch = cluster.watch(new WatchRequest(CONFIG_MAP, namespace, NEEDLE, ""), seen)) {
            await().until(() -> seen.texts.contains("listed [w1]"));
            cluster.apply(map("w2", "", "2"), apply);
            cluster.apply(map("w3", "\"annotations\":{\"" + NEEDLE + "\":\"x\"},", "1"), apply);
            cluster.apply(map("w3", "", "1"), apply);
            cluster.delete(
                    new ResourceId("", "ConfigMap", namespace, "w1"),
                    null,
                    new Cluster.Delete(null, null, "Background", false));
            await().until(() -> seen.texts.contains("DELETED w1"));
        }

        assertThat(seen.texts).containsExactly("listed [w1]", "ADDED w3", "MODIFIED w3", "DELETED w1");
    }

    @Test
    void theSealKeyIsMadeOnceAndShared() throws IOException {
        JsonNode secret = json("{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"data\":{\"p\":\"b2xk\"}}");

        JsonNode first = new Redaction(SealKey.load(clusters.controlPlane(), namespace)).redact(secret);

        assertThat(new Redaction(SealKey.load(clusters.controlPlane(), namespace)).redact(secret))
                .isEqualTo(first);
    }

    @Test
    void aRefusedSecretDoesNotQuoteItsValue() throws IOException {
        JsonNode secret = json("""
                {"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"%s"},"data":{"p":8472946}}""".formatted(namespace));

        assertThatThrownBy(() -> clusters.controlPlane().apply(secret, new Cluster.Apply("m", true, false)))
                .isInstanceOf(ApiException.class)
                .hasMessageNotContaining("8472946");
    }

    private static JsonNode map(String name, String metadata, String value) throws IOException {
        return json("""
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{%s"name":"%s","namespace":"%s"},"data":{"k":"%s"}}""".formatted(metadata, name, namespace, value));
    }

    private static JsonNode json(String text) throws IOException {
        return ApiConnection.JSON.readTree(text);
    }

    private static final class Seen implements WatchHandler {
        private final List<String> texts = new CopyOnWriteArrayList<>();

        @Override
        public void listed(List<JsonNode> objects) {
            texts.add("listed "
                    + objects.stream().map(o -> o.at("/metadata/name").asText()).toList());
        }

        @Override
        public void changed(Change change, JsonNode object) {
            texts.add(change + " " + object.at("/metadata/name").asText());
        }
    }
}
