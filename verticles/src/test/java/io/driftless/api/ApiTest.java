package io.driftless.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;
import io.driftless.events.LiveEvent.ResourceObserved;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Applications over REST: made, listed, changed, deleted; the page, health and metrics beside them.
class ApiTest extends OpenApi {
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
}
