package io.driftless.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.auth.AuthMode;
import io.driftless.events.ResourceId;
import io.driftless.http.Door;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// An API whose callers have accounts, and ways through its doors.
abstract class GuardedApi {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String APP = "application.ApplicationService/";
    final Vertx vertx = Vertx.vertx();
    final MemoryCluster cluster = new MemoryCluster();
    ApiStage api;
    Door door;
    String password;

    @BeforeEach
    void start() throws Exception {
        create("""
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"argocd-cm","namespace":"argocd"},
                 "data":{"accounts.dev":"login, apiKey","accounts.ci":"apiKey"}}
                """);
        create("""
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"argocd-rbac-cm","namespace":"argocd"},
                 "data":{"policy.csv":"p, dev, applications, get, team/*, allow\\np, dev, applications, update, team/*, allow\\n"}}
                """);
        for (String project : List.of("team", "other")) {
            create("{\"apiVersion\":\"argoproj.io/v1alpha1\",\"kind\":\"AppProject\",\"metadata\":{\"name\":\""
                    + project
                    + "\",\"namespace\":\"argocd\"},\"spec\":{\"sourceRepos\":[\"*\"],"
                    + "\"destinations\":[{\"server\":\"*\",\"namespace\":\"*\"}]}}");
        }
        create(application("mine", "team"));
        create(application("theirs", "other"));
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
                        AuthMode.ACCOUNTS),
                new ApiStage.Surroundings(
                        cluster,
                        server -> cluster,
                        new MemoryEvents(),
                        new MemorySources(),
                        publication -> Future.succeededFuture(),
                        () -> new HealthReport(true, Map.of()),
                        List.of()));
        api.start();
        door = Door.open(vertx, "127.0.0.1", 0, List.of(api::mount)).await();
        JsonNode secret = cluster.get(new ResourceId("", "Secret", "argocd", "argocd-initial-admin-secret"), null)
                .orElseThrow();
        password = new String(
                Base64.getDecoder().decode(secret.at("/data/password").asText()), UTF_8);
    }

    @AfterEach
    void stop() {
        api.close();
        vertx.close().await();
    }

    String metrics() throws Exception {
        return rest("GET", "/metrics", "", "").body();
    }

    GrpcClient grpc() {
        return new GrpcClient(vertx, door.port(), HttpVersion.HTTP_2);
    }

    String token() throws Exception {
        return grpc().call(
                        "session.SessionService/Create", "{\"username\":\"admin\",\"password\":\"" + password + "\"}")
                .messages()
                .getFirst()
                .path("token")
                .asText();
    }

    String apiKey(String account) throws Exception {
        return grpc().with("token", token())
                .call("account.AccountService/CreateToken", "{\"name\":\"" + account + "\"}")
                .messages()
                .getFirst()
                .path("token")
                .asText();
    }

    HttpResponse<String> rest(String verb, String path, String token, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .method(
                        verb,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    void create(String json) throws Exception {
        cluster.create(JSON.readTree(json), "test", false);
    }

    static String application(String name, String project) {
        return "{\"apiVersion\":\"argoproj.io/v1alpha1\",\"kind\":\"Application\",\"metadata\":{\"name\":\"" + name
                + "\",\"namespace\":\"argocd\"},\"spec\":{\"project\":\"" + project
                + "\",\"source\":{\"repoURL\":\"https://git.example/r.git\",\"path\":\".\"},"
                + "\"destination\":{\"server\":\"https://kubernetes.default.svc\",\"namespace\":\"web\"}}}";
    }
}
