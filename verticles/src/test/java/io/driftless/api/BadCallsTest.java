package io.driftless.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.api.ApiStand.Answer;
import io.driftless.auth.AuthMode;
import io.driftless.events.ApplicationEvent.ApplicationRejected;
import io.driftless.events.Condition;
import io.driftless.events.ResourceId;
import io.driftless.security.SecurityEvent;
import io.driftless.security.SecurityLines;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Calls that are repeated, misspelt or made by those who may not. Each test is named after the inputs it plays.
class BadCallsTest {
    private static final String APPS = "/api/v1/applications";
    private static final String SETTINGS = "/api/v1/settings";
    private final HttpClient http = HttpClient.newHttpClient();
    private final ApiStand stand = new ApiStand();
    private final SecurityLines heard = new SecurityLines();

    @BeforeEach
    void declare() throws Exception {
        declare(stand);
    }

    private static void declare(ApiStand stand) throws Exception {
        stand.create("""
                {"apiVersion":"argoproj.io/v1alpha1","kind":"Application",
                 "metadata":{"name":"app","namespace":"argocd","uid":"one"},
                 "spec":{"project":"default","source":{"repoURL":"https://git.example.com/r","path":"."},
                 "destination":{"server":"https://kubernetes.default.svc","namespace":"x"}}}
                """);
    }

    @AfterEach
    void stop() {
        heard.close();
        http.close();
        stand.close();
    }

    @Test
    void r06StrangersBecomeAdministratorsByConsentAloneAndEveryPageSaysSo() throws Exception {
        config("argocd-cm", "\"users.anonymous.enabled\":\"true\"");
        config("argocd-rbac-cm", "\"policy.default\":\"role:admin\"");
        stand.start(AuthMode.ACCOUNTS);
        assertThat(stand.rest("GET", APPS, "").status()).isEqualTo(401);
        assertThat(banner()).isEmpty();
        assertThat(heard.of(SecurityEvent.STRANGERS_ADMINISTER))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("security=4 CWE=1188 "));

        change("argocd-rbac-cm", "\"policy.default\":\"role:all\",\"policy.csv\":\"g, role:all, role:admin\"");
        change("argocd-cm", "\"ui.bannercontent\":\"seen\"");
        await().until(() -> banner().equals("seen"));
        assertThat(stand.rest("DELETE", APPS + "/app", "").status()).isEqualTo(401);

        change("argocd-rbac-cm", "\"policy.default\":\"role:readonly\"");
        await().until(() -> stand.rest("GET", APPS, "").status() == 200);
        assertThat(stand.rest("DELETE", APPS + "/app", "").status()).isEqualTo(401);
        assertThat(banner()).isEqualTo("seen");

