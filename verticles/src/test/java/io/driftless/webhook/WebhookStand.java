package io.driftless.webhook;

import io.driftless.events.PushEvent.RepositoryPushed;
import io.driftless.stage.Publication;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// The routes of webhooks on a port of their own, before a broker that does as it is told.
abstract class WebhookStand {
    static final String BEFORE = "1".repeat(40);
    static final String AFTER = "2".repeat(40);
    static final String GENERIC =
            "{\"repository\":\"https://git.example/org/repo.git\",\"ref\":\"refs/heads/main\",\"after\":\"" + AFTER
                    + "\"}";
    static final WebhookConfig SMALL =
            new WebhookConfig(200_000, 1_000_000, Duration.ofMillis(300), Duration.ofMillis(300));

    final Vertx vertx = Vertx.vertx();
    final HttpClient client = HttpClient.newHttpClient();
    final List<Publication> published = new CopyOnWriteArrayList<>();
    volatile WebhookSecrets secrets = WebhookSecrets.NONE;
    volatile Future<Void> broker = Future.succeededFuture();
    HttpServer server;

    @BeforeEach
    void start() throws Exception {
        Router router = Router.router(vertx);
        new WebhookRoutes(vertx, SMALL, () -> secrets, this::publish).mount(router);
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .await();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    Future<Void> publish(Publication publication) {
        return broker.onSuccess(acknowledged -> published.add(publication));
    }

    static String github(String flags) {
        return "{\"ref\":\"refs/heads/main\",\"before\":\"" + BEFORE + "\",\"after\":\"" + AFTER + "\"," + flags
                + "\"repository\":{\"clone_url\":\"https://github.com/Org/Repo.git\",\"ssh_url\":\"git@github.com:Org/Repo.git\","
                + "\"html_url\":\"https://github.com/Org/Repo\"},"
                + "\"commits\":[{\"added\":[\"a.yaml\"],\"modified\":[],\"removed\":[\"b.yaml\"]}]}";
    }

    static WebhookSecrets secrets(Map<String, String> data) {
        return WebhookSecrets.of(data, (name, key) -> Optional.empty());
    }

    List<RepositoryPushed> pushed() {
        return published.stream()
                .map(publication -> (RepositoryPushed) Objects.requireNonNull(publication.event()))
                .toList();
    }

    HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + "/api/webhook"))
                .timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> post(String body, String... headers) throws Exception {
        HttpRequest.Builder request = request().POST(BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static byte[] allOf(InputStream in) throws Exception {
        return in.readAllBytes();
    }
}
