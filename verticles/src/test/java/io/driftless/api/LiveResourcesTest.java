package io.driftless.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.api.GrpcClient.Reply;
import io.driftless.auth.AuthMode;
import io.driftless.cluster.Cluster;
import io.driftless.events.ApplicationName;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.events.ResourceId;
import io.driftless.http.Door;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Logs, actions and single resources: of what the Application is known to have deployed, and nothing else.
class LiveResourcesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String APP = "application.ApplicationService/";
    private final Vertx vertx = Vertx.vertx();
    private final MemoryCluster cluster = new MemoryCluster();
    private final MemoryEvents events = new MemoryEvents();
    private ApiStage api;
    private GrpcClient grpc;
    private int port;
    /// A field: a client that nobody holds any more closes itself.
    private io.vertx.core.http.HttpClient client;

    @BeforeEach
    void start() throws Exception {
        create("""
                {"apiVersion":"argoproj.io/v1alpha1","kind":"Application","metadata":{"name":"app","namespace":"argocd"},
                 "spec":{"source":{"repoURL":"u"},"destination":{"server":"memory"}}}
                """);
        ObjectNode deployment = create("""
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"shop","uid":"d",
                 "managedFields":[{"manager":"kubectl","operation":"Update"},{"manager":"argocd-controller"}]},
                 "spec":{"selector":{"matchLabels":{"app":"web"}}}}
                """).deepCopy();
        ((ArrayNode) deployment.at("/metadata/managedFields")).remove(0);
        create("""
                {"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"web-1","namespace":"shop","uid":"r",
                 "labels":{"app":"web"},"ownerReferences":[{"kind":"Deployment","uid":"d"}]}}
                """);
        for (String[] pod : new String[][] {{"web-1-a", "r"}, {"web-1-b", "r"}, {"stranger", "x"}}) {
            create("""
                    {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","namespace":"shop","uid":"%s","labels":{"app":"web"},
                     "ownerReferences":[{"kind":"ReplicaSet","uid":"%s"}]},"spec":{"containers":[{"name":"main"}]}}
                    """.formatted(pod[0], pod[0], pod[1]));
        }
        api = new ApiStage(
                new ApiConfig(
                        "argocd",
                        Set.of(),
                        100_000,
                        50,
                        Duration.ofMillis(50),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(60),
                        5,
                        1_000_000,
                        "v0.1.0+driftless",
                        AuthMode.NONE),
                new ApiStage.Surroundings(
                        cluster,
                        server -> cluster,
                        events,
                        new MemorySources(),
                        publication -> Future.succeededFuture(),
                        () -> new HealthReport(true, Map.of()),
                        List.of()));
        api.start();
        Door door = Door.open(vertx, "127.0.0.1", 0, List.of(api::mount)).await();
        port = door.port();
        grpc = new GrpcClient(vertx, port, HttpVersion.HTTP_2);
        events.say(
                new ResourceObserved(
                        new ApplicationName("argocd", "app"),
                        "memory",
                        new ResourceId("apps", "Deployment", "shop", "web"),
                        "apps/v1",
                        "d",
                        "1",
                        deployment,
                        new Health(HealthStatus.HEALTHY, "")),
                "chain");
        ResourceId set = new ResourceId("apps", "ReplicaSet", "shop", "web-1");
        events.say(
                ApiEvents.child(set, "apps/v1", "r", new ResourceId("apps", "Deployment", "shop", "web"), "d"),
                "chain");
        events.say(ApiEvents.child(new ResourceId("", "Pod", "shop", "web-1-a"), "v1", "web-1-a", set, "r"), "chain");
        events.say(ApiEvents.child(new ResourceId("", "Pod", "shop", "web-1-b"), "v1", "web-1-b", set, "r"), "chain");
        await().until(() -> nodes(grpc.call(APP + "ResourceTree", "{\"applicationName\":\"app\"}")
                        .messages()
                        .getFirst())
                == 4);
    }

    @AfterEach
    void stop() {
        api.close();
        vertx.close().await();
    }

    @Test
    void logsComeFromThePodsThatTheApplicationOwns() throws Exception {
        Reply all = grpc.call(APP + "PodLogs", "{\"name\":\"app\",\"tailLines\":5}");
        assertThat(all.status()).isZero();
        assertThat(all.messages())
                .filteredOn(entry -> !entry.path("last").asBoolean())
                .extracting(entry -> entry.path("content").asText())
                .containsExactlyInAnyOrder(
                        "line 1 of web-1-a tail 5",
                        "line 2 of web-1-a tail 5",
                        "line 3 of web-1-a tail 5",
                        "line 1 of web-1-b tail 5",
                        "line 2 of web-1-b tail 5",
                        "line 3 of web-1-b tail 5");
        JsonNode entry = all.messages().getFirst();
        assertThat(entry.path("timeStamp").asText()).isEqualTo("2026-01-01T00:00:01Z");
        assertThat(entry.path("timeStampStr").asText()).isEqualTo("2026-01-01T00:00:01.5Z");
        assertThat(all.messages().getLast().path("last").asBoolean()).isTrue();

        assertThat(grpc.call(APP + "PodLogs", "{\"name\":\"app\",\"podName\":\"web-1-b\",\"filter\":\"LINE 2\"}")
                        .messages())
                .extracting(line -> line.path("content").asText())
                .containsExactly("line 2 of web-1-b tail -1", "");
        for (String pod : List.of("stranger", "../../x", "nothing")) {
            assertThat(grpc.call(APP + "PodLogs", "{\"name\":\"app\",\"podName\":\"" + pod + "\"}")
                            .status())
                    .as(pod)
                    .isEqualTo(5);
        }
    }

    @Test
    void logsEndWhereTheRequestSaysSo() throws Exception {
        String one = "{\"name\":\"app\",\"podName\":\"web-1-a\",\"follow\":true,";
        assertThat(grpc.call(APP + "PodLogs", one + "\"untilTime\":\"2026-01-01T01:00:02.5+01:00\"}")
                        .messages())
                .extracting(entry -> entry.path("content").asText())
                .containsExactly("line 1 of web-1-a tail -1", "line 2 of web-1-a tail -1", "");
        assertThat(grpc.call(APP + "PodLogs", one + "\"untilTime\":\"2025-12-31T00:00:00Z\"}")
                        .messages())
                .extracting(entry -> entry.path("content").asText())
                .containsExactly("");
        Reply wrong = grpc.call(APP + "PodLogs", one + "\"untilTime\":\"yesterday\"}");
        assertThat(wrong.status()).isEqualTo(3);
        assertThat(wrong.message()).contains("untilTime", "yesterday", "2026-01-31T12:00:00Z");
    }

    @Test
    void aSilentLogThatIsFollowedHasAHeadAtOnceAndSignsOfLifeThatNoReaderSees() throws Exception {
        cluster.keepSilent();
        var answer = java.net.http.HttpClient.newHttpClient()
                .send(
                        java.net.http.HttpRequest.newBuilder(java.net.URI.create(
                                        "http://127.0.0.1:" + port + "/api/v1/applications/app/logs?follow=true"))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        java.net.http.HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        try (var body = answer.body()) {
            assertThat(new String(body.readNBytes(3), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("   ");
        }
        client = vertx.createHttpClient(new io.vertx.core.http.HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
        var head = client.request(io.vertx.core.http.HttpMethod.POST, port, "127.0.0.1", "/" + APP + "PodLogs")
                .compose(request -> request.putHeader("content-type", "application/grpc")
                        .putHeader("te", "trailers")
                        .send(io.vertx.core.buffer.Buffer.buffer(
                                new byte[] {0, 0, 0, 0, 7, 10, 3, 'a', 'p', 'p', 64, 1})))
                .await(10, java.util.concurrent.TimeUnit.SECONDS);
        assertThat(head.statusCode()).isEqualTo(200);
        head.request().reset();
    }

    @Test
    void deletionByForceWaitsForNothing() throws Exception {
        String web = "\"namespace\":\"shop\",\"resourceName\":\"web\",\"group\":\"apps\",\"kind\":\"Deployment\"";
        for (String how : List.of("\"force\":true", "\"orphan\":true", "\"force\":false")) {
            assertThat(grpc.call(APP + "DeleteResource", "{\"name\":\"app\"," + web + "," + how + "}")
                            .status())
                    .isZero();
        }
        assertThat(cluster.deletions())
                .containsExactly(
                        new Cluster.Delete("d", null, "Background", false, 0),
                        new Cluster.Delete("d", null, "Orphan", false, null),
                        new Cluster.Delete("d", null, "Foreground", false, null));
    }

    @Test
    void actionsAreListedAndRefusedForWhatTheApplicationDoesNotOwn() throws Exception {
        String web = "\"namespace\":\"shop\",\"resourceName\":\"web\",\"group\":\"apps\",\"kind\":\"Deployment\"";
        assertThat(grpc.call(APP + "ListResourceActions", "{\"name\":\"app\"," + web + "}")
                        .messages()
                        .getFirst()
                        .at("/actions"))
                .extracting(action -> action.path("name").asText())
                .containsExactly("restart", "scale", "pause", "resume");
        assertThat(grpc.call(APP + "RunResourceActionV2", "{\"name\":\"app\"," + web + ",\"action\":\"explode\"}")
                        .status())
                .isEqualTo(3);
        String pod = "\"namespace\":\"shop\",\"resourceName\":\"stranger\",\"group\":\"\",\"kind\":\"Pod\"";
        for (String method :
                List.of("GetResource", "DeleteResource", "PatchResource", "ListResourceActions", "RunResourceAction")) {
            assertThat(grpc.call(APP + method, "{\"name\":\"app\"," + pod + "}").status())
                    .as(method)
                    .isEqualTo(5);
        }
        assertThat(shown(web)).contains("\"name\":\"web\"").doesNotContain("managedFields");
        assertThat(grpc.call(APP + "DeleteResource", "{\"name\":\"app\"," + web + "}")
                        .status())
                .isZero();
        assertThat(cluster.get(new ResourceId("apps", "Deployment", "shop", "web"), null))
                .isEmpty();
    }

    @Test
    void aResourceIsShownAsItIsKnownWithoutAskingItsCluster() throws Exception {
        String web = "\"namespace\":\"shop\",\"resourceName\":\"web\",\"group\":\"apps\",\"kind\":\"Deployment\"";
        cluster.delete(
                new ResourceId("apps", "Deployment", "shop", "web"),
                null,
                new Cluster.Delete(null, null, "Background", false));

        assertThat(shown(web)).contains("\"name\":\"web\"").doesNotContain("managedFields");
    }

    private String shown(String resource) throws Exception {
        return grpc.call(APP + "GetResource", "{\"name\":\"app\"," + resource + "}")
                .messages()
                .getFirst()
                .path("manifest")
                .asText();
    }

    @Test
    void aWatchedTreeIsToldAgainWhenSomethingInItChanges() throws Exception {
        var watch = java.util.concurrent.CompletableFuture.supplyAsync(() -> {
            try {
                return new GrpcClient(vertx, port, HttpVersion.HTTP_2)
                        .with("grpc-timeout", "3S")
                        .call(APP + "WatchResourceTree", "{\"applicationName\":\"app\"}");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> java.net.http.HttpClient.newHttpClient()
                .send(
                        java.net.http.HttpRequest.newBuilder(
                                        java.net.URI.create("http://127.0.0.1:" + port + "/metrics"))
                                .build(),
                        java.net.http.HttpResponse.BodyHandlers.ofString())
                .body()
                .contains("driftless_http_streams 1"));
        events.say(
                new ResourceObserved(
                        new ApplicationName("argocd", "app"),
                        "memory",
                        new ResourceId("", "Service", "shop", "web"),
                        "v1",
                        "s",
                        "2",
                        JSON.readTree("{\"metadata\":{}}"),
                        new Health(HealthStatus.HEALTHY, "")),
                "chain");
        assertThat(watch.get().messages())
                .extracting(tree -> tree.path("nodes").size())
                .containsExactly(4, 5);
    }

    private static int nodes(JsonNode tree) {
        return tree.path("nodes").size();
    }

    private JsonNode create(String json) throws Exception {
        return cluster.create(JSON.readTree(json), "test", false);
    }
}
