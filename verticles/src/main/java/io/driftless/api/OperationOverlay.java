package io.driftless.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.OperationEvent.OperationRecorded;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// An operation that was asked for, or whose state has not reached the resource yet, is shown as the field `operation`,
/// where clients of Argo CD look for it: until it is gone they wait.
final class OperationOverlay {
    private OperationOverlay() {}

    /// Whether the resource does not say yet what the record says. Its times are whole seconds, and several operations
    /// may begin in one: then it is behind as long as it tells of another end.
    static boolean behind(StatusFacts status, OperationRecorded record) {
        if (record.isCascade()) {
            return false;
        }
        Instant recorded = record.startedAt().truncatedTo(ChronoUnit.SECONDS);
        if (!status.operationStarted().equals(recorded)) {
            return status.operationStarted().isBefore(recorded);
        }
        boolean finished = !status.operationFinished().equals(Instant.MIN);
        Instant end = record.finishedAt();
        if (end == null) {
            return finished;
        }
        return !finished
                || status.operationFinished().isBefore(end.truncatedTo(ChronoUnit.SECONDS))
                || !status.operationPhase().equals(record.phase().toString())
                || differ(status.operationRevision(), record.revision());
    }

    private static boolean differ(String said, String recorded) {
        return !said.isEmpty() && !recorded.isEmpty() && !said.equals(recorded);
    }

    static void add(ObjectNode application, OperationRecorded operation) {
        SyncRequested request = operation.request();
        if (request != null) {
            add(application, request);
            return;
        }
        ObjectNode shown = application.putObject("operation");
        shown.putObject("sync").put("revision", operation.revision());
        shown.putObject("initiatedBy").put("automated", true);
    }

    static void add(ObjectNode application, SyncRequested request) {
        ObjectNode operation = application.putObject("operation");
        ObjectNode sync = operation.putObject("sync");
        if (request.revision() != null) {
            sync.put("revision", request.revision());
        }
        if (request.prune()) {
            sync.put("prune", true);
        }
        if (request.dryRun()) {
            sync.put("dryRun", true);
        }
        operation.putObject("initiatedBy").put("username", request.requestedBy());
    }

    static ObjectNode withOperation(ObjectNode application, SyncRequested request) {
        ObjectNode answer = application.deepCopy();
        add(answer, request);
        return answer;
    }
}
