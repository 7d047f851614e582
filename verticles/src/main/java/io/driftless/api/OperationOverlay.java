package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.OperationEvent.OperationRecorded;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/// An operation that was asked for, or whose state has not reached the resource yet, is shown as the field `operation`,
/// where clients of Argo CD look for it: until it is gone they wait.
final class OperationOverlay {
    private final ReadModel model;

    OperationOverlay(ReadModel model) {
        this.model = model;
    }

    /// The Application as clients are to see it; the same object when there is nothing to add.
    ObjectNode applied(ObjectNode application) {
        String name = ApplicationCache.nameOf(application).toString();
        var pending = model.pendingSync(name);
        if (pending.isPresent()) {
            return withOperation(application, pending.get());
        }
        var operation = model.operation(name);
        if (operation.isPresent() && behind(application.path("status").path("operationState"), operation.get())) {
            SyncRequested request = operation.get().request();
            ObjectNode copy = application.deepCopy();
            if (request != null) {
                return withOperation(copy, request);
            }
            ObjectNode shown = copy.putObject("operation");
            shown.putObject("sync").put("revision", operation.get().revision());
            shown.putObject("initiatedBy").put("automated", true);
            return copy;
        }
        return application;
    }

    /// Whether the resource does not say yet what the record says.
    private static boolean behind(JsonNode state, OperationRecorded record) {
        if (record.isCascade()) {
            return false;
        }
        Instant started = time(state.path("startedAt"));
        Instant recorded = record.startedAt().truncatedTo(ChronoUnit.SECONDS);
        if (started.isBefore(recorded)) {
            return true;
        }
        return started.equals(recorded)
                && record.phase().completed()
                && !state.path("finishedAt").isTextual();
    }

    private static Instant time(JsonNode text) {
        try {
            return text.isTextual() ? Instant.parse(text.asText()) : Instant.MIN;
        } catch (DateTimeParseException e) {
            return Instant.MIN;
        }
    }

    static ObjectNode withOperation(ObjectNode application, SyncRequested request) {
        ObjectNode answer = application.deepCopy();
        ObjectNode operation = answer.putObject("operation");
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
        return answer;
    }
}
