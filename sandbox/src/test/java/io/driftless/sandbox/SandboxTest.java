package io.driftless.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.Client.Answer;
import io.driftless.sandbox.model.Json;
import io.vertx.core.Vertx;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SandboxTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static Vertx vertx;
    private Sandbox sandbox;
    private Client client;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @BeforeEach
    void start() throws Exception {
        sandbox = Sandbox.start(vertx, SandboxOptions.loopback())
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        client = new Client(sandbox.url());
    }

    @AfterEach
    void stop() {
        client.close();
        sandbox.close();
    }

    private static String map(String name, String data) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name + "\"},\"data\":" + data
                + "}";
    }

    private static String deployment(String name, String image, String more) {
        return """
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"%s"},"spec":{%s"selector":{"matchLabels":{"app":"%s"}},
                 "template":{"metadata":{"labels":{"app":"%s"}},"spec":{"containers":[{"name":"c","image":"%s",
                 "resources":{"limits":{"cpu":"1000m"}}}]}}}}""".formatted(name, more, name, name, image);
    }

    private JsonNode condition(String name, String type) {
        JsonNode object = sandbox.get("apps/v1", "Deployment", "default", name);
        if (object != null) {
            for (JsonNode condition : object.path("status").path("conditions")) {
                if (condition.path("type").asText().equals(type)) {
                    return condition;
                }
            }
        }
        return Json.object();
    }

    @Test
    void aWatchSeesEachChangeInOrderAndResumes() throws Exception {
        String version =
                client.get(MAPS).body().path("metadata").path("resourceVersion").asText();
        BlockingQueue<JsonNode> lines = client.watch(MAPS + "?watch=1&resourceVersion=" + version);
        client.post(MAPS, map("a", "{\"x\":\"1\"}"));
        client.merge(MAPS + "/a", "{\"data\":{\"x\":\"2\"}}");
        client.delete(MAPS + "/a", "");
        assertThat(Client.next(lines).path("type").asText()).isEqualTo("ADDED");
        JsonNode modified = Client.next(lines);
        assertThat(modified.at("/object/data/x").asText()).isEqualTo("2");
        assertThat(Client.next(lines).path("type").asText()).isEqualTo("DELETED");
        String seen = modified.at("/object/metadata/resourceVersion").asText();
        BlockingQueue<JsonNode> resumed = client.watch(MAPS + "?watch=1&resourceVersion=" + seen);
        assertThat(Client.next(resumed).path("type").asText()).isEqualTo("DELETED");
    }

    @Test
    void aWatchFromAForgottenVersionIsTold410() throws Exception {
        client.post(MAPS, map("a", "{}"));
        sandbox.forgetHistory();
        JsonNode line = Client.next(client.watch(MAPS + "?watch=1&resourceVersion=1"));
        assertThat(line.path("type").asText()).isEqualTo("ERROR");
        assertThat(line.at("/object/code").asInt()).isEqualTo(410);
    }

    @Test
    void initialEventsEndWithABookmark() throws Exception {
        client.post(MAPS, map("a", "{}"));
        BlockingQueue<JsonNode> lines = client.watch(
                MAPS
                        + "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&fieldSelector=metadata.name%3Da");
        assertThat(Client.next(lines).at("/object/metadata/name").asText()).isEqualTo("a");
        JsonNode mark = Client.next(lines);
        assertThat(mark.path("type").asText()).isEqualTo("BOOKMARK");
        assertThat(mark.at("/object/metadata/annotations/k8s.io~1initial-events-end")
                        .asText())
                .isEqualTo("true");
    }

    @Test
    void aWriteBasedOnAnOldVersionIsRefused() throws Exception {
        Answer created = client.post(MAPS, map("a", "{\"x\":\"1\"}"));
        client.merge(MAPS + "/a", "{\"data\":{\"x\":\"2\"}}");
        Answer put = client.send(
                "PUT", MAPS + "/a", "application/json", created.body().toString());
        assertThat(put.code()).isEqualTo(409);
        assertThat(put.body().path("reason").asText()).isEqualTo("Conflict");
        String version = created.body().at("/metadata/resourceVersion").asText();
        String intent = map("a", "{\"x\":\"3\"}")
                .replace("\"name\":\"a\"", "\"name\":\"a\",\"resourceVersion\":\"" + version + "\"");
        assertThat(client.apply(MAPS + "/a?force=true", "x", intent).code()).isEqualTo(409);
    }

    @Test
    void aRepeatedApplyLeavesVersionAndWatchAlone() throws Exception {
        Answer first = client.apply(DEPLOYMENTS + "/a", "x", deployment("a", "i:1", ""));
        assertThat(first.code()).isEqualTo(201);
        await().until(() ->
                condition("a", "Progressing").path("reason").asText().equals("NewReplicaSetAvailable"));
        long before = sandbox.resourceVersion();
        Answer second = client.apply(DEPLOYMENTS + "/a", "x", deployment("a", "i:1", ""));
        assertThat(second.code()).isEqualTo(200);
        assertThat(sandbox.resourceVersion()).isEqualTo(before);
    }

    @Test
    void anApplyAgainstAnotherManagerNamesTheConflict() throws Exception {
        client.apply(MAPS + "/a", "x", map("a", "{\"k\":\"1\"}"));
        Answer refused = client.apply(MAPS + "/a", "y", map("a", "{\"k\":\"2\"}"));
        assertThat(refused.code()).isEqualTo(409);
        assertThat(refused.body().path("message").asText())
                .isEqualTo("Apply failed with 1 conflict: conflict with \"x\": .data.k");
        assertThat(refused.body().at("/details/causes/0/field").asText()).isEqualTo(".data.k");
        assertThat(client.apply(MAPS + "/a?force=true", "y", map("a", "{\"k\":\"2\"}"))
                        .code())
                .isEqualTo(200);
    }

    @Test
    void aDryRunChangesNothing() throws Exception {
        Answer tried = client.apply(MAPS + "/a?dryRun=All", "x", map("a", "{\"k\":\"1\"}"));
        assertThat(tried.body().at("/data/k").asText()).isEqualTo("1");
        assertThat(client.get(MAPS + "/a").code()).isEqualTo(404);
    }

    @Test
    void aFinalizerHoldsADeletedObject() throws Exception {
        client.post(MAPS, map("a", "{}").replace("\"name\":\"a\"", "\"name\":\"a\",\"finalizers\":[\"x/y\"]"));
        assertThat(client.delete(MAPS + "/a", "")
                        .body()
                        .at("/metadata/deletionTimestamp")
                        .asText())
                .isNotEmpty();
        assertThat(client.get(MAPS + "/a").code()).isEqualTo(200);
        client.merge(MAPS + "/a", "{\"metadata\":{\"finalizers\":null}}");
        assertThat(client.get(MAPS + "/a").code()).isEqualTo(404);
    }

    @Test
    void aDeploymentBecomesAvailableAndItsDeletionTakesItsPods() throws Exception {
        client.apply(DEPLOYMENTS + "/a", "x", deployment("a", "i:1", "\"replicas\":3,"));
        await().until(() ->
                condition("a", "Progressing").path("reason").asText().equals("NewReplicaSetAvailable"));
        assertThat(condition("a", "Available").path("status").asText()).isEqualTo("True");
        assertThat(sandbox.list("v1", "Pod", "default")).hasSize(3);
        JsonNode live = client.get(DEPLOYMENTS + "/a").body();
        assertThat(live.at("/status/readyReplicas").asInt()).isEqualTo(3);
        assertThat(live.at("/spec/template/spec/containers/0/resources/limits/cpu")
                        .asText())
                .isEqualTo("1");
        client.apply(DEPLOYMENTS + "/a", "x", deployment("a", "i:2", "\"replicas\":2,"));
        await().untilAsserted(() -> assertThat(sandbox.list("v1", "Pod", "default"))
                .hasSize(2)
                .allMatch(p -> p.at("/spec/containers/0/image").asText().equals("i:2")));
        client.delete(DEPLOYMENTS + "/a", "{\"propagationPolicy\":\"Foreground\"}");
        await().until(() -> client.get(DEPLOYMENTS + "/a").code() == 404);
        await().untilAsserted(() -> {
            assertThat(sandbox.list("v1", "Pod", "default")).isEmpty();
            assertThat(sandbox.list("apps/v1", "ReplicaSet", "default")).isEmpty();
        });
    }

    @Test
    void anImageThatIsNeverReadyKeepsADeploymentUnavailable() throws Exception {
        client.apply(DEPLOYMENTS + "/a", "x", deployment("a", "never-ready:1", ""));
        await().until(() -> condition("a", "Available").path("status").asText().equals("False"));
        assertThat(condition("a", "Progressing").path("reason").asText()).isEqualTo("ReplicaSetUpdated");
    }

    @Test
    void aNamespaceMustExistAndTakesItsContentAlong() throws Exception {
        assertThat(client.post("/api/v1/namespaces/nope/configmaps", map("a", "{}"))
                        .code())
                .isEqualTo(404);
        client.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"n\"}}");
        assertThat(client.post("/api/v1/namespaces/n/configmaps", map("a", "{}"))
                        .code())
                .isEqualTo(201);
        client.delete("/api/v1/namespaces/n", "");
        await().until(() -> client.get("/api/v1/namespaces/n").code() == 404);
        assertThat(sandbox.list("v1", "ConfigMap", "n")).isEmpty();
    }

    @Test
    void aDefinitionIsServedAtOnceWithItsSchema() throws Exception {
        Answer defined = client.post("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", """
                {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"foos.x.io"},
                 "spec":{"group":"x.io","scope":"Namespaced","names":{"plural":"foos","singular":"foo","kind":"Foo"},
                 "versions":[{"name":"v1","served":true,"storage":true,"subresources":{"status":{}},"schema":{"openAPIV3Schema":{
                  "type":"object","properties":{"spec":{"type":"object","required":["size"],"properties":{"size":{"type":"integer"}}},
                  "status":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}}}]}}""");
        assertThat(defined.code()).isEqualTo(201);
        String foos = "/apis/x.io/v1/namespaces/default/foos";
        String foo = "{\"apiVersion\":\"x.io/v1\",\"kind\":\"Foo\",\"metadata\":{\"name\":\"a\"},"
                + "\"spec\":{\"size\":1,\"unknown\":2},\"status\":{\"s\":1}}";
        Answer applied = client.apply(foos + "/a", "x", foo);
        assertThat(applied.code()).isEqualTo(500);
        assertThat(applied.body().path("message").asText()).contains(".spec.unknown: field not declared in schema");
        Answer created = client.post(foos, foo);
        assertThat(created.code()).isEqualTo(201);
        assertThat(created.body().path("spec").has("unknown")).isFalse();
        assertThat(created.body().has("status")).isFalse();
        Answer status = client.merge(foos + "/a/status", "{\"spec\":{\"size\":9},\"status\":{\"s\":2}}");
        assertThat(status.body().at("/status/s").asInt()).isEqualTo(2);
        assertThat(status.body().at("/spec/size").asInt()).isEqualTo(1);
        assertThat(status.body().at("/metadata/generation").asInt()).isEqualTo(1);
        assertThat(client.merge(foos + "/a", "{\"spec\":{\"size\":\"x\"}}").code())
                .isEqualTo(422);
        await().until(() -> client.get("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/foos.x.io")
                .body()
                .toString()
                .contains("\"Established\""));
    }

    @Test
    void selectorsNarrowAListAndRequestsAreCounted() throws Exception {
        for (String name : new String[] {"a", "b", "c"}) {
            client.post(MAPS, map(name, "{}").replace("\"name\"", "\"labels\":{\"n\":\"" + name + "\"},\"name\""));
        }
        assertThat(client.get(MAPS + "?labelSelector=n%20in%20(a,b)").body().path("items"))
                .hasSize(2);
        assertThat(client.get(MAPS + "?labelSelector=n,n!=a").body().path("items"))
                .hasSize(2);
        assertThat(sandbox.requestsByVerb()).containsEntry("create", 3L).containsEntry("list", 2L);
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() throws Exception {
        Answer refused = client.post(MAPS, map("a", "{\"k\":\"" + "x".repeat(3 * 1024 * 1024) + "\"}"));
        assertThat(refused.code()).isEqualTo(413);
    }
}
