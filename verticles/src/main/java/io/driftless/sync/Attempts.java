package io.driftless.sync;

import io.driftless.events.ApplicationSpec.Retry;
import io.driftless.events.OperationEvent.Phase;
import io.driftless.events.OperationEvent.ResourceResult;
import io.driftless.events.SyncEvent;
import java.time.Instant;
import java.util.stream.Collectors;

/// How attempts of an operation begin and end.
final class Attempts {
    private final Operation operation;
    private final Out out;

    Attempts(Operation operation, Out out) {
        this.operation = operation;
        this.out = out;
    }

    /// False while the next attempt waits for its time; begins it when that has come.
    boolean begun() {
        Instant retryAt = operation.retryAt;
        if (retryAt == null) {
            return true;
        }
        if (out.now.isBefore(retryAt)) {
            out.wake(retryAt);
            return false;
        }
        operation.retryAt = null;
        operation.results.clear();
        operation.inFlight.clear();
        operation.announced = false;
        operation.lastWave = false;
        operation.unrecorded = true;
        return true;
    }

    /// Says once per attempt that it starts.
    void announce(int resources) {
        if (!operation.announced) {
            operation.announced = true;
            out.events.add(new SyncEvent.SyncStarted(
                    operation.application,
                    operation.id,
                    operation.revision,
                    operation.requestedBy,
                    operation.attempt,
                    resources));
        }
    }

    /// Ends a failed attempt: another one follows by the retry policy, or the operation fails.
    void failed(Retry retry, String message) {
        if (retry.limit() >= 0 && operation.attempt >= retry.limit()) {
            String tried = operation.attempt == 0 ? "" : " (retried " + operation.attempt + " times)";
            finish(Phase.FAILED, message + tried);
            return;
        }
        Instant retryAt = out.now.plus(Backoff.retry(retry, operation.attempt));
        operation.attempt++;
        operation.retryAt = retryAt;
        operation.message = message + "; retrying, attempt " + operation.attempt + " at " + retryAt;
        operation.unrecorded = true;
        out.wake(retryAt);
        out.events.add(new SyncEvent.SyncRetryScheduled(
                operation.application, operation.id, operation.attempt, retryAt, message));
    }

    /// What failed, in words.
    String failures() {
        return operation.with(ResourceResult.SYNC_FAILED).stream()
                .map(result -> result.resource() + ": " + result.message())
                .collect(Collectors.joining("; ", "one or more objects failed to apply, reason: ", ""));
    }

    void finish(Phase phase, String message) {
        operation.phase = phase;
        operation.message = message;
        operation.finishedAt = out.now;
        operation.retryAt = null;
        operation.unrecorded = true;
        int pruned = operation.with(ResourceResult.PRUNED).size();
        if (phase != Phase.SUCCEEDED) {
            out.events.add(new SyncEvent.SyncFailed(
                    operation.application, operation.id, operation.revision, message, operation.startedAt, out.now));
        } else if (operation.cascade()) {
            out.events.add(new SyncEvent.CascadeCompleted(operation.application, operation.id, operation.uid, pruned));
        } else {
            out.events.add(new SyncEvent.SyncSucceeded(
                    operation.application,
                    operation.id,
                    operation.revision,
                    operation.startedAt,
                    out.now,
                    (int) operation.with(ResourceResult.SYNCED).stream()
                            .filter(result -> !SyncPlan.skippedHook(result))
                            .count(),
                    pruned));
        }
    }

    /// Ends an operation that somebody wants ended, once nothing of it is under way.
    void terminate() {
        if (!operation.inFlight.isEmpty()) {
            if (operation.phase != Phase.TERMINATING) {
                operation.phase = Phase.TERMINATING;
                operation.message = "operation is terminating";
                operation.unrecorded = true;
            }
            return;
        }
        abandon("the operation was terminated");
        finish(Phase.FAILED, "Operation terminated");
    }

    /// Writes that nobody knows the outcome of are recorded as failed.
    void abandon(String reason) {
        for (ResourceResult intent : operation.open()) {
            operation.put(Operation.ended(intent, ResourceResult.SYNC_FAILED, "not confirmed: " + reason, ""));
        }
    }
}
