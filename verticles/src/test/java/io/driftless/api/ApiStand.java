package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.api.GrpcClient.Reply;
import io.driftless.auth.AuthMode;
import io.driftless.http.Door;
import io.driftless.stage.Publication;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/// The API on a cluster in memory, asked over gRPC and REST.
final class ApiStand implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    final Vertx vertx = Vertx.vertx();
    final MemoryCluster cluster = new MemoryCluster();
    /// The commands that were said.
    final List<Publication> published = new CopyOnWriteArrayList<>();

    final MemoryEvents events = new MemoryEvents();
    /// Of an upgrade to HTTP/2 with a long answer the JDK's client takes some of the answer for frames, now and then.
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicReference<String> token = new AtomicReference<>("");
    private ApiStage api;
    private Door door;

    /// What REST answered.
    record Answer(int status, JsonNode body) {}

    /// To be called once what has to be there is there.
    ApiStand start(AuthMode auth) {
        return start(auth, 50);
    }

    /// @param maxStreams how many streams may be open at once
    ApiStand start(AuthMode auth, int maxStreams) {
        return start(auth, maxStreams, Duration.ofSeconds(5), Duration.ofSeconds(60));
    }

    /// @param patience how long a refresh waits
    /// @param slowest how long a stream's client may take nothing
    ApiStand start(AuthMode auth, int maxStreams, Duration patience, Duration slowest) {
        api = new ApiStage(
                new ApiConfig(
                        "argocd",
                        Set.of(),
                        100_000,
                        maxStreams,
                        patience,
                        Duration.ofMillis(200),
                        slowest,
                        5,
                        1_000_000,
                        "v0.1.0+driftless",
                        auth),
                new ApiStage.Surroundings(
                        cluster,
                        server -> cluster,
                        events,
                        new MemorySources(),
                        publication -> {
                            published.add(publication);
                            return Future.succeededFuture();
                        },
                        () -> new HealthReport(true, Map.of()),
                        List.of()));
        api.start();
        door = Door.open(vertx, "127.0.0.1", 0, List.of(api::mount)).await();
        return this;
    }

    JsonNode create(String json) throws Exception {
        return cluster.create(JSON.readTree(json), "test", false);
    }

    ApiStage api() {
        return api;
    }

    int port() {
        return door.port();
    }

    /// The password that was made for `admin`.
    String password() {
        JsonNode secret = cluster.get(
                        new io.driftless.events.ResourceId("", "Secret", "argocd", "argocd-initial-admin-secret"), null)
                .orElseThrow();
        return new String(Base64.getDecoder().decode(secret.at("/data/password").asText()), StandardCharsets.UTF_8);
    }

    /// Later calls are made with this token; empty for none.
    void as(String bearer) {
        token.set(bearer);
    }

    String login(String user, String password) throws Exception {
        return rest("POST", "/api/v1/session", "{\"username\":\"" + user + "\",\"password\":\"" + password + "\"}")
                .body()
                .path("token")
                .asText();
    }

    Reply grpc(String method, String request) throws Exception {
        GrpcClient client = new GrpcClient(vertx, door.port(), HttpVersion.HTTP_2);
        return (token.get().isEmpty() ? client : client.with("authorization", "Bearer " + token.get()))
                .call(method, request);
    }

    /// The one message of an answer that went well.
    JsonNode told(String method, String request) throws Exception {
        Reply reply = grpc(method, request);
        if (reply.status() != 0) {
            throw new AssertionError(method + " answered " + reply.status() + ": " + reply.message());
        }
        return reply.messages().getFirst();
    }

    Answer rest(String method, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + path));
        if (!token.get().isEmpty()) {
            request.header("Authorization", "Bearer " + token.get());
        }
        request.header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }

    @Override
    public void close() {
        door.close().await();
        api.close();
        vertx.close().await();
    }
}
