package io.driftless.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.events.PushEvent.RepositoryPushed;
import io.driftless.security.SecurityEvent;
import io.driftless.security.SecurityLines;
import io.driftless.stage.Publication;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookRoutesTest {
    private static final String BEFORE = "1".repeat(40);
    private static final String AFTER = "2".repeat(40);
    private static final String GENERIC =
            "{\"repository\":\"https://git.example/org/repo.git\",\"ref\":\"refs/heads/main\",\"after\":\"" + AFTER
                    + "\"}";
    private static final WebhookConfig SMALL =
            new WebhookConfig(200_000, 1_000_000, Duration.ofMillis(300), Duration.ofMillis(300));

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Publication> published = new CopyOnWriteArrayList<>();
    private volatile WebhookSecrets secrets = WebhookSecrets.NONE;
    private volatile Future<Void> broker = Future.succeededFuture();
    private HttpServer server;

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

    private Future<Void> publish(Publication publication) {
        return broker.onSuccess(acknowledged -> published.add(publication));
    }

    @Test
    void publishesAGenericPushOnceTheBrokerHasIt() throws Exception {
        HttpResponse<String> answer = post(GENERIC);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"accepted\":1", published.getFirst().chain());
        RepositoryPushed pushed = pushed().getFirst();
        assertThat(pushed.repository()).isEqualTo("git.example/org/repo");
        assertThat(pushed.after()).isEqualTo(AFTER);
        assertThat(pushed.changedPaths()).isNull();
    }

    @Test
    void publishesAGitHubPushForEachDistinctRepositoryItNames() throws Exception {
        HttpResponse<String> answer = post(github(""), "X-GitHub-Event", "push");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(pushed()).extracting(RepositoryPushed::repository).containsExactly("github.com/org/repo");
        assertThat(pushed().getFirst().changedPaths()).containsExactly("a.yaml", "b.yaml");
        assertThat(pushed().getFirst().before()).isEqualTo(BEFORE);
    }

    @Test
    void knowsNoChangedPathsOfAForcedGitHubPush() throws Exception {
        post(github("\"forced\":true,"), "X-GitHub-Event", "push");

        assertThat(pushed().getFirst().changedPaths()).isNull();
    }

    @Test
    void knowsNoChangedPathsWhenThereAreTooMany() throws Exception {
        StringBuilder files = new StringBuilder("\"f0\"");
        for (int i = 1; i < 1_500; i++) {
            files.append(",\"f").append(i).append('"');
        }
        post(GENERIC.replace("}", ",\"changedPaths\":[" + files + "]}"));

        assertThat(pushed().getFirst().changedPaths()).isNull();
    }

    @Test
    void takesAGitHubPushWithTheRightSignatureOnly() throws Exception {
        secrets = secrets(Map.of("webhook.github.secret", "It's a Secret to Everybody"));
        String body = github("");
        String right = "sha256=" + Signatures.hmacHex(body.getBytes(UTF_8), "It's a Secret to Everybody");

        assertThat(post(body, "X-GitHub-Event", "push").statusCode()).isEqualTo(401);
        for (String wrong : List.of(
                right.toUpperCase(java.util.Locale.ROOT),
                right.replace("sha256=", "sha1="),
                right + "0",
                "sha256=",
                "x")) {
            assertThat(post(body, "X-GitHub-Event", "push", "X-Hub-Signature-256", wrong)
                            .statusCode())
                    .isEqualTo(401);
        }
        assertThat(post(body + " ", "X-GitHub-Event", "push", "X-Hub-Signature-256", right)
                        .statusCode())
                .isEqualTo(401);
        assertThat(published).isEmpty();
        assertThat(post(body, "X-GitHub-Event", "push", "X-Hub-Signature-256", right)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void w08AndW14WhatIsUnprovenOrSaysTwoThingsIsToldToOperators() throws Exception {
        secrets = secrets(Map.of("webhook.github.secret", "h1dden"));
        try (SecurityLines heard = new SecurityLines()) {
            assertThat(post(github(""), "X-GitHub-Event", "push", "X-Hub-Signature-256", "sha256=gu3ss")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(post("{\"repository\":\"https://a/b\",\"ref\":\"refs/heads/a\",\"ref\":\"refs/heads/b\"}")
                            .statusCode())
                    .isEqualTo(400);

            assertThat(heard.of(SecurityEvent.HOOK_UNPROVEN))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("security=2 CWE=345 ")
                            .contains("from=\"127.0.0.1\"", "github"));
            assertThat(heard.of(SecurityEvent.HOOK_AMBIGUOUS))
                    .singleElement()
                    .satisfies(line ->
                            assertThat(line).startsWith("security=2 CWE=436 ").contains("from=\"127.0.0.1\"", "'ref'"));
            assertThat(heard.all().toString()).doesNotContain("h1dden", "gu3ss");
        }
    }

    @Test
    void aSecretCannotBeAvoidedByPretendingToBeAnotherProvider() throws Exception {
        secrets = secrets(Map.of("webhook.gitlab.secret", "token", "webhook.generic.secret", "other"));

        assertThat(post(GENERIC).statusCode()).isEqualTo(401);
        assertThat(post(GENERIC, "X-Gitlab-Event", "Push Hook", "X-Gitlab-Token", "other")
                        .statusCode())
                .isEqualTo(401);
        assertThat(published).isEmpty();
    }

    @Test
    void aSecretThatPointsToNothingRefusesEverything() throws Exception {
        secrets = secrets(Map.of("webhook.generic.secret", "$elsewhere:key"));

        HttpResponse<String> answer = post(GENERIC);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("argocd-secret").doesNotContain("$elsewhere");
    }

    @Test
    void readsGitLabPushesAndSystemHooks() throws Exception {
        secrets = secrets(Map.of("webhook.gitlab.secret", "token"));
        String body = "{\"event_name\":\"push\",\"ref\":\"refs/heads/main\",\"before\":\"" + BEFORE + "\",\"after\":\""
                + AFTER
                + "\",\"total_commits_count\":1,\"commits\":[{\"added\":[],\"modified\":[\"x\"],\"removed\":[]}],"
                + "\"project\":{\"git_http_url\":\"https://gitlab.example/g/p.git\",\"git_ssh_url\":\"git@gitlab.example:g/p.git\"}}";

        for (String event : List.of("Push Hook", "System Hook")) {
            assertThat(post(body, "X-Gitlab-Event", event, "X-Gitlab-Token", "token")
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(pushed()).hasSize(2).allSatisfy(push -> {
            assertThat(push.repository()).isEqualTo("gitlab.example/g/p");
            assertThat(push.changedPaths()).containsExactly("x");
        });
    }

    @Test
    void ignoresGitLabEventsThatAreNoPushSoThatTheHookStaysOn() throws Exception {
        HttpResponse<String> answer = post("{\"object_kind\":\"issue\"}", "X-Gitlab-Event", "Issue Hook");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"accepted\":0");
        assertThat(published).isEmpty();
    }

    @Test
    void answersAGitHubPingAndRefusesEventsItDoesNotKnow() throws Exception {
        assertThat(post("{\"zen\":\"x\"}", "X-GitHub-Event", "ping").statusCode())
                .isEqualTo(200);
        assertThat(post("{}", "X-GitHub-Event", "deployment").statusCode()).isEqualTo(400);
        assertThat(post("{}", "X-Event-Key", "repo:refs_changed").body()).contains("unknown provider");
        assertThat(published).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"x\"",
                "0",
                "{",
                "{}{}",
                "{\"repository\":\"https://a/b\",\"ref\":\"refs/heads/a\",\"ref\":\"refs/heads/b\"}",
                "{\"repository\":[],\"ref\":\"refs/heads/a\"}",
                "{\"repository\":null,\"ref\":\"refs/heads/a\"}",
                "{\"repository\":{},\"ref\":\"refs/heads/a\"}",
                "{\"repository\":\"https://a/b c\",\"ref\":\"refs/heads/a\"}",
                "{\"repository\":\"https://a/b\\u0000\",\"ref\":\"refs/heads/a\"}",
                "{\"repository\":\"https://a/b\",\"ref\":7}",
                "{\"repository\":\"https://a/b\",\"ref\":\"refs/heads/a\",\"after\":\"abc\"}",
                "{\"repository\":\"https://a/b\",\"ref\":\"refs/heads/a\",\"n\":1e999999999}"
            })
    void refusesWhatIsNoPayload(String body) throws Exception {
        assertThat(post(body).statusCode()).isEqualTo(400);
        assertThat(published).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main",
                "refs/heads/",
                "refs/heads/$(touch x)",
                "refs/heads/-x",
                "refs/heads/../../config",
                "refs/heads/a\\u0000b",
                "refs/heads/\\ud800",
                "refs/notes/x",
                "refs/heads/a.lock"
            })
    void refusesRefsThatGitWouldNotHave(String ref) throws Exception {
        assertThat(post("{\"repository\":\"https://a/b\",\"ref\":\"" + ref + "\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(published).isEmpty();
    }

    @Test
    void refusesHostileJsonQuickly() throws Exception {
        assertThat(post("[".repeat(100_000)).statusCode()).isEqualTo(400);
        assertThat(post("{\"a\":" + "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000) + "}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("{\"a\":" + "9".repeat(150_000) + "}").statusCode()).isEqualTo(400);
        assertThat(post(GENERIC.replace(
                                "}", ",\"r\":\"" + "x".repeat(1) + "\",\"ref2\":\"refs/" + "a".repeat(70_000) + "\"}"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(post(GENERIC.replace("heads/main", "heads/" + "a".repeat(65_536)))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void refusesInvalidUtf8() throws Exception {
        byte[] body = GENERIC.replace("main", "maiX").getBytes(UTF_8);
        for (int i = 0; i < body.length; i++) {
            if (body[i] == 'X') {
                body[i] = (byte) 0xC0;
            }
        }

        assertThat(send(request().POST(BodyPublishers.ofByteArray(body))).statusCode())
                .isEqualTo(400);
    }

    @Test
    void refusesBodiesOverTheLimitWithAndWithoutALength() throws Exception {
        byte[] large = new byte[200_001];

        assertThat(send(request().POST(BodyPublishers.ofByteArray(large))).statusCode())
                .isEqualTo(413);
        assertThat(send(request().POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))))
                        .statusCode())
                .isEqualTo(413);
        assertThat(published).isEmpty();
    }

    @Test
    void closesTheConnectionOfAnEndlessBody() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /api/webhook HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(UTF_8));
            byte[] chunk = ("10000\r\n" + "x".repeat(65_536) + "\r\n").getBytes(UTF_8);
            for (int i = 0; i < 4; i++) {
                out.write(chunk);
            }
            out.flush();

            assertThat(new String(allOf(socket.getInputStream()), UTF_8)).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void refusesABodyThatComesTooSlowly() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /api/webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{".getBytes(UTF_8));
            out.flush();

            assertThat(new String(allOf(socket.getInputStream()), UTF_8)).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void refusesCompressedBodiesAndForms() throws Exception {
        assertThat(post(GENERIC, "Content-Encoding", "gzip").statusCode()).isEqualTo(415);
        HttpResponse<String> form = post("payload=x", "Content-Type", "application/x-www-form-urlencoded");
        assertThat(form.statusCode()).isEqualTo(415);
        assertThat(form.body()).contains("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE"})
    void refusesOtherMethods(String method) throws Exception {
        HttpResponse<String> answer = send(request().method(method, BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
    }

    @Test
    void saysUnavailableWhenTheBrokerFailsOrDoesNotAnswer() throws Exception {
        broker = Future.failedFuture(new IllegalStateException("broker at secret-host is gone"));
        HttpResponse<String> failed = post(GENERIC);
        broker = io.vertx.core.Promise.<Void>promise().future();
        HttpResponse<String> silent = post(GENERIC);

        assertThat(List.of(failed.statusCode(), silent.statusCode())).containsOnly(503);
        assertThat(failed.headers().firstValue("Retry-After")).isPresent();
        assertThat(failed.body()).doesNotContain("secret-host");
        assertThat(published).isEmpty();
    }

    @Test
    void treatsARepositoryUrlAsPlainText() throws Exception {
        String body = "{\"repository\":\"https://.*\\\\.example\\\\.com/(a+)+$\",\"ref\":\"refs/heads/main\"}";

        assertThat(post(body).statusCode()).isEqualTo(200);
        assertThat(pushed().getFirst().repository()).isEqualTo(".*\\.example\\.com/(a+)+$");
    }

    private static String github(String flags) {
        return "{\"ref\":\"refs/heads/main\",\"before\":\"" + BEFORE + "\",\"after\":\"" + AFTER + "\"," + flags
                + "\"repository\":{\"clone_url\":\"https://github.com/Org/Repo.git\",\"ssh_url\":\"git@github.com:Org/Repo.git\","
                + "\"html_url\":\"https://github.com/Org/Repo\"},"
                + "\"commits\":[{\"added\":[\"a.yaml\"],\"modified\":[],\"removed\":[\"b.yaml\"]}]}";
    }

    private static WebhookSecrets secrets(Map<String, String> data) {
        return WebhookSecrets.of(data, (name, key) -> Optional.empty());
    }

    private List<RepositoryPushed> pushed() {
        return published.stream()
                .map(publication -> (RepositoryPushed) Objects.requireNonNull(publication.event()))
                .toList();
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + "/api/webhook"))
                .timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> post(String body, String... headers) throws Exception {
        HttpRequest.Builder request = request().POST(BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static byte[] allOf(InputStream in) throws Exception {
        return in.readAllBytes();
    }
}