        change("argocd-rbac-cm", "\"policy.default\":\"role:admin\"");
        await().until(() -> stand.rest("GET", APPS, "").status() == 401);
        change("argocd-cm", "\"users.anonymous.admin.enabled\":\"true\"");
        await().until(() -> stand.rest("GET", APPS, "").status() == 200);
        assertThat(banner()).contains("Everybody who reaches this server is its administrator", "seen");
        assertThat(stand.rest("GET", SETTINGS, "")
                        .body()
                        .path("uiBannerPermanent")
                        .asBoolean())
                .isTrue();
    }

    private String banner() throws Exception {
        return stand.rest("GET", SETTINGS, "").body().path("uiBannerContent").asText();
    }

    @Test
    void x01EverySpellingOfAPathMeetsTheSameDoor() throws Exception {
        stand.start(AuthMode.ACCOUNTS);
        String token = stand.login("admin", stand.password());
        for (String path : List.of(
                "/api//v1/applications",
                "//api/v1/applications",
                "/api/v1/./applications",
                "/api/v1/session/../applications",
                "/api/v1/%61pplications",
                "/api/v1/session/%2e%2e/applications",
                "/api/v1/session/%252e%252e/applications",
                "/api/v1/applications;x=y",
                "/api/v1/session;/../applications",
                "/healthz/../api/v1/applications",
                "/API/V1/APPLICATIONS",
                "/api/v1/applications/",
                "/api/v1/applications%00",
                "/api/v1/applications%2fapp",
                "/api/version/../v1/applications/app")) {
            HttpResponse<String> stranger = send("GET", path, "");
            assertThat(stranger.body()).as(path).doesNotContain("git.example.com");
            HttpResponse<String> administrator = send("GET", path, "", "Authorization", "Bearer " + token);
            if (administrator.body().contains("git.example.com")) {
                assertThat(stranger.statusCode()).as(path).isEqualTo(401);
            }
        }
        for (String header :
                List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Original-URL")) {
            String value = header.equals("X-Original-URL") ? APPS + "/app" : "DELETE";
            assertThat(send("POST", "/api/v1/session/userinfo", "{}", header, value)
                            .statusCode())
                    .isNotEqualTo(200);
            assertThat(send("GET", APPS + "/app", "", header, value, "Authorization", "Bearer " + token)
                            .statusCode())
                    .isEqualTo(200);
        }
        stand.as(token);
        assertThat(stand.rest("GET", APPS + "/app", "").status()).isEqualTo(200);
    }

    @Test
    void x07ARepeatedRequestIsOneOperationAndAnotherOneWithItsKeyIsRefused() throws Exception {
        stand.start(AuthMode.NONE);
        Set<String> operations = new HashSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<HttpResponse<String>>> calls = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                calls.add(() -> sync(stand, "{\"prune\":true}", "once"));
            }
            for (Future<HttpResponse<String>> answer : threads.invokeAll(calls)) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
                operations.add(operation(answer.get()));
            }
        }
        assertThat(operations).hasSize(1);
        assertThat(stand.published).hasSize(1);

        HttpResponse<String> other = sync(stand, "{\"prune\":false}", "once");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("Idempotency-Key came with another request before; use a new key");
        assertThat(sync(stand, "{\"prune\":true}", "twice").body())
                .contains("another operation is already in progress");
        assertThat(sync(stand, "{}", "x".repeat(256)).statusCode()).isEqualTo(400);
        assertThat(sync(stand, "{}", "a b").statusCode()).isEqualTo(400);
        assertThat(stand.published).hasSize(1);

        // Another instance, or this one after a restart, knows it from the topic.
        try (ApiStand later = new ApiStand()) {
            declare(later);
            var said = stand.published.getFirst();
            later.events.say(java.util.Objects.requireNonNull(said.event()), said.chain());
            later.start(AuthMode.NONE);
            later.events.say(
                    new ApplicationRejected(
                            ApiEvents.APP, "one", 1, List.of(new Condition(Condition.INVALID_SPEC_ERROR, "why"))),
                    "later");
            await("it has read so far").until(() -> later.events.delivered());
            HttpResponse<String> again = sync(later, "{\"prune\":true}", "once");
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(operation(again)).isEqualTo(operations.iterator().next());
            assertThat(sync(later, "{\"prune\":false}", "once").statusCode()).isEqualTo(409);
            assertThat(later.published).isEmpty();
        }
    }

    @Test
    void x08RevisionsThatCannotBeOrAreNotFollowedAreNotSyncedTo() throws Exception {
        stand.start(AuthMode.NONE);
        for (String revision : List.of("--upload-pack=x", "HEAD~1", "a b", "a:b", "x".repeat(2_000))) {
            String body = "{\"revision\":\"" + revision + "\"}";
            assertThat(stand.rest("POST", APPS + "/app/sync", body).status())
                    .as(revision)
                    .isEqualTo(400);
        }
        String automated =
                "{\"patchType\":\"merge\",\"patch\":\"{\\\"spec\\\":{\\\"syncPolicy\\\":{\\\"automated\\\":{}}}}\"}";
        assertThat(stand.rest("PATCH", APPS + "/app", automated).status()).isEqualTo(200);
        await().until(() -> stand.rest("GET", APPS + "/app", "")
                .body()
                .at("/spec/syncPolicy/automated")
                .isObject());
        Answer elsewhere = stand.rest("POST", APPS + "/app/sync", "{\"revision\":\"other\"}");
        assertThat(elsewhere.status()).isEqualTo(400);
        assertThat(elsewhere.body().path("message").asText()).contains("auto-sync currently set to HEAD");
        assertThat(stand.published).isEmpty();
    }

    @Test
    void x09ManifestsOfOnesOwnNeedTheRightToOverride() throws Exception {
        config("argocd-cm", "\"accounts.ci\":\"apiKey\"");
        config(
                "argocd-rbac-cm",
                "\"policy.csv\":\"p, ci, applications, get, */*, allow\\np, ci, applications, sync, */*, allow\"");
        stand.start(AuthMode.ACCOUNTS);
        stand.as(stand.login("admin", stand.password()));
        Answer key = stand.rest("POST", "/api/v1/account/ci/token", "{\"name\":\"ci\"}");
        stand.as(key.body().path("token").asText());
        String manifest =
                "{\\\"apiVersion\\\":\\\"v1\\\",\\\"kind\\\":\\\"ConfigMap\\\",\\\"metadata\\\":{\\\"name\\\":\\\"m\\\"}}";

        Answer local = stand.rest("POST", APPS + "/app/sync", "{\"manifests\":[\"" + manifest + "\"]}");

        assertThat(local.status()).isEqualTo(403);
        assertThat(local.body().path("message").asText()).contains("applications, override, default/app");
        assertThat(stand.published).isEmpty();
        assertThat(stand.rest("POST", APPS + "/app/sync", "{}").status()).isEqualTo(200);
    }

    @Test
    void a12OfTwoThatChangeAnApplicationAtOnceNeitherIsLost() throws Exception {
        stand.start(AuthMode.NONE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> calls = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String patch = "{\"patchType\":\"merge\",\"patch\":\"{\\\"metadata\\\":{\\\"labels\\\":{\\\"l" + i
                        + "\\\":\\\"x\\\"}}}\"}";
                calls.add(() -> stand.rest("PATCH", APPS + "/app", patch));
            }
            int done = 0;
            for (Future<Answer> answer : threads.invokeAll(calls)) {
                assertThat(answer.get().status()).isIn(200, 409);
                done += answer.get().status() == 200 ? 1 : 0;
            }
            JsonNode labels = stand.cluster
                    .get(new ResourceId("argoproj.io", "Application", "argocd", "app"), null)
                    .orElseThrow()
                    .at("/metadata/labels");
            assertThat(done).isPositive();
            assertThat(labels).hasSize(done);
        }
    }

    private HttpResponse<String> sync(ApiStand at, String body, String key) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at.port() + APPS + "/app/sync"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static String operation(HttpResponse<String> answer) {
        return answer.headers().firstValue(OperationMethods.OPERATION).orElseThrow();
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stand.port() + path))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private void config(String name, String data) throws Exception {
        stand.create("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name
                + "\",\"namespace\":\"argocd\"},\"data\":{" + data + "}}");
    }

    private void change(String name, String data) {
        stand.cluster.mergePatch(
                new ResourceId("", "ConfigMap", "argocd", name),
                null,
                "",
                JsonNodes.object("{\"data\":{" + data + "}}"));
    }
}
