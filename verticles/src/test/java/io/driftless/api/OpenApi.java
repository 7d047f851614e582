package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.auth.AuthMode;
import io.driftless.events.ApplicationName;
import io.driftless.events.Event;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// An API that lets everybody in, on a cluster and topics in memory, and requests to it.
abstract class OpenApi {
    static final ApplicationName APP = new ApplicationName("argocd", "app");
    static final String BODY = """
            {"metadata":{"name":"app","labels":{"team":"a"}},"spec":{"project":"default",
            "source":{"repoURL":"https://git.example/r.git","path":"."},
            "destination":{"server":"https://kubernetes.default.svc","namespace":"web"}}}
            """;

    /// Longer than any request of these tests may take.
    static final Duration FOREVER = Duration.ofMinutes(10);
    static final ObjectMapper JSON = new ObjectMapper();
    final Vertx vertx = Vertx.vertx();
    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final MemoryEvents events = new MemoryEvents();
    final MemoryCluster cluster = new MemoryCluster();
    final List<Publication> published = new CopyOnWriteArrayList<>();
    volatile Future<Void> broker = Future.succeededFuture();
    volatile boolean healthy = true;
    ApiStage api;
    Door door;

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

    void say(Event event) {
        events.say(event, "chain");
    }

    Event event(int index) {
        return Objects.requireNonNull(published.get(index).event());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest.Builder request = request(path);
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.method(method, BodyPublishers.ofString(body)).header("Content-Type", "application/json");
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }

    String raw(String request) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", door.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
