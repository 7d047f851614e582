package io.driftless.sync;

import io.driftless.events.ApplicationSpec.Retry;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.OperationEvent.ResourceResult;
import org.jspecify.annotations.Nullable;

/// Whether the next wave may start: what was applied is healthy, what was deleted is gone. Nobody
/// waits: the verdict that says so is the next decision.
record HealthGate(Knowledge known, Operation operation, Out out, Attempts attempts) {

    /// False while something is not ready, and when the attempt failed because something never will be.
    boolean open(Retry retry) {
        if (operation.dryRun()) {
            return true;
        }
        for (ResourceResult result : operation.results.values()) {
            if (SyncPlan.ensures(result) || SyncPlan.skippedHook(result)) {
                continue;
            }
            ResourceVerdict verdict = known.verdict(result.resource());
            boolean ready = switch (result.status()) {
                case ResourceResult.PRUNED -> gone(verdict);
                case ResourceResult.SYNCED -> healthy(result, verdict, retry);
                default -> true;
            };
            if (!ready) {
                return false;
            }
        }
        return true;
    }

    private boolean gone(@Nullable ResourceVerdict verdict) {
        if (verdict == null || !verdict.exists()) {
            return true;
        }
        boolean stale = known.writes.stale(verdict, out.now);
        if (stale) {
            out.wake(known.writes.staleUntil(verdict));
        }
        return !stale && !verdict.deleting();
    }

    private boolean healthy(ResourceResult result, @Nullable ResourceVerdict verdict, Retry retry) {
        if (verdict == null) {
            return true; // neither wanted nor there any more
        }
        if (known.writes.stale(verdict, out.now)) {
            out.wake(known.writes.staleUntil(verdict));
            return false;
        }
        if (!verdict.exists()) {
            attempts.failed(retry, result.resource() + " is missing, it might have been deleted");
            return false;
        }
        return switch (verdict.health().status()) {
            case HEALTHY -> true;
            case DEGRADED -> {
                attempts.failed(
                        retry,
                        result.resource() + " is Degraded: " + verdict.health().message());
                yield false;
            }
            case SUSPENDED, PROGRESSING, MISSING, UNKNOWN -> false;
        };
    }
}
