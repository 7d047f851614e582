package io.driftless.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.api.GrpcClient.Reply;
import io.driftless.auth.AuthMode;
import io.driftless.events.ResourceId;
import io.driftless.http.Door;
import io.driftless.http.SelfSigned;
import io.driftless.proto.MethodType;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The same methods through gRPC, gRPC-Web and REST, for callers with accounts.
class DoorsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String APP = "application.ApplicationService/";
    private final Vertx vertx = Vertx.vertx();
    private final MemoryCluster cluster = new MemoryCluster();
    private ApiStage api;
    private Door door;
    private String password;

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

    @Test
    void everyDoorAnswersTheSame() throws Exception {
        String token = token();
        GrpcClient grpc = grpc().with("token", token);
        String query = "{\"name\":\"mine\"}";

        JsonNode native2 = grpc.call(APP + "Get", query).messages().getFirst();
        assertThat(native2.at("/spec/project").asText()).isEqualTo("team");
        for (HttpVersion version : List.of(HttpVersion.HTTP_1_1, HttpVersion.HTTP_2)) {
            GrpcClient web = new GrpcClient(vertx, door.port(), version).with("authorization", "Bearer " + token);
            assertThat(web.web(APP + "Get", query, false).messages()).containsExactly(native2);
            Reply text = web.web(APP + "Get", query, true);
            assertThat(text.messages()).containsExactly(native2);
            assertThat(text.status()).isZero();
        }
        assertThat(JSON.readTree(rest("GET", "/api/v1/applications/mine", token, "")
                                .body())
                        .at("/spec"))
                .isEqualTo(native2.path("spec"));
        HttpRequest cookie = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + door.port() + "/api/v1/applications/mine"))
                .header("Cookie", "argocd.token=" + token)
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(cookie, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aLoginSetsACookieThatScriptsCannotRead() throws Exception {
        HttpResponse<String> login =
                rest("POST", "/api/v1/session", "", "{\"username\":\"admin\",\"password\":\"" + password + "\"}");
        assertThat(login.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("argocd.token=")
                .contains("HttpOnly", "SameSite=Lax")
                .doesNotContain("Secure");
    }

    @Test
    void strangersAreToldToLogIn() throws Exception {
        for (String token : new String[] {"", "x", "e30.e30.", token() + "x"}) {
            Reply reply = grpc().with("token", token).call(APP + "List", "{}");
            assertThat(reply.status()).isEqualTo(16);
            assertThat(reply.messages()).isEmpty();
            assertThat(rest("GET", "/api/v1/applications", token, "").statusCode())
                    .isEqualTo(401);
            assertThat(rest("GET", "/api/v1/events", token, "").statusCode()).isEqualTo(401);
            assertThat(rest("GET", "/api/v1/applications/mine/differences", token, "")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(rest("GET", "/api/v1/stream/applications", token, "").statusCode())
                    .isEqualTo(401);
        }
        assertThat(grpc().call("session.SessionService/GetUserInfo", "{}")
                        .messages()
                        .getFirst())
                .isEqualTo(JSON.readTree("{}"));
        assertThat(grpc().call("version.VersionService/Version", "{}")
                        .messages()
                        .getFirst()
                        .size())
                .isEqualTo(1);
    }

    @Test
    void everyMethodButTheOpenOnesIsClosedToStrangersAtEveryDoor() throws Exception {
        Set<String> open = Set.of(
                "session.SessionService/Create",
                "session.SessionService/Delete",
                "session.SessionService/GetUserInfo",
                "version.VersionService/Version",
                "cluster.SettingsService/Get");
        for (MethodType method : GrpcClient.SCHEMA.methods()) {
            if (open.contains(method.path())) {
                continue;
            }
            assertThat(grpc().call(method.path(), "{}").status())
                    .as(method.path())
                    .isEqualTo(16);
            for (MethodType.Binding binding : method.bindings()) {
                String path = binding.template().replaceAll("\\{[^}]*}", "x");
                assertThat(rest(binding.verb(), path, "", "{}").statusCode())
                        .as(binding.verb() + ' ' + path)
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void whatMayNotBeSeenLooksLikeWhatDoesNotExist() throws Exception {
        GrpcClient dev = grpc().with("token", apiKey("dev"));
        for (String method : List.of("Get", "Sync", "Delete")) {
            Reply forbidden = dev.call(APP + method, "{\"name\":\"theirs\"}");
            assertThat(forbidden.status()).isEqualTo(7);
            assertThat(dev.call(APP + method, "{\"name\":\"nowhere\"}")).isEqualTo(forbidden);
        }
        assertThat(dev.call(APP + "Sync", "{\"name\":\"mine\"}").message())
                .isEqualTo("permission denied: applications, sync, team/mine, sub: dev");
        assertThat(dev.call(APP + "List", "{}").messages().getFirst().at("/items"))
                .hasSize(1);
    }

    @Test
    void anUpdateNeedsTheRightOnWhatTheApplicationBecomesToo() throws Exception {
        String token = apiKey("dev");
        String moved = application("mine", "other")
                .replace("\"apiVersion\":\"argoproj.io/v1alpha1\",\"kind\":\"Application\",", "");
        assertThat(rest("PUT", "/api/v1/applications/mine", token, moved).statusCode())
                .isEqualTo(403);
        String patch = "{\"patch\":\"{\\\"spec\\\":{\\\"project\\\":\\\"other\\\"}}\",\"patchType\":\"merge\"}";
        assertThat(rest("PATCH", "/api/v1/applications/mine", token, patch).statusCode())
                .isEqualTo(403);
        String spec = JSON.readTree(application("mine", "other")).path("spec").toString();
        assertThat(rest("PUT", "/api/v1/applications/mine/spec", token, spec).statusCode())
                .isEqualTo(403);
        String step =
                "{\"patch\":\"[{\\\"op\\\":\\\"replace\\\",\\\"path\\\":\\\"/spec/source/path\\\",\\\"value\\\":\\\"b\\\"}]\","
                        + "\"patchType\":\"json\"}";
        assertThat(JSON.readTree(rest("PATCH", "/api/v1/applications/mine", token, step)
                                .body())
                        .at("/spec/source/path")
                        .asText())
                .isEqualTo("b");
    }

    @Test
    void aChangedPolicyCountsFromTheNextCall() throws Exception {
        GrpcClient ci = grpc().with("token", apiKey("ci"));
        assertThat(ci.call(APP + "List", "{}").messages().getFirst().path("items"))
                .isEmpty();
        ObjectNode config = cluster.get(new ResourceId("", "ConfigMap", "argocd", "argocd-rbac-cm"), null)
                .orElseThrow()
                .deepCopy();
        config.withObjectProperty("data").put("policy.csv", "p, ci, applications, get, */*, allow");
        cluster.replace(config, "test");
        assertThat(ci.call(APP + "List", "{}").messages().getFirst().path("items"))
                .hasSize(2);
    }

    @Test
    void requestsThatCannotBeServedAreRefusedByName() throws Exception {
        GrpcClient grpc = grpc().with("token", token());
        MethodType get = GrpcClient.SCHEMA.method(APP + "Get");
        assertThat(grpc.send("no.Service/Method", "application/grpc", GrpcClient.framed(0, new byte[0]), get)
                        .status())
                .isEqualTo(12);
        assertThat(grpc.call("applicationset.ApplicationSetService/Watch", "{}").message())
                .isEqualTo("method applicationset.ApplicationSetService/Watch is not supported yet");
        byte[] notUtf8 = HexFormat.of().parseHex("0a02c328");
        assertThat(grpc.send(APP + "Get", "application/grpc", GrpcClient.framed(0, notUtf8), get)
                        .status())
                .isEqualTo(3);
        assertThat(grpc.send(APP + "Get", "application/grpc", new byte[0], get).status())
                .isEqualTo(3);
        assertThat(grpc.send(APP + "Get", "application/grpc", GrpcClient.framed(1, new byte[9]), get)
                        .status())
                .isEqualTo(12);
        assertThat(grpc.send(APP + "Get", "application/grpc", GrpcClient.framed(0, new byte[200_000]), get)
                        .status())
                .isEqualTo(8);
        assertThat(new GrpcClient(vertx, door.port(), HttpVersion.HTTP_1_1)
                        .send(APP + "Get", "application/grpc", GrpcClient.framed(0, new byte[0]), get)
                        .http())
                .isEqualTo(415);
        assertThat(grpc.call(APP + "Get", "{\"name\":\"mine\"}").status()).isZero();
    }

    @Test
    void aStreamEndsWhenTheTimeOfTheCallerIsOver() throws Exception {
        Reply watched = grpc().with("token", token())
                .with("grpc-timeout", "700m")
                .call(APP + "Watch", "{\"projects\":[\"team\"]}");
        assertThat(watched.status()).isEqualTo(4);
        assertThat(watched.messages()).hasSize(1);
        assertThat(watched.messages().getFirst().path("type").asText()).isEqualTo("ADDED");
    }

    @Test
    void aWatchTellsOfWhatHappensAndKeepsToWhatMayBeSeen() throws Exception {
        GrpcClient dev = grpc().with("token", apiKey("dev")).with("grpc-timeout", "3S");
        CompletableFuture<Reply> watch = CompletableFuture.supplyAsync(() -> {
            try {
                return dev.call(APP + "Watch", "{}");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> metrics().contains("driftless_http_streams 1"));
        create(application("also-mine", "team"));
        create(application("also-theirs", "other"));
        assertThat(watch.get().messages())
                .extracting(event -> event.at("/application/metadata/name").asText())
                .containsExactly("mine", "also-mine");
    }

    @Test
    void fieldsTrimAnAnswer() throws Exception {
        String token = token();
        assertThat(JSON.readTree(rest("GET", "/api/v1/applications?fields=items.metadata.name", token, "")
                        .body()))
                .isEqualTo(JSON.readTree(
                        "{\"items\":[{\"metadata\":{\"name\":\"mine\"}},{\"metadata\":{\"name\":\"theirs\"}}]}"));
        assertThat(JSON.readTree(rest("GET", "/api/v1/applications/mine?fields=-spec,metadata", token, "")
                                .body())
                        .has("spec"))
                .isFalse();
    }

    @Test
    void everySpellingOfAPathMeetsTheSameRights() throws Exception {
        String token = apiKey("dev");
        for (String path : List.of(
                "/api/v1/applications/theirs",
                "/api/v1/applications/%74heirs",
                "/api/v1//applications/theirs",
                "/api/v1/applications/mine/../theirs",
                "/api/v1/applications/mine/%2e%2e/theirs",
                "/api/v1/applications/theirs;x=y",
                "/api/v1/applications/mine%2f..%2ftheirs")) {
            assertThat(rest("GET", path, token, "").statusCode()).as(path).isIn(400, 403, 404, 501);
        }
    }

    @Test
    void projectsAreCheckedBeforeTheyAreWrittenAndTheirTokensWork() throws Exception {
        String token = token();
        String project = """
                {"upsert":true,"project":{"metadata":{"name":"team"},"spec":{"sourceRepos":["*"],"roles":[{"name":"ci","policies":["%s"]}]}}}
                """;
        assertThat(rest(
                                "POST",
                                "/api/v1/projects",
                                token,
                                project.formatted("p, role:admin, applications, get, */*, allow"))
                        .body())
                .contains("its subject must be proj:team:ci");
        String good = project.formatted("p, proj:team:ci, applications, get, team/*, allow");
        assertThat(rest("POST", "/api/v1/projects", token, good).statusCode()).isEqualTo(200);
        JsonNode made = JSON.readTree(
                rest("POST", "/api/v1/projects/team/roles/ci/token", token, "{\"expiresIn\":60,\"id\":\"t\"}")
                        .body());
        String role = made.path("token").asText();
        assertThat(rest("GET", "/api/v1/applications/mine", role, "").statusCode())
                .isEqualTo(200);
        assertThat(rest("GET", "/api/v1/applications/theirs", role, "").statusCode())
                .isEqualTo(403);
        assertThat(rest("DELETE", "/api/v1/projects/team/roles/ci/token/1?id=t", token, "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(rest("GET", "/api/v1/applications/mine", role, "").statusCode())
                .isEqualTo(401);
        assertThat(rest("DELETE", "/api/v1/projects/team", token, "").body()).contains("referenced by 1 applications");
        assertThat(rest("DELETE", "/api/v1/projects/default", token, "").statusCode())
                .isEqualTo(400);
    }

    @Test
    void theSamePortSpeaksTlsWithHttp2() {
        Door secure = Door.open(
                        vertx,
                        "127.0.0.1",
                        0,
                        SelfSigned.make(List.of("localhost"), Instant.now()),
                        List.of(api::mount))
                .await();
        var client = vertx.createHttpClient(new io.vertx.core.http.HttpClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2));
        var response = client.request(io.vertx.core.http.HttpMethod.GET, secure.port(), "127.0.0.1", "/api/version")
                .compose(request -> request.send())
                .await();
        assertThat(response.version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(response.statusCode()).isEqualTo(200);
        for (String origin : List.of("https://127.0.0.1:" + secure.port(), "https://evil.example")) {
            var login = client.request(
                            io.vertx.core.http.HttpMethod.POST, secure.port(), "127.0.0.1", "/api/v1/session")
                    .compose(request -> request.putHeader("Content-Type", "application/json")
                            .putHeader("Origin", origin)
                            .send("{}"))
                    .await();
            assertThat(login.statusCode()).as(origin).isEqualTo(origin.contains("evil") ? 403 : 401);
        }
    }

    private String metrics() throws Exception {
        return rest("GET", "/metrics", "", "").body();
    }

    private GrpcClient grpc() {
        return new GrpcClient(vertx, door.port(), HttpVersion.HTTP_2);
    }

    private String token() throws Exception {
        return grpc().call(
                        "session.SessionService/Create", "{\"username\":\"admin\",\"password\":\"" + password + "\"}")
                .messages()
                .getFirst()
                .path("token")
                .asText();
    }

    private String apiKey(String account) throws Exception {
        return grpc().with("token", token())
                .call("account.AccountService/CreateToken", "{\"name\":\"" + account + "\"}")
                .messages()
                .getFirst()
                .path("token")
                .asText();
    }

    private HttpResponse<String> rest(String verb, String path, String token, String body) throws Exception {
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

    private void create(String json) throws Exception {
        cluster.create(JSON.readTree(json), "test", false);
    }

    private static String application(String name, String project) {
        return "{\"apiVersion\":\"argoproj.io/v1alpha1\",\"kind\":\"Application\",\"metadata\":{\"name\":\"" + name
                + "\",\"namespace\":\"argocd\"},\"spec\":{\"project\":\"" + project
                + "\",\"source\":{\"repoURL\":\"https://git.example/r.git\",\"path\":\".\"},"
                + "\"destination\":{\"server\":\"https://kubernetes.default.svc\",\"namespace\":\"web\"}}}";
    }
}
