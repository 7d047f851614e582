package io.driftless.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationEvent.ApplicationRejected;
import io.driftless.events.ApplicationName;
import io.driftless.events.ApplicationSpec;
import io.driftless.events.Condition;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.Envelope;
import io.driftless.events.Event;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.OperationEvent.Phase;
import io.driftless.events.SyncStatus;
import io.driftless.events.Topic;
import io.driftless.registry.StatusTask.Outcome;
import io.driftless.stage.Decision;
import io.driftless.stage.Fact;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusLogicTest {
    private static final ApplicationName APP = new ApplicationName("argocd", "a");
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private final StatusLogic logic = new StatusLogic();

    @Test
    void theStatusIsReadOnceBeforeAnythingIsWritten() {
        fold(declared("u1", false));

        assertThat(logic.decide(T).tasks()).containsExactly(new StatusTask.Read(APP, "u1"));
        assertThat(logic.decide(T).tasks()).isEmpty();
    }

    @Test
    void aComparisonIsWrittenOnceAndAnEchoWritesNothing() {
        ready();
        fold(compared(SyncStatus.SYNCED, HealthStatus.HEALTHY));

        ObjectNode patch = written(T);
        assertThat(patch.at("/status/sync/status").asText()).isEqualTo("Synced");
        assertThat(patch.at("/status/sync/revision").asText()).isEqualTo("abc");
        assertThat(patch.at("/status/sync/comparedTo/source/repoURL").asText()).isEqualTo("https://x/y");
        assertThat(patch.at("/status/health/status").asText()).isEqualTo("Healthy");
        assertThat(patch.at("/status/health/lastTransitionTime").asText()).isEqualTo("2026-01-01T00:00:00Z");

        logic.finished(new Outcome.Written("u1", "6"));
        fold(compared(SyncStatus.SYNCED, HealthStatus.HEALTHY));
        assertThat(logic.decide(T.plusSeconds(5)).tasks()).isEmpty();
    }

    @Test
    void oneWriteIsUnderWayAtATime() {
        ready();
        fold(compared(SyncStatus.SYNCED, HealthStatus.PROGRESSING));
        written(T);

        fold(compared(SyncStatus.SYNCED, HealthStatus.HEALTHY));
        assertThat(logic.decide(T).tasks()).isEmpty();
        logic.finished(new Outcome.Written("u1", "6"));

        assertThat(written(T).at("/status/health/status").asText()).isEqualTo("Healthy");
    }

    @Test
    void aSyncThatIsOverSoonIsWrittenOnceWithItsEnd() {
        ready();
        fold(compared(SyncStatus.OUT_OF_SYNC, HealthStatus.HEALTHY));
        written(T);
        logic.finished(new Outcome.Written("u1", "6"));

        fold(operation("1", Phase.RUNNING, T));
        Decision<StatusTask> waits = logic.decide(T);
        assertThat(waits.tasks()).isEmpty();
        assertThat(waits.wakeAt()).isEqualTo(T.plus(StatusLogic.SETTLE));

        fold(operation("1", Phase.SUCCEEDED, T));
        fold(compared(SyncStatus.SYNCED, HealthStatus.HEALTHY));
        ObjectNode patch = written(T.plusMillis(50));
        assertThat(patch.at("/status/operationState/phase").asText()).isEqualTo("Succeeded");
        assertThat(patch.at("/status/operationState/operation/info/0/value").asText())
                .isEqualTo("1");
        assertThat(patch.at("/status/sync/status").asText()).isEqualTo("Synced");
        assertThat(patch.at("/status/history")).hasSize(1);
        assertThat(patch.at("/status/history/0/id").asInt()).isZero();
        assertThat(patch.at("/status/history/0/initiatedBy/automated").asBoolean())
                .isTrue();
    }

    @Test
    void aLookThatFoundNothingNewMovesTheTimeOfReconciliation() {
        ready();
        fold(compared(SyncStatus.SYNCED, HealthStatus.HEALTHY));
        fold(rendered(1L));
        written(T);
        logic.finished(new Outcome.Written("u1", "6"));

        fold(rendered(1L));
        Decision<StatusTask> waits = logic.decide(T.plusMillis(300));
        assertThat(waits.tasks()).isEmpty();
        assertThat(waits.wakeAt()).isEqualTo(T.plusSeconds(1));

        ObjectNode patch = written(T.plusSeconds(1));
        assertThat(patch.path("status").size()).isEqualTo(1);
        assertThat(patch.at("/status/reconciledAt").asText()).isEqualTo("2026-01-01T00:00:01Z");
        logic.finished(new Outcome.Written("u1", "7"));
        assertThat(logic.decide(T.plusSeconds(9)).tasks()).isEmpty();
    }

    @Test
    void aLookIsNotToldBeforeItsRenderWasCompared() {
        ready();
        fold(compared(SyncStatus.SYNCED, HealthStatus.HEALTHY));
        fold(rendered(1L));
        written(T);
        logic.finished(new Outcome.Written("u1", "6"));

        fold(rendered(2L));
        assertThat(logic.decide(T.plusSeconds(5)).tasks()).isEmpty();
    }

    @Test
    void theEndOfASyncIsWrittenWithWhatItDidOnceThatIsSeen() {
        ready();
        fold(compared(SyncStatus.OUT_OF_SYNC, HealthStatus.HEALTHY));
        written(T);
        logic.finished(new Outcome.Written("u1", "6"));
        fold(operation("1", Phase.RUNNING, T));
        assertThat(logic.decide(T).tasks()).isEmpty();
        fold(compared(SyncStatus.SYNCED, HealthStatus.PROGRESSING));
        assertThat(logic.decide(T).tasks()).isEmpty();
        fold(compared(SyncStatus.OUT_OF_SYNC, HealthStatus.PROGRESSING));
        fold(operation("1", Phase.SUCCEEDED, T));
        assertThat(logic.decide(T).tasks()).isEmpty();

        fold(compared(SyncStatus.SYNCED, HealthStatus.PROGRESSING));
        ObjectNode patch = written(T.plusMillis(20));

        assertThat(patch.at("/status/operationState/phase").asText()).isEqualTo("Succeeded");
        assertThat(patch.at("/status/sync/status").asText()).isEqualTo("Synced");
    }

    @Test
    void theEndOfASyncThatLeavesDifferencesIsWrittenAMomentLater() {
        ready();
        fold(compared(SyncStatus.OUT_OF_SYNC, HealthStatus.HEALTHY));
        written(T);
        logic.finished(new Outcome.Written("u1", "6"));
        fold(operation("1", Phase.SUCCEEDED, T));
        assertThat(logic.decide(T).wakeAt()).isEqualTo(T.plus(StatusLogic.SETTLE));

        assertThat(written(T.plus(StatusLogic.SETTLE))
                        .at("/status/operationState/phase")
                        .asText())
                .isEqualTo("Succeeded");
    }

    @Test
    void aRolloutThatIsOverSoonIsNotWrittenAsProgressing() {
        ready();
        fold(compared(SyncStatus.SYNCED, HealthStatus.HEALTHY));
        written(T);
        logic.finished(new Outcome.Written("u1", "6"));

        fold(compared(SyncStatus.SYNCED, HealthStatus.PROGRESSING));
        assertThat(logic.decide(T).tasks()).isEmpty();
        fold(compared(SyncStatus.SYNCED, HealthStatus.HEALTHY));
        assertThat(logic.decide(T.plus(StatusLogic.SETTLE)).tasks()).isEmpty();

        fold(compared(SyncStatus.SYNCED, HealthStatus.DEGRADED));
        assertThat(written(T).at("/status/health/status").asText()).isEqualTo("Degraded");
    }

    @Test
    void aSyncThatLastsIsWrittenAsRunning() {
        ready();
        fold(operation("1", Phase.RUNNING, T));
        logic.decide(T);

        assertThat(written(T.plus(StatusLogic.SETTLE))
                        .at("/status/operationState/phase")
                        .asText())
                .isEqualTo("Running");
    }

    @Test
    void theHistoryGoesOnAfterARestartWithoutRepeatingItself() throws Exception {
        JsonNode before = new ObjectMapper().readTree("""
                {"history":[{"id":4,"revision":"abc","deployStartedAt":"2026-01-01T00:00:00Z"}]}""");
        fold(declared("u1", false));
        logic.decide(T);
        logic.finished(new Outcome.WasRead("u1", "5", before));
        fold(compared(SyncStatus.SYNCED, HealthStatus.HEALTHY));
        fold(operation("1", Phase.SUCCEEDED, T));
        assertThat(written(T).at("/status/history").isMissingNode()).isTrue();
        logic.finished(new Outcome.Written("u1", "6"));

        fold(operation("2", Phase.SUCCEEDED, T.plusSeconds(60)));

        assertThat(written(T.plusSeconds(60)).at("/status/history/1/id").asInt())
                .isEqualTo(5);
    }

    @Test
    void anInvalidSpecIsACondition() {
        fold(new ApplicationRejected(
                APP, "u1", 1, List.of(new Condition(Condition.INVALID_SPEC_ERROR, "spec.source is missing"))));
        logic.decide(T);
        logic.finished(new Outcome.WasRead("u1", "5", JsonNodeFactory.instance.objectNode()));

        ObjectNode patch = written(T);

        assertThat(patch.at("/status/conditions/0/type").asText()).isEqualTo("InvalidSpecError");
        assertThat(patch.at("/status/sync/status").asText()).isEqualTo("Unknown");
    }

    @Test
    void aConditionKeepsItsTimeAndGoesWhenItsCauseIsGone() {
        ready();
        fold(compared(SyncStatus.UNKNOWN, HealthStatus.HEALTHY, new Condition(Condition.COMPARISON_ERROR, "x")));
        assertThat(written(T).at("/status/conditions/0/lastTransitionTime").asText())
                .isEqualTo("2026-01-01T00:00:00Z");
        logic.finished(new Outcome.Written("u1", "6"));
        assertThat(logic.decide(T.plusSeconds(9)).tasks()).isEmpty();

        fold(compared(SyncStatus.SYNCED, HealthStatus.HEALTHY));

        assertThat(written(T.plusSeconds(9)).at("/status/conditions").isNull()).isTrue();
    }

    @Test
    void aFailedWriteIsRepeatedLater() {
        ready();
        fold(compared(SyncStatus.SYNCED, HealthStatus.HEALTHY));
        written(T);
        logic.finished(new Outcome.Failed("u1", "down"));

        Instant retry = logic.decide(T).wakeAt();

        assertThat(retry).isAfter(T);
        assertThat(logic.decide(T.plusMillis(1)).tasks()).isEmpty();
        written(retry == null ? T : retry);
    }

    @Test
    void theFinalizerGoesWhenTheCascadeIsComplete() {
        fold(declared("u1", true));
        logic.decide(T);
        logic.finished(new Outcome.WasRead("u1", "5", JsonNodeFactory.instance.objectNode()));
        assertThat(logic.decide(T).tasks()).isEmpty();

        fold(operation(OperationRecorded.cascadeId("u1"), Phase.SUCCEEDED, T));

        ObjectNode patch = written(T);
        assertThat(patch.at("/metadata/finalizers")).hasSize(1);
        assertThat(patch.at("/metadata/finalizers/0").asText()).isEqualTo("other/one");
        logic.finished(new Outcome.Written("u1", "6"));
        assertThat(logic.decide(T).tasks()).isEmpty();
    }

    @Test
    void anotherApplicationOfTheSameNameIsReadAnew() {
        ready();
        fold(declared("u2", false));

        assertThat(logic.decide(T).tasks()).containsExactly(new StatusTask.Read(APP, "u2"));
        logic.finished(new Outcome.WasRead("u1", "5", JsonNodeFactory.instance.objectNode()));
        assertThat(logic.decide(T).tasks()).isEmpty();
    }

    @Test
    void anAutomatedSyncThatFailedIsACondition() {
        ready();
        fold(compared(SyncStatus.OUT_OF_SYNC, HealthStatus.HEALTHY));
        fold(operation("1", Phase.FAILED, T));

        JsonNode condition = written(T).at("/status/conditions/0");
        assertThat(condition.path("type").asText()).isEqualTo("SyncError");
        assertThat(condition.path("message").asText()).isEqualTo("Failed last sync attempt to abc: done");

        logic.finished(new Outcome.Written("u1", "6"));
        fold(compared(SyncStatus.SYNCED, HealthStatus.HEALTHY));
        assertThat(written(T.plusSeconds(1)).at("/status/conditions").isNull()).isTrue();
    }

    private void ready() {
        fold(declared("u1", false));
        logic.decide(T);
        logic.finished(new Outcome.WasRead("u1", "5", JsonNodeFactory.instance.objectNode()));
    }

    @Test
    void aPatchIsForTheVersionThatWasReadAndIsDecidedAnewWhenThatHasPassed() {
        ready();
        fold(compared(SyncStatus.SYNCED, HealthStatus.HEALTHY));
        var write = (StatusTask.Write) logic.decide(T).tasks().getFirst();
        assertThat(write.resourceVersion()).isEqualTo("5");

        logic.finished(new Outcome.Changed("u1"));
        assertThat(logic.decide(T).tasks()).containsExactly(new StatusTask.Read(APP, "u1"));
        logic.finished(new Outcome.WasRead("u1", "7", JsonNodeFactory.instance.objectNode()));

        assertThat(logic.decide(T).tasks())
                .singleElement()
                .isInstanceOfSatisfying(
                        StatusTask.Write.class,
                        again -> assertThat(again.resourceVersion()).isEqualTo("7"));
    }

    @Test
    void aRenderThatIsKnownBeforeItsApplicationIsNotForgotten() {
        fold(rendered(1L));

        assertThat(logic.forgettable()).isFalse();
        logic.fold(new Fact(Topic.DESIRED, APP.toString(), null));
        assertThat(logic.forgettable()).isTrue();
    }

    private ObjectNode written(Instant now) {
        List<StatusTask> tasks = logic.decide(now).tasks();
        assertThat(tasks).hasSize(1);
        return ((StatusTask.Write) tasks.getFirst()).patch();
    }

    private void fold(Event event) {
        logic.fold(new Fact(Topic.of(event), event.key(), new Envelope("i", "/s", T, "c", null, event)));
    }

    private static ApplicationDeclared declared(String uid, boolean deleting) {
        ApplicationSpec spec = new ApplicationSpec(
                "",
                new ApplicationSpec.Source("https://x/y", "p", "", ApplicationSpec.Directory.PLAIN, null),
                new ApplicationSpec.Destination("https://kubernetes.default.svc", "", "n"),
                ApplicationSpec.SyncPolicy.MANUAL,
                List.of(),
                10);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putObject("source").put("repoURL", "https://x/y");
        return new ApplicationDeclared(
                APP,
                uid,
                1,
                spec,
                document,
                Map.of(),
                List.of("other/one", "resources-finalizer.argocd.argoproj.io"),
                deleting);
    }

    private static ManifestsRendered rendered(long generation) {
        return new ManifestsRendered(
                APP,
                "u1",
                generation,
                "https://x/y",
                "p",
                "",
                "abc",
                "Directory",
                null,
                "d",
                List.of(),
                List.of(),
                0,
                0);
    }

    private static ApplicationCompared compared(SyncStatus status, HealthStatus health, Condition... conditions) {
        return new ApplicationCompared(
                APP,
                1,
                "abc",
                "d",
                "https://kubernetes.default.svc",
                status,
                Health.of(health),
                List.of(),
                List.of(conditions));
    }

    private static OperationRecorded operation(String id, Phase phase, Instant started) {
        @Nullable Instant finished = phase.completed() ? started.plusMillis(40) : null;
        return new OperationRecorded(
                APP,
                "u1",
                id,
                1,
                phase,
                "abc",
                "d",
                "automated sync",
                true,
                false,
                null,
                0,
                null,
                0,
                started,
                finished,
                "done",
                List.of(),
                List.of());
    }
}
