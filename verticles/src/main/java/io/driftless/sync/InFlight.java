package io.driftless.sync;

import io.driftless.events.ResourceId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What this process alone knows about the writes of an operation: lost in a crash, and then decided anew from the
/// record and the newest verdicts.
final class InFlight {
    /// A write that was refused because the object had changed.
    record Lost(SyncOutcome.Conflict conflict, Instant at) {}

    /// Writes that were handed out, with the resourceVersion each was decided on.
    private final Map<ResourceId, String> running = new HashMap<>();

    private final Map<ResourceId, Lost> lost = new HashMap<>();
    private final Map<ResourceId, Integer> conflicts = new HashMap<>();
    private final Map<ResourceId, Integer> tries = new HashMap<>();
    private final Map<ResourceId, Instant> notBefore = new HashMap<>();

    void start(SyncTask task) {
        running.put(task.resource(), task.decidedOn());
        lost.remove(task.resource());
        notBefore.remove(task.resource());
    }

    /// True when the outcome is that of a write under way, which then no longer is.
    boolean end(SyncOutcome outcome) {
        return running.remove(outcome.resource(), outcome.decidedOn());
    }

    boolean contains(ResourceId resource) {
        return running.containsKey(resource);
    }

    boolean isEmpty() {
        return running.isEmpty();
    }

    /// Counts a conflict; returns how many there were.
    int conflict(SyncOutcome.Conflict conflict, Instant now) {
        lost.put(conflict.resource(), new Lost(conflict, now));
        return conflicts.merge(conflict.resource(), 1, Integer::sum);
    }

    @Nullable
    Lost lost(ResourceId resource) {
        return lost.get(resource);
    }

    /// Counts a refusal that may pass; returns how many there were.
    int passing(ResourceId resource) {
        return tries.merge(resource, 1, Integer::sum);
    }

    void again(ResourceId resource, Instant at) {
        notBefore.put(resource, at);
    }

    @Nullable
    Instant notBefore(ResourceId resource) {
        return notBefore.get(resource);
    }

    void clear() {
        running.clear();
        lost.clear();
        conflicts.clear();
        tries.clear();
        notBefore.clear();
    }
}
