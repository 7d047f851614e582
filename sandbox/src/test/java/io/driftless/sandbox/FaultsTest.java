package io.driftless.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.Client.Answer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes wrong on command, and what is written down.
class FaultsTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private final Vertx vertx = Vertx.vertx();

    @TempDir
    private Path work;

    private Sandbox sandbox;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        sandbox = Sandbox.start(vertx, SandboxOptions.loopback().audited(work.resolve("audit")))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        client = new Client(sandbox.url());
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        sandbox.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static String map(String name) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name + "\"}}";
    }

    @Test
    void aRefusalMeetsAsManyRequestsAsWereNamedAndChangesNothing() throws Exception {
        sandbox.faults().add(Fault.always(new Fault.Refuse(429, 3)).on("apply").times(1));
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.url() + MAPS + "/a?fieldManager=x"))
                .header("content-type", "application/apply-patch+yaml")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(map("a")))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("retry-after")).contains("3");
        }
        assertThat(client.get(MAPS + "/a").code()).isEqualTo(404);
        assertThat(client.apply(MAPS + "/a", "x", map("a")).code()).isEqualTo(201);
        assertThat(sandbox.faults().list()).isEmpty();
    }

    @Test
    void aFaultMeetsOnlyWhatItNames() throws Exception {
        sandbox.faults().add(Fault.always(new Fault.Refuse(503, 0)).of("secrets"));
        sandbox.faults().add(Fault.always(new Fault.Refuse(409, 0)).at("default", "other"));
        sandbox.faults().add(Fault.always(new Fault.Refuse(500, 0)).from("somebody"));
        assertThat(client.post(MAPS, map("a")).code()).isEqualTo(201);
        assertThat(client.get(MAPS + "/other").code()).isEqualTo(409);
        assertThat(client.get("/api/v1/secrets").code()).isEqualTo(503);
    }

    @Test
    void aLatencyIsThatOfTheRequestsItNames() throws Exception {
        sandbox.faults().add(Fault.always(new Fault.Delay(300)).on("list"));
        long start = System.nanoTime();
        assertThat(client.get(MAPS).code()).isEqualTo(200);
        assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(290));
    }

    @Test
    void aConnectionThatIsClosedOrGarbledGivesNoAnswer() throws Exception {
        sandbox.faults().add(Fault.always(new Fault.Close()).on("create").times(1));
        sandbox.faults().add(Fault.always(new Fault.Garble()).on("get").times(1));
        assertThatThrownBy(() -> client.post(MAPS, map("a"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> client.get(MAPS + "/a")).isInstanceOf(IOException.class);
        assertThat(client.get(MAPS + "/a").code()).isEqualTo(404);
    }

    @Test
    void aLostAnswerLeavesItsWrite() throws Exception {
        sandbox.faults().add(Fault.always(new Fault.LoseAnswer()).on("create").times(1));
        assertThatThrownBy(() -> client.post(MAPS, map("a"))).isInstanceOf(IOException.class);
        await().until(() -> client.get(MAPS + "/a").code() == 200);
    }

    @Test
    void aWatchIsCutAfterItsEventsOrOnCommand() throws Exception {
        sandbox.faults().add(Fault.always(new Fault.CutAfter(1)).times(1));
        BlockingQueue<JsonNode> brief = client.watch(MAPS + "?watch=1&fieldSelector=metadata.name%3Dw");
        await().until(() -> sandbox.faults().list().isEmpty());
        BlockingQueue<JsonNode> whole = client.watch(MAPS + "?watch=1&fieldSelector=metadata.name%3Dw");
        await().until(() -> sandbox.requestsByVerb().getOrDefault("watch", 0L) == 2);
        client.post(MAPS, map("w"));
        client.merge(MAPS + "/w", "{\"data\":{\"x\":\"2\"}}");
        assertThat(Client.next(whole).path("type").asText()).isEqualTo("ADDED");
        assertThat(Client.next(whole).path("type").asText()).isEqualTo("MODIFIED");
        assertThat(Client.next(brief).path("type").asText()).isEqualTo("ADDED");
        sandbox.cutWatches();
        client.merge(MAPS + "/w", "{\"data\":{\"x\":\"3\"}}");
        assertThat(client.get(MAPS + "/w").body().at("/data/x").asText()).isEqualTo("3");
        assertThat(brief).isEmpty();
        assertThat(whole).isEmpty();
    }

    @Test
    void faultsAreCommandedOverHttpToo() throws Exception {
        Answer added = client.post(
                "/sandbox/faults",
                "{\"effect\":\"refuse\",\"code\":410,\"verbs\":[\"list\"],\"resource\":\"configmaps\"}");
        assertThat(added.code()).isEqualTo(201);
        assertThat(client.get(MAPS).code()).isEqualTo(410);
        assertThat(client.get("/sandbox/faults").body().at("/faults/0/effect").asText())
                .isEqualTo("refuse");
        assertThat(client.delete("/sandbox/faults/" + added.body().path("id").asText(), "")
                        .code())
                .isEqualTo(200);
        assertThat(client.get(MAPS).code()).isEqualTo(200);
        Answer wrong = client.post("/sandbox/faults", "{\"effect\":\"refuse\",\"code\":200}");
        assertThat(wrong.code()).isEqualTo(400);
        assertThat(wrong.body().path("message").asText()).contains("code must be from 400 to 599");
        assertThat(client.post("/sandbox/faults", "{\"effekt\":\"close\"}")
                        .body()
                        .path("message")
                        .asText())
                .contains("no field effekt");
    }

    @Test
    void everyWriteIsInTheAuditLogWithWhoMadeItOnWhat() throws Exception {
        client.apply(MAPS + "/a", "me", map("a"));
        client.merge(MAPS + "/a", "{\"data\":{\"x\":\"2\"}}");
        client.delete(MAPS + "/a", "");
        client.apply(MAPS + "/b?dryRun=All", "me", map("b"));
        List<AuditEntry> writes = sandbox.audit().since(0).stream()
                .filter(e -> e.name().equals("a") || e.name().equals("b"))
                .toList();
        assertThat(writes).extracting(AuditEntry::verb).containsExactly("apply", "patch", "delete");
        assertThat(writes.getFirst().manager()).isEqualTo("me");
        assertThat(writes.getFirst().before()).isZero();
        assertThat(writes.get(1).before()).isEqualTo(writes.getFirst().after());
        assertThat(writes.get(2).before()).isEqualTo(writes.get(1).after());
        assertThat(writes.get(2).gone()).isTrue();
        sandbox.audit().flush();
        assertThat(Files.readString(work.resolve("audit")))
                .contains("\"resource\":\"configmaps\",\"namespace\":\"default\",\"name\":\"a\"");
    }

    @Test
    void anApplyWithoutAVersionNeverMeetsAControllerThatWritesAtTheSameTime() throws Exception {
        String deployment = """
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a"},"spec":{"selector":{"matchLabels":{"app":"a"}},
                 "template":{"metadata":{"labels":{"app":"a"}},"spec":{"containers":[{"name":"c","image":"i:%d"}]}}}}""";
        for (int i = 0; i < 200; i++) {
            Answer answer =
                    client.apply("/apis/apps/v1/namespaces/default/deployments/a", "x", deployment.formatted(i));
            assertThat(answer.code()).as(answer.body().toString()).isIn(200, 201);
        }
    }
}
