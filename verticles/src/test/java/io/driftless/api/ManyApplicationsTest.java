package io.driftless.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.auth.AuthMode;
import io.driftless.cluster.Cluster.Delete;
import io.driftless.events.ApplicationName;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;
import io.driftless.events.ResourceId;
import io.driftless.events.SyncStatus;
import io.driftless.http.Door;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The API over many Applications: pages, parts of names, what watchers learn and when they are cut off.
class ManyApplicationsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final MemoryEvents events = new MemoryEvents();
    private final MemoryCluster cluster = new MemoryCluster();
    private ApiStage api;
    private Door door;

    @BeforeEach
    void start() {
        api = new ApiStage(
                ApiConfig.of("argocd", AuthMode.NONE),
                new ApiStage.Surroundings(
                        cluster,
                        server -> cluster,
                        events,
                        new MemorySources(),
                        publication -> Future.succeededFuture(),
                        () -> new HealthReport(true, Map.of()),
                        List.of()));
        api.start();
        door = Door.open(vertx, "127.0.0.1", 0, List.of(api::mount)).await();
    }

    @AfterEach
    void stop() {
        api.close();
        vertx.close().await();
    }

    private static ObjectNode application(int number, String padding) {
        ObjectNode application = JsonNodeFactory.instance.objectNode();
        application.put("apiVersion", "argoproj.io/v1alpha1").put("kind", "Application");
        ObjectNode metadata = application.putObject("metadata");
        metadata.put("namespace", "argocd").put("name", "app-%04d".formatted(number));
        metadata.putObject("annotations").put("padding", padding);
        ObjectNode spec = application.putObject("spec").put("project", "team-" + number % 3);
        spec.putObject("source").put("repoURL", "https://git.example/r").put("path", ".");
        spec.putObject("destination").put("server", "https://a").put("namespace", "x");
        ObjectNode status = application.putObject("status");
        status.putObject("sync").put("status", number % 2 == 0 ? "Synced" : "OutOfSync");
        return application;
    }

    private void create(int count) {
        for (int i = 0; i < count; i++) {
            cluster.create(application(i, ""), "test", false);
        }
    }

    private void replace(ObjectNode application) {
        String name = application.at("/metadata/name").asText();
        ResourceId id = ResourceId.of("argoproj.io/v1alpha1", "Application", "argocd", name);
        String version = cluster.get(id, null)
                .orElseThrow()
                .at("/metadata/resourceVersion")
                .asText();
        application.withObjectProperty("metadata").put("resourceVersion", version);
        cluster.replace(application, "test");
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return ((ObjectNode) JSON.readTree(answer.body())).put("code", answer.statusCode());
    }

    private static List<String> names(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.path("items").forEach(item -> names.add(item.at("/metadata/name").asText()));
        return names;
    }

    private List<String> allPages(String query) throws Exception {
        List<String> names = new ArrayList<>();
        String more = "";
        do {
            JsonNode page = get("/api/v1/applications?" + query + "&continue=" + more);
            assertThat(page.path("items").size()).isBetween(1, 7);
            names.addAll(names(page));
            more = page.at("/metadata/continue").asText();
        } while (!more.isEmpty());
        return names;
    }

    @Test
    void pagesTogetherAreTheWholeListInEveryOrder() throws Exception {
        create(50);
        List<String> all = names(get("/api/v1/applications"));
        assertThat(all).hasSize(50).isSorted();
        assertThat(allPages("limit=7")).isEqualTo(all);
        assertThat(allPages("limit=7&sort=name")).isEqualTo(all);
        assertThat(allPages("limit=7&sort=-name")).isEqualTo(all.reversed());
        assertThat(allPages("limit=7&sort=sync")).containsExactlyInAnyOrderElementsOf(all);
        assertThat(allPages("limit=7&sort=-project&projects=team-1")).hasSize(17);
    }

    @Test
    void aPageGoesOnBehindTheLastOneThoughItIsGone() throws Exception {
        create(10);
        JsonNode page = get("/api/v1/applications?limit=4");
        cluster.delete(
                ResourceId.of("argoproj.io/v1alpha1", "Application", "argocd", "app-0003"),
                null,
                new Delete(null, null, "Background", false));
        assertThat(names(get("/api/v1/applications?limit=4&continue="
                        + page.at("/metadata/continue").asText())))
                .containsExactly("app-0004", "app-0005", "app-0006", "app-0007");
    }

    @Test
    void partsOfNamesAreFound() throws Exception {
        create(120);
        assertThat(names(get("/api/v1/applications?q=011")))
                .containsExactly(
                        "app-0011",
                        "app-0110",
                        "app-0111",
                        "app-0112",
                        "app-0113",
                        "app-0114",
                        "app-0115",
                        "app-0116",
                        "app-0117",
                        "app-0118",
                        "app-0119");
        assertThat(names(get("/api/v1/applications?q=99"))).containsExactly("app-0099");
        assertThat(names(get("/api/v1/applications?q=APP-0001"))).containsExactly("app-0001");
        assertThat(names(get("/api/v1/applications?q=nowhere"))).isEmpty();
        assertThat(names(get("/api/v1/applications?q=app&projects=team-0&limit=2")))
                .containsExactly("app-0000", "app-0003");
    }

    @Test
    void parametersThatAreWrongAreNamed() throws Exception {
        assertThat(get("/api/v1/applications?limit=-1").path("code").asInt()).isEqualTo(400);
        assertThat(get("/api/v1/applications?sort=colour").path("message").asText())
                .contains("sort must be one of created, health, name");
        assertThat(get("/api/v1/applications?limit=2&continue=%25%25")
                        .path("message")
                        .asText())
                .contains("parameter continue");
        assertThat(get("/api/v1/applications?limit=1&continue=bmFtZQ")
                        .path("code")
                        .asInt())
                .isEqualTo(400);
    }

    @Test
    void aComparisonIsShownBeforeTheResourceSaysIt() throws Exception {
        create(2);
        ApplicationName name = new ApplicationName("argocd", "app-0000");
        events.say(
                new ApplicationCompared(
                        name,
                        1,
                        "abc",
                        "d",
                        "https://a",
                        SyncStatus.OUT_OF_SYNC,
                        Health.of(HealthStatus.DEGRADED),
                        List.of(),
                        null),
                "chain");
        await().untilAsserted(() -> {
            JsonNode shown = get("/api/v1/applications/app-0000");
            assertThat(shown.at("/status/sync/status").asText()).isEqualTo("OutOfSync");
            assertThat(shown.at("/status/sync/revision").asText()).isEqualTo("abc");
            assertThat(shown.at("/status/health/status").asText()).isEqualTo("Degraded");
        });
        ObjectNode later = application(0, "");
        later.withObjectProperty("status").put("reconciledAt", "2026-01-01T00:00:00Z");
        replace(later);
        assertThat(get("/api/v1/applications/app-0000")
                        .at("/status/sync/status")
                        .asText())
                .isEqualTo("Synced");
    }

    @Test
    void aWatcherThatDoesNotKeepUpIsToldWhyAndDropped() throws Exception {
        int many = ApplicationClient.MOST_WAITING + 1_000;
        create(many);
        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(4_096);
            slow.setSoTimeout(20_000);
            slow.connect(new InetSocketAddress("127.0.0.1", door.port()));
            slow.getOutputStream()
                    .write("GET /api/v1/stream/applications?resourceVersion=1 HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(UTF_8));
            BufferedReader in = new BufferedReader(new InputStreamReader(slow.getInputStream(), UTF_8));
            assertThat(in.readLine()).contains("200");
            String padding = "x".repeat(8_000);
            for (int i = 0; i < many; i++) {
                replace(application(i, padding));
            }
            assertThat(lastLine(in)).contains("\"http_code\":429", ApplicationClient.TOO_SLOW);
        }
    }

    private static String lastLine(BufferedReader in) throws IOException {
        String last = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            last = line.startsWith("{") ? line : last;
        }
        return last;
    }
}
