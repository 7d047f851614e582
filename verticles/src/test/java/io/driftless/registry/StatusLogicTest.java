package io.driftless.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationEvent.ApplicationRejected;
import io.driftless.events.Condition;
import io.driftless.events.HealthStatus;
import io.driftless.events.SyncStatus;
import io.driftless.events.Topic;
import io.driftless.registry.StatusTask.Outcome;
import io.driftless.stage.Decision;
import io.driftless.stage.Fact;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When the status is written, and what of comparisons, conditions and the Application itself is in it.
class StatusLogicTest extends StatusStory {
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
    void aLookIsToldThatWasTakenBeforeTheStatusWasRead() {
        ObjectNode settled = settled();
        fold(compared(SyncStatus.SYNCED, HealthStatus.DEGRADED));
        ObjectNode status =
                (ObjectNode) MergePatch.apply(settled, written(T.plusSeconds(1)).path("status"));
        logic.finished(new Outcome.Changed("u1"));
        fold(rendered(1L));
        logic.decide(T.plusSeconds(2));

        logic.finished(wasRead("u1", "8", status));

        assertThat(written(T.plusSeconds(3)).at("/status/reconciledAt").asText())
                .isEqualTo("2026-01-01T00:00:03Z");
    }

    @Test
    void aLookOfBeforeAStartIsNotTold() {
        ObjectNode settled = settled();
        fold(compared(SyncStatus.SYNCED, HealthStatus.DEGRADED));
        ObjectNode status =
                (ObjectNode) MergePatch.apply(settled, written(T.plusSeconds(1)).path("status"));
        StatusLogic started = new StatusLogic();

        fold(started, declared("u1", false));
        fold(started, compared(SyncStatus.SYNCED, HealthStatus.DEGRADED));
        fold(started, rendered(1L));
        started.decide(T.plusSeconds(9));
        started.finished(wasRead("u1", "8", status));

        assertThat(started.decide(T.plusSeconds(9)).tasks()).isEmpty();
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
    void anotherSpecIsNotSyncedNorReconciledBeforeItsOwnRenderWasCompared() {
        settled();

        fold(declared("u1", false, 2, "q"));
        fold(compared(2, SyncStatus.SYNCED, HealthStatus.DEGRADED));
        ObjectNode early = written(T.plusSeconds(5));
        assertThat(early.at("/status/health/status").asText()).isEqualTo("Degraded");
        assertThat(early.path("status").has("sync")).isFalse();
        assertThat(early.path("status").has("reconciledAt")).isFalse();
        logic.finished(new Outcome.Written("u1", "7"));

        fold(rendered(2L));
        ObjectNode late = written(T.plusSeconds(6));
        assertThat(late.at("/status/sync/comparedTo/source/path").asText()).isEqualTo("q");
        assertThat(late.at("/status/reconciledAt").asText()).isEqualTo("2026-01-01T00:00:06Z");
    }

    @Test
    void whyAnotherSpecCannotBeRenderedIsToldAtOnce() {
        settled();

        fold(declared("u1", false, 2, "q"));
        fold(compared(2, SyncStatus.UNKNOWN, HealthStatus.HEALTHY, new Condition(Condition.COMPARISON_ERROR, "no q")));

        ObjectNode patch = written(T.plusSeconds(5));
        assertThat(patch.at("/status/sync/status").asText()).isEqualTo("Unknown");
        assertThat(patch.at("/status/conditions/0/message").asText()).isEqualTo("no q");
        assertThat(patch.at("/status/reconciledAt").asText()).isEqualTo("2026-01-01T00:00:05Z");
    }

    @Test
    void nothingIsDecidedOnAReadThatIsNewerThanWhatIsDeclared() {
        settled();
        fold(compared(SyncStatus.SYNCED, HealthStatus.DEGRADED));
        written(T);
        logic.finished(new Outcome.Changed("u1"));
        logic.decide(T);
        logic.finished(new Outcome.WasRead("u1", "8", document("q"), JsonNodeFactory.instance.objectNode()));

        Decision<StatusTask> waits = logic.decide(T);
        assertThat(waits.tasks()).isEmpty();
        assertThat(waits.wakeAt()).isEqualTo(T.plus(EarlyRead.PATIENCE));

        fold(declared("u1", false, 2, "q"));
        ObjectNode patch = written(T);
        assertThat(patch.path("status").has("reconciledAt")).isFalse();
    }

    @Test
    void aReadIsRepeatedWhenYetAnotherSpecIsDeclared() {
        fold(declared("u1", false));
        logic.decide(T);
        logic.finished(new Outcome.WasRead("u1", "8", document("q"), JsonNodeFactory.instance.objectNode()));
        assertThat(logic.decide(T).tasks()).isEmpty();

        fold(declared("u1", false, 3, "r"));

        assertThat(logic.decide(T).tasks()).containsExactly(new StatusTask.Read(APP, "u1"));
    }

    @Test
    void aDeclarationThatStaysAwayDoesNotHoldTheStatusBackForEver() {
        fold(declared("u1", false));
        fold(compared(SyncStatus.SYNCED, HealthStatus.HEALTHY));
        logic.decide(T);
        logic.finished(new Outcome.WasRead("u1", "8", document("q"), JsonNodeFactory.instance.objectNode()));
        assertThat(logic.decide(T).tasks()).isEmpty();

        assertThat(written(T.plus(EarlyRead.PATIENCE))
                        .at("/status/health/status")
                        .asText())
                .isEqualTo("Healthy");
    }

    private ObjectNode settled() {
        ready();
        fold(compared(SyncStatus.SYNCED, HealthStatus.HEALTHY));
        fold(rendered(1L));
        ObjectNode patch = written(T);
        logic.finished(new Outcome.Written("u1", "6"));
        return (ObjectNode) patch.path("status");
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
    void anInvalidSpecIsACondition() {
        fold(new ApplicationRejected(
                APP, "u1", 1, List.of(new Condition(Condition.INVALID_SPEC_ERROR, "spec.source is missing"))));
        logic.decide(T);
        logic.finished(wasRead("u1", "5", JsonNodeFactory.instance.objectNode()));

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
    void anotherApplicationOfTheSameNameIsReadAnew() {
        ready();
        fold(declared("u2", false));

        assertThat(logic.decide(T).tasks()).containsExactly(new StatusTask.Read(APP, "u2"));
        logic.finished(wasRead("u1", "5", JsonNodeFactory.instance.objectNode()));
        assertThat(logic.decide(T).tasks()).isEmpty();
    }

    @Test
    void aPatchIsForTheVersionThatWasReadAndIsDecidedAnewWhenThatHasPassed() {
        ready();
        fold(compared(SyncStatus.SYNCED, HealthStatus.HEALTHY));
        var write = (StatusTask.Write) logic.decide(T).tasks().getFirst();
        assertThat(write.resourceVersion()).isEqualTo("5");

        logic.finished(new Outcome.Changed("u1"));
        assertThat(logic.decide(T).tasks()).containsExactly(new StatusTask.Read(APP, "u1"));
        logic.finished(wasRead("u1", "7", JsonNodeFactory.instance.objectNode()));

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
}
