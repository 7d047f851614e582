package io.driftless.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.api.GrpcClient.Reply;
import io.driftless.events.ResourceId;
import io.driftless.proto.MethodType;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Who is let in at every door, and what he may see and do.
class CallersTest extends GuardedApi {
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
}
