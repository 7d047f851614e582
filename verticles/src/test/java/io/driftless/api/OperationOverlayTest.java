package io.driftless.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.events.ApplicationName;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.OperationEvent.Phase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Two operations in one second, whose status tells whole seconds alone.
class OperationOverlayTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void anOperationThatRunsIsNotTakenForTheOneThatEndedInTheSameSecond() throws Exception {
        assertThat(behind(status("Succeeded", "old"), record(Phase.RUNNING, "", null)))
                .isTrue();
    }

    @Test
    void anEndIsNotTakenForAnotherOneInTheSameSecond() throws Exception {
        assertThat(behind(status("Succeeded", "old"), record(Phase.FAILED, "old", "2026-11-25T10:00:00.900Z")))
                .isTrue();
        assertThat(behind(status("Succeeded", "old"), record(Phase.SUCCEEDED, "new", "2026-11-25T10:00:00.900Z")))
                .isTrue();
        assertThat(behind(status("Succeeded", "old"), record(Phase.SUCCEEDED, "old", "2026-11-25T10:00:01.100Z")))
                .isTrue();
    }

    @Test
    void aStatusThatSaysTheSameIsNotBehind() throws Exception {
        assertThat(behind(status("Succeeded", "new"), record(Phase.SUCCEEDED, "new", "2026-11-25T10:00:00.900Z")))
                .isFalse();
    }

    private static boolean behind(JsonNode status, OperationRecorded record) {
        return OperationOverlay.behind(StatusFacts.of(status), record);
    }

    private static JsonNode status(String phase, String revision) throws Exception {
        return JSON.readTree("""
                {"operationState": {"phase": "%s", "startedAt": "2026-11-25T10:00:00Z",
                 "finishedAt": "2026-11-25T10:00:00Z", "syncResult": {"revision": "%s"}}}
                """.formatted(phase, revision));
    }

    private static OperationRecorded record(Phase phase, String revision, @Nullable String finishedAt) {
        return new OperationRecorded(
                new ApplicationName("argocd", "app"),
                "u",
                "id",
                1,
                phase,
                revision,
                "r",
                "anna",
                false,
                false,
                null,
                1,
                null,
                0,
                Instant.parse("2026-11-25T10:00:00.500Z"),
                finishedAt == null ? null : Instant.parse(finishedAt),
                "",
                List.of(),
                List.of());
    }
}
