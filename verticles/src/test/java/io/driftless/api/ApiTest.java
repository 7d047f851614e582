package io.driftless.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.auth.AuthMode;
import io.driftless.events.ApplicationName;
import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.CommandEvent.TerminateRequested;
import io.driftless.events.DesiredEvent.Commit;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.Event;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.OperationEvent.Phase;
import io.driftless.http.Door;
import io.driftless.stage.Publication;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiTest {
    private static final ApplicationName APP = new ApplicationName("argocd", "app");
    private static final String BODY = """
            {"metadata":{"name":"app","labels":{"team":"a"}},"spec":{"project":"default",
            "source":{"repoURL":"https://git.example/r.git","path":"."},
            "destination":{"server":"https://kubernetes.default.svc","namespace":"web"}}}
            """;
    /// Longer than any request of these tests may take.
    private static final Duration FOREVER = Duration.ofMinutes(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final MemoryEvents events = new MemoryEvents();
    private final MemoryCluster cluster = new MemoryCluster();
    private final List<Publication> published = new CopyOnWriteArrayList<>();
    private volatile Future<Void> broker = Future.succeededFuture();
    private volatile boolean healthy = true;
    private ApiStage api;
    private Door door;

    @BeforeEach
    void start() {
        ApiConfig config = new ApiConfig(
                "argocd",
                Set.of(),
                100_000,
                3,
                FOREVER,
                Duration.ofMillis(200),
                Duration.ofSeconds(60),
                5,
                1_000_000,
                "v0.1.0+driftless",
                AuthMode.NONE);
        api = new ApiStage(
                config,
                new ApiStage.Surroundings(
                        cluster,
                        server -> cluster,
                        events,
                        new MemorySources(),
                        publication -> broker.onSuccess(done -> published.add(publication)),
                        () -> new HealthReport(healthy, Map.of("drift", true)),
                        List.of(text -> text.counter("driftless_records_total", Map.of("stage", "drift"), 7))));
        api.start();
        door = Door.open(vertx, "127.0.0.1", 0, List.of(api::mount)).await();
    }

    @AfterEach
    void stop() {
        api.close();
        vertx.close().await();
    }

    @Test
    void createsListsAndGetsApplications() throws Exception {
        HttpResponse<String> created = send("POST", "/api/v1/applications", BODY);
        assertThat(created.statusCode()).isEqualTo(200);

        JsonNode list = json(get("/api/v1/applications"));
        assertThat(list.path("metadata").path("resourceVersion").asText())
                .isEqualTo(json(created).at("/metadata/resourceVersion").asText());
        assertThat(list.at("/items/0/metadata/name").asText()).isEqualTo("app");
        assertThat(json(get("/api/v1/applications?selector=team%20in%20(a,b),!x"))
                        .path("items"))
                .hasSize(1);
        assertThat(json(get("/api/v1/applications?selector=team!%3Da")).path("items"))
                .isEmpty();
        assertThat(json(get("/api/v1/applications?project=other")).path("items"))
                .isEmpty();
        assertThat(json(get("/api/v1/applications?repo=git@git.example:r")).path("items"))
                .hasSize(1);
        assertThat(json(get("/api/v1/applications/app")).at("/spec/project").asText())
                .isEqualTo("default");
    }

    @Test
    void refusesADifferentSpecUnlessUpsertIsAsked() throws Exception {
        send("POST", "/api/v1/applications", BODY);
        String other = BODY.replace("\"path\":\".\"", "\"path\":\"x\"");

        assertThat(send("POST", "/api/v1/applications", BODY).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = send("POST", "/api/v1/applications", other);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).path("code").asInt()).isEqualTo(3);
        assertThat(json(refused).path("message").asText()).contains("use upsert flag");
        assertThat(json(send("POST", "/api/v1/applications?upsert=true", other))
                        .at("/spec/source/path")
                        .asText())
                .isEqualTo("x");
    }

    @Test
    void refusesApplicationsWithoutWhatTheyNeedByName() throws Exception {
        for (String field : List.of("repoURL", "server", "name")) {
            HttpResponse<String> answer =
                    send("POST", "/api/v1/applications", BODY.replace('"' + field + '"', "\"x\""));
            assertThat(answer.statusCode()).as(field).isEqualTo(400);
            assertThat(answer.body()).contains(field.equals("name") ? "name" : field);
        }
    }

    @Test
    void deletesWithItsResourcesUnlessToldOtherwise() throws Exception {
        send("POST", "/api/v1/applications", BODY);
        assertThat(send("DELETE", "/api/v1/applications/app", null).statusCode())
                .isEqualTo(200);
        JsonNode deleting = json(get("/api/v1/applications/app"));
        assertThat(deleting.at("/metadata/finalizers/0").asText()).isEqualTo("resources-finalizer.argocd.argoproj.io");
        assertThat(deleting.at("/metadata/deletionTimestamp").asText()).isNotEmpty();

        assertThat(send("DELETE", "/api/v1/applications/app?cascade=false", null)
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> gone = get("/api/v1/applications/app");
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(json(gone).path("code").asInt()).isEqualTo(5);
    }

    @Test
    void publishesASyncAndAnswersTheApplication() throws Exception {
        send("POST", "/api/v1/applications", BODY);
        String body = """
                {"revision":"main","prune":true,"resources":[{"kind":"ConfigMap","name":"config"}],
                 "syncOptions":{"items":["Replace=true"]},
                 "retryStrategy":{"limit":2,"backoff":{"duration":"1m30s","factor":3,"maxDuration":"1h"}}}
                """;
        HttpResponse<String> unknown = send("POST", "/api/v1/applications/app/sync", body);
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("no resource /ConfigMap config");
        say(ApiEvents.compared());
        HttpResponse<String> answer =
                await().until(() -> send("POST", "/api/v1/applications/app/sync", body), a -> a.statusCode() == 200);

        assertThat(json(answer).at("/operation/sync/revision").asText()).isEqualTo("main");
        SyncRequested sync = (SyncRequested) event(0);
        assertThat(sync.id())
                .isEqualTo(answer.headers().firstValue("X-Driftless-Operation").orElseThrow());
        assertThat(sync.prune()).isTrue();
        assertThat(sync.resources()).containsExactly(ApiEvents.CONFIG);
        assertThat(Objects.requireNonNull(sync.retry()).durationMillis()).isEqualTo(90_000);
    }

    @Test
    void startsNothingWhenTheBrokerIsDown() throws Exception {
        send("POST", "/api/v1/applications", BODY);
        broker = Future.failedFuture("down");

        assertThat(send("POST", "/api/v1/applications/app/sync", "{}").statusCode())
                .isEqualTo(503);
    }

    @Test
    void x10TerminatesARunningOperationTwiceAndRefusesASecondSync() throws Exception {
        send("POST", "/api/v1/applications", BODY);
        assertThat(send("DELETE", "/api/v1/applications/app/operation", null).statusCode())
                .isEqualTo(400);
        say(operation(1, Phase.RUNNING));
        await().until(() -> send("POST", "/api/v1/applications/app/sync", "{}").statusCode() == 400);

        assertThat(send("DELETE", "/api/v1/applications/app/operation", null).statusCode())
                .isEqualTo(200);
        assertThat(published.getLast().event()).isInstanceOf(TerminateRequested.class);
        say(operation(2, Phase.TERMINATING));
        assertThat(send("DELETE", "/api/v1/applications/app/operation", null).statusCode())
                .as("what is ending already may be asked to end once more")
                .isEqualTo(200);
        say(operation(3, Phase.FAILED));
        await().until(() ->
                send("DELETE", "/api/v1/applications/app/operation", null).statusCode() == 400);
        assertThat(send("DELETE", "/api/v1/applications/app/operation", null).body())
                .contains("No operation is in progress");
    }

    private static OperationRecorded operation(long sequence, Phase phase) {
        return new OperationRecorded(
                APP,
                "u",
                "op",
                sequence,
                phase,
                "r",
                "d",
                "me",
                false,
                false,
                null,
                0,
                null,
                0,
                Instant.EPOCH,
                phase.completed() ? Instant.EPOCH : null,
                "",
                null,
                null);
    }

    @Test
    void theStrategyOfASyncIsPartOfWhatIsAsked() throws Exception {
        send("POST", "/api/v1/applications", BODY);
        send("POST", "/api/v1/applications/app/sync", "{\"strategy\":{\"apply\":{\"force\":true}}}");
        SyncRequested request = (SyncRequested) published.getLast().event();
        assertThat(request.strategy()).isEqualTo(new SyncRequested.Strategy("apply", true));
        assertThat(request.syncOptions()).isEmpty();
        assertThat(send("POST", "/api/v1/applications/app/sync", "{\"strategy\":{\"apply\":{},\"hook\":{}}}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aRefreshIsAnsweredOnceSomethingCameOfIt() throws Exception {
        send("POST", "/api/v1/applications", BODY);
        Thread pipeline = Thread.ofVirtual().start(() -> {
            await().until(() -> !published.isEmpty());
            events.say(ApiEvents.compared(), published.getFirst().chain());
        });

        assertThat(get("/api/v1/applications/app?refresh=hard").statusCode()).isEqualTo(200);
        pipeline.join();
        assertThat(get("/api/v1/applications/app?refresh=odd").statusCode()).isEqualTo(400);
    }

    @Test
    void aRefreshThatFindsNothingNewIsAnsweredByTheRenderThatStillStands() throws Exception {
        send("POST", "/api/v1/applications", BODY);
        say(ApiEvents.compared());
        Thread pipeline = Thread.ofVirtual().start(() -> {
            await().until(() -> !published.isEmpty());
            events.say(
                    new ManifestsRendered(
                            APP,
                            "u",
                            1,
                            "https://git.example/r",
                            ".",
                            "main",
                            "r",
                            "Directory",
                            new Commit("", "", 0),
                            "d",
                            List.of(),
                            List.of(),
                            0,
                            0,
                            1L),
                    published.getFirst().chain());
        });

        assertThat(get("/api/v1/applications/app?refresh=normal").statusCode()).isEqualTo(200);
        pipeline.join();
    }

    @Test
    void showsWhatAResourceIsAndWouldBe() throws Exception {
        send("POST", "/api/v1/applications", BODY);
        JsonNode live = JSON.readTree(
                "{\"metadata\":{\"name\":\"config\",\"managedFields\":[]},\"data\":{\"a\":\"2\",\"b\":\"x\"}}");
        say(new ResourceRendered(
                APP, ApiEvents.CONFIG, "v1", "d", JSON.readTree("{\"data\":{\"a\":\"1\"}}"), "c2VhbGVk", 0, List.of()));
        say(new ResourceObserved(APP, "c", ApiEvents.CONFIG, "v1", "u", "7", live, Health.of(HealthStatus.HEALTHY)));
        say(ApiEvents.compared());
        await().until(() -> json(get("/api/v1/applications/app/managed-resources"))
                        .path("items")
                        .size()
                == 1);

        JsonNode item = json(get("/api/v1/applications/app/managed-resources")).at("/items/0");
        assertThat(JSON.readTree(item.path("targetState").asText())
                        .at("/data/a")
                        .asText())
                .isEqualTo("1");
        assertThat(JSON.readTree(item.path("predictedLiveState").asText()).path("data"))
                .isEqualTo(JSON.readTree("{\"a\":\"1\"}"));
        assertThat(item.path("modified").asBoolean()).isTrue();
        JsonNode differing = json(get("/api/v1/applications/app/differences")).at("/items/0");
        assertThat(differing.path("resource").asText()).isEqualTo(ApiEvents.CONFIG.toString());
        assertThat(differing.at("/differences/0/path").asText()).isEqualTo("/data/a");
        JsonNode node = json(get("/api/v1/applications/app/resource-tree")).at("/nodes/0");
        assertThat(node.path("health").path("status").asText()).isEqualTo("Healthy");
    }

    @Test
    void streamsApplicationsAsTheyChange() throws Exception {
        send("POST", "/api/v1/applications", BODY);
        HttpResponse<Stream<String>> stream =
                client.send(request("/api/v1/stream/applications").build(), HttpResponse.BodyHandlers.ofLines());
        var lines = stream.body().iterator();
        assertThat(JSON.readTree(lines.next()).at("/result/type").asText()).isEqualTo("ADDED");

        send("POST", "/api/v1/applications?upsert=true", BODY.replace("\"path\":\".\"", "\"path\":\"y\""));
        JsonNode modified = JSON.readTree(lines.next());
        assertThat(modified.at("/result/type").asText()).isEqualTo("MODIFIED");
        assertThat(modified.at("/result/application/spec/source/path").asText()).isEqualTo("y");
        send("DELETE", "/api/v1/applications/app?cascade=false", null);
        await().until(() ->
                JSON.readTree(lines.next()).at("/result/type").asText().equals("DELETED"));
        stream.body().close();
    }

    @Test
    void keepsForeignPagesOut() throws Exception {
        assertThat(raw("GET /api/v1/applications HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(raw("GET /healthz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(client.send(
                                request("/api/v1/applications")
                                        .header("Origin", "http://127.0.0.1:1")
                                        .header("Content-Type", "application/json")
                                        .POST(BodyPublishers.ofString(BODY))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(403);
        assertThat(client.send(
                                request("/api/v1/applications")
                                        .header("Content-Type", "text/plain")
                                        .POST(BodyPublishers.ofString(BODY))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void tellsHealthVersionAndMetrics() throws Exception {
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        healthy = false;
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(json(get("/healthz")).path("status").asText()).isEqualTo("not ready");
        assertThat(json(get("/api/version")).path("Version").asText()).startsWith("v0");
        assertThat(json(get("/api/v1/session/userinfo")).path("loggedIn").asBoolean())
                .isTrue();
        assertThat(get("/metrics").body())
                .contains("driftless_records_total{stage=\"drift\"} 7", "process_cpu_seconds_total");
        HttpResponse<String> unknown = send("GET", "/api/v1/repositories/x/helmcharts", "");
        assertThat(unknown.statusCode()).isEqualTo(501);
        assertThat(json(unknown).path("code").asInt()).isEqualTo(12);
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void servesAPageThatMayLoadNothingFromElsewhere() throws Exception {
        HttpResponse<String> page = get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'");
        assertThat(page.body()).doesNotContain("http://", "https://", "onclick", "style=");
        assertThat(get("/app.js").body()).doesNotContain("innerHTML", "eval(", "document.write");
    }

    private void say(Event event) {
        events.say(event, "chain");
    }

    private Event event(int index) {
        return Objects.requireNonNull(published.get(index).event());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest.Builder request = request(path);
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.method(method, BodyPublishers.ofString(body)).header("Content-Type", "application/json");
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }

    private String raw(String request) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", door.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
