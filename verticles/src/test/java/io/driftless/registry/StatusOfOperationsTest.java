package io.driftless.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.HealthStatus;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.OperationEvent.Phase;
import io.driftless.events.SyncStatus;
import io.driftless.registry.StatusTask.Outcome;
import io.driftless.stage.Decision;
import org.junit.jupiter.api.Test;

/// What the status says of syncs and cascades.
class StatusOfOperationsTest extends StatusStory {
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
        logic.finished(wasRead("u1", "5", before));
        fold(compared(SyncStatus.SYNCED, HealthStatus.HEALTHY));
        fold(operation("1", Phase.SUCCEEDED, T));
        assertThat(written(T).at("/status/history").isMissingNode()).isTrue();
        logic.finished(new Outcome.Written("u1", "6"));

        fold(operation("2", Phase.SUCCEEDED, T.plusSeconds(60)));

        assertThat(written(T.plusSeconds(60)).at("/status/history/1/id").asInt())
                .isEqualTo(5);
    }

    @Test
    void theFinalizerGoesWhenTheCascadeIsComplete() {
        fold(declared("u1", true));
        logic.decide(T);
        logic.finished(wasRead("u1", "5", JsonNodeFactory.instance.objectNode()));
        assertThat(logic.decide(T).tasks()).isEmpty();

        fold(operation(OperationRecorded.cascadeId("u1"), Phase.SUCCEEDED, T));

        ObjectNode patch = written(T);
        assertThat(patch.at("/metadata/finalizers")).hasSize(1);
        assertThat(patch.at("/metadata/finalizers/0").asText()).isEqualTo("other/one");
        logic.finished(new Outcome.Written("u1", "6"));
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
}
