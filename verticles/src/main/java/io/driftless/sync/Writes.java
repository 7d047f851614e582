package io.driftless.sync;

import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.OperationEvent.ResourceResult;
import io.driftless.events.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was written to an application's resources, and so which verdicts are about a state that is over.
///
/// A verdict travels cluster → observe → drift → here, so after a write there is a moment in which the newest verdict
/// still shows the object as it was before. Acting on it would write twice. It is told by its resourceVersion: it is
/// the one the write was decided on, or an older one. (The API server promises that resourceVersions of one kind grow
/// as numbers; where they are no numbers only equality counts.)
///
/// Nothing is stale for longer than [#LONGEST]: an object that was created and deleted again before anybody compared it
/// never shows a new version. Deciding on a stale verdict is harmless even then, since the API server refuses the
/// write; it is only a request too many.
final class Writes {
    static final Duration LONGEST = Duration.ofSeconds(10);

    private record Write(String decidedOn, String resourceVersion, boolean deleted, Instant at) {}

    private final Map<ResourceId, Write> writes = new HashMap<>();

    void remember(ResourceResult result, Instant at) {
        if (SyncPlan.ensures(result) || SyncPlan.skippedHook(result)) {
            return; // not a resource of the application, or not written
        }
        boolean deleted = result.status().equals(ResourceResult.PRUNED);
        if (deleted || result.status().equals(ResourceResult.SYNCED)) {
            writes.put(result.resource(), new Write(result.decidedOn(), result.resourceVersion(), deleted, at));
        }
    }

    /// Whether a verdict is about a state that one of our writes ended.
    boolean stale(ResourceVerdict verdict, Instant now) {
        Write write = writes.get(verdict.resource());
        return write != null && now.isBefore(write.at.plus(LONGEST)) && before(write, verdict);
    }

    /// When a verdict that is stale now is taken for new all the same.
    @Nullable
    Instant staleUntil(ResourceVerdict verdict) {
        Write write = writes.get(verdict.resource());
        return write == null ? null : write.at.plus(LONGEST);
    }

    /// Takes note of a verdict: one that shows what was written, or something newer, ends the
    /// doubt. What comes after it is news, also that the object does not exist (again).
    void seen(ResourceVerdict verdict) {
        Write write = writes.get(verdict.resource());
        if (write != null && !write.deleted && verdict.exists() && !before(write, verdict)) {
            writes.remove(verdict.resource());
        }
    }

    void forget(ResourceId resource) {
        writes.remove(resource);
    }

    private static boolean before(Write write, ResourceVerdict verdict) {
        if (!verdict.exists()) {
            return !write.deleted && write.decidedOn.isEmpty();
        }
        String seen = verdict.resourceVersion();
        if (write.deleted) {
            return !older(write.decidedOn, seen);
        }
        if (write.resourceVersion.isEmpty() || write.resourceVersion.equals(write.decidedOn)) {
            return false; // the write changed nothing: what is seen is what there is
        }
        return seen.equals(write.decidedOn) || older(seen, write.resourceVersion);
    }

    static boolean older(String first, String second) {
        if (first.isEmpty() || second.isEmpty()) {
            return first.isEmpty() && !second.isEmpty();
        }
        try {
            return Long.parseUnsignedLong(first) < Long.parseUnsignedLong(second);
        } catch (NumberFormatException opaque) {
            return false;
        }
    }
}
