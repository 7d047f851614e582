package io.driftless.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.CommandEvent.TerminateRequested;
import io.driftless.events.DesiredEvent.Commit;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.OperationEvent.Phase;
import io.vertx.core.Future;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Syncs and refreshes over REST.
class ApiOperationsTest extends OpenApi {
    @Test
    void publishesASyncAndAnswersTheApplication() throws Exception {
        send("POST", "/api/v1/applications", BODY);
        String body = """
                {"revision":"main","prune":true,"resources":[{"kind":"ConfigMap","name":"config"}],
                 "syncOptions":{"items":["Replace=true"]},
                 "retryStrategy":{"limit":2,"backoff":{"duration":"1m30s","factor":3,"maxDuration":"1h"}}}
                """;
        HttpResponse<String> unknown = send("POST", "/api/v1/applications/app/sync", body);
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("no resource /ConfigMap config");
        say(ApiEvents.compared());
        HttpResponse<String> answer =
                await().until(() -> send("POST", "/api/v1/applications/app/sync", body), a -> a.statusCode() == 200);

        assertThat(json(answer).at("/operation/sync/revision").asText()).isEqualTo("main");
        SyncRequested sync = (SyncRequested) event(0);
        assertThat(sync.id())
                .isEqualTo(answer.headers().firstValue("X-Driftless-Operation").orElseThrow());
        assertThat(sync.prune()).isTrue();
        assertThat(sync.resources()).containsExactly(ApiEvents.CONFIG);
        assertThat(Objects.requireNonNull(sync.retry()).durationMillis()).isEqualTo(90_000);
    }

    @Test
    void startsNothingWhenTheBrokerIsDown() throws Exception {
        send("POST", "/api/v1/applications", BODY);
        broker = Future.failedFuture("down");

        assertThat(send("POST", "/api/v1/applications/app/sync", "{}").statusCode())
                .isEqualTo(503);
    }

    @Test
    void x10TerminatesARunningOperationTwiceAndRefusesASecondSync() throws Exception {
        send("POST", "/api/v1/applications", BODY);
        assertThat(send("DELETE", "/api/v1/applications/app/operation", null).statusCode())
                .isEqualTo(400);
        say(operation(1, Phase.RUNNING));
        await().until(() -> send("POST", "/api/v1/applications/app/sync", "{}").statusCode() == 400);

        assertThat(send("DELETE", "/api/v1/applications/app/operation", null).statusCode())
                .isEqualTo(200);
        assertThat(published.getLast().event()).isInstanceOf(TerminateRequested.class);
        say(operation(2, Phase.TERMINATING));
        assertThat(send("DELETE", "/api/v1/applications/app/operation", null).statusCode())
                .as("what is ending already may be asked to end once more")
                .isEqualTo(200);
        say(operation(3, Phase.FAILED));
        await().until(() ->
                send("DELETE", "/api/v1/applications/app/operation", null).statusCode() == 400);
        assertThat(send("DELETE", "/api/v1/applications/app/operation", null).body())
                .contains("No operation is in progress");
    }

    private static OperationRecorded operation(long sequence, Phase phase) {
        return new OperationRecorded(
                APP,
                "u",
                "op",
                sequence,
                phase,
                "r",
                "d",
                "me",
                false,
                false,
                null,
                0,
                null,
                0,
                Instant.EPOCH,
                phase.completed() ? Instant.EPOCH : null,
                "",
                null,
                null);
    }

    @Test
    void theStrategyOfASyncIsPartOfWhatIsAsked() throws Exception {
        send("POST", "/api/v1/applications", BODY);
        send("POST", "/api/v1/applications/app/sync", "{\"strategy\":{\"apply\":{\"force\":true}}}");
        SyncRequested request = (SyncRequested) published.getLast().event();
        assertThat(request.strategy()).isEqualTo(new SyncRequested.Strategy("apply", true));
        assertThat(request.syncOptions()).isEmpty();
        assertThat(send("POST", "/api/v1/applications/app/sync", "{\"strategy\":{\"apply\":{},\"hook\":{}}}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aRefreshIsAnsweredOnceSomethingCameOfIt() throws Exception {
        send("POST", "/api/v1/applications", BODY);
        Thread pipeline = Thread.ofVirtual().start(() -> {
            await().until(() -> !published.isEmpty());
            events.say(ApiEvents.compared(), published.getFirst().chain());
        });

        assertThat(get("/api/v1/applications/app?refresh=hard").statusCode()).isEqualTo(200);
        pipeline.join();
        assertThat(get("/api/v1/applications/app?refresh=odd").statusCode()).isEqualTo(400);
    }

    @Test
    void aRefreshThatFindsNothingNewIsAnsweredByTheRenderThatStillStands() throws Exception {
        send("POST", "/api/v1/applications", BODY);
        say(ApiEvents.compared());
        Thread pipeline = Thread.ofVirtual().start(() -> {
            await().until(() -> !published.isEmpty());
            events.say(
                    new ManifestsRendered(
                            APP,
                            "u",
                            1,
                            "https://git.example/r",
                            ".",
                            "main",
                            "r",
                            "Directory",
                            new Commit("", "", 0),
                            "d",
                            List.of(),
                            List.of(),
                            0,
                            0,
                            1L),
                    published.getFirst().chain());
        });

        assertThat(get("/api/v1/applications/app?refresh=normal").statusCode()).isEqualTo(200);
        pipeline.join();
    }
}
