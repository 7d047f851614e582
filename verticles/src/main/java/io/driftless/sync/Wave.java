package io.driftless.sync;

import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.OperationEvent.ResourceResult;
import io.driftless.events.ResourceId;
import io.driftless.events.SyncEvent;
import io.driftless.events.SyncStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// The writes of one wave: takes in what came of them, hands out those that follow, and decides anew where the object
/// changed in between. A write is handed out only as its intent is recorded; an intent that is recorded and not under
/// way (after a crash) is settled by the newest verdict: done already, still to do, or to be decided anew.
final class Wave {
    static final Duration NEWS = Duration.ofSeconds(30);
    private static final int MOST_CONFLICTS = 10;
    private static final int MOST_TRIES = 3;

    private final Knowledge known;
    private final Operation operation;
    private final Out out;

    Wave(Knowledge known, Operation operation, Out out) {
        this.known = known;
        this.operation = operation;
        this.out = out;
    }

    void take(SyncOutcome outcome) {
        ResourceResult intent = operation.results.get(outcome.resource());
        if (!outcome.operation().equals(operation.id) || !operation.inFlight.end(outcome) || intent == null) {
            return; // of an earlier operation or attempt
        }
        switch (outcome) {
            case SyncOutcome.Applied applied -> applied(intent, applied);
            case SyncOutcome.Pruned _ -> pruned(intent, true);
            case SyncOutcome.Kept kept ->
                operation.put(Operation.ended(intent, ResourceResult.PRUNE_SKIPPED, kept.reason(), ""));
            case SyncOutcome.Conflict conflict -> {
                if (operation.inFlight.conflict(conflict, out.now) > MOST_CONFLICTS) {
                    failed(intent, "it keeps changing while it is written: " + conflict.message());
                }
            }
            case SyncOutcome.Refused refused -> {
                int tries = refused.passing() ? operation.inFlight.passing(intent.resource()) : MOST_TRIES;
                if (tries < MOST_TRIES) {
                    operation.inFlight.again(intent.resource(), out.now.plus(Backoff.again(tries)));
                } else {
                    failed(intent, refused.message());
                }
            }
        }
    }

    /// Hands out what may be written now: all open writes of the lowest rank. True when none is open any more.
    boolean drive(BiFunction<ResourceResult, String, @Nullable SyncTask> taskOf) {
        while (true) {
            List<ResourceResult> open = operation.open();
            if (open.isEmpty()) {
                return true;
            }
            int lowest = open.stream().mapToInt(SyncPlan::rank).min().orElse(0);
            boolean settled = false;
            for (ResourceResult intent : open) {
                ResourceId resource = intent.resource();
                if (SyncPlan.rank(intent) != lowest || operation.inFlight.contains(resource)) {
                    continue;
                }
                String uid = uidIfReady(intent);
                ResourceResult decided = operation.results.get(resource);
                if (uid == null || decided == null) {
                    settled |= ended(decided);
                    continue;
                }
                SyncTask task = taskOf.apply(decided, uid);
                if (task != null) {
                    operation.inFlight.start(task);
                    out.tasks.add(task);
                } else {
                    settled |= ended(operation.results.get(resource));
                }
            }
            if (!settled) {
                return false;
            }
        }
    }

    private static boolean ended(@Nullable ResourceResult result) {
        return result == null || !result.status().equals(ResourceResult.RUNNING);
    }

    /// The uid to write to (empty for none) when the write may be handed out; null when it waits or is settled.
    private @Nullable String uidIfReady(ResourceResult intent) {
        Instant notBefore = operation.inFlight.notBefore(intent.resource());
        if (notBefore != null && out.now.isBefore(notBefore)) {
            out.wake(notBefore);
            return null;
        }
        if (SyncPlan.ensures(intent)) {
            return "";
        }
        InFlight.Lost lost = operation.inFlight.lost(intent.resource());
        if (lost != null && lost.conflict().owner() != SyncOutcome.Owner.SELF) {
            // Nobody watches that object for us, so no verdict will come: the performer has seen it instead.
            decideAnew(intent, lost.conflict().liveVersion());
            return lost.conflict().liveUid();
        }
        ResourceVerdict verdict = known.verdict(intent.resource());
        if (verdict != null && known.writes.stale(verdict, out.now)) {
            // It may be true all the same, and then no other one follows.
            out.wake(known.writes.staleUntil(verdict));
        }
        boolean news = isNews(intent, verdict, lost);
        if (!news && lost == null && verdict != null && sameState(intent, verdict)) {
            return verdict.uid();
        }
        return news ? byNews(intent, verdict, lost) : await(intent, lost);
    }

    private boolean isNews(ResourceResult intent, @Nullable ResourceVerdict verdict, InFlight.@Nullable Lost lost) {
        if (verdict == null) {
            return SyncPlan.prunes(intent) && known.compared != null;
        }
        boolean aboutTheSame = SyncPlan.prunes(intent) || verdict.digest().equals(intent.digest());
        boolean old = lost != null
                && verdict.exists()
                && Writes.older(verdict.resourceVersion(), lost.conflict().liveVersion());
        return aboutTheSame && !sameState(intent, verdict) && !old && !known.writes.stale(verdict, out.now);
    }

    private static boolean sameState(ResourceResult intent, ResourceVerdict verdict) {
        return verdict.resourceVersion().equals(intent.decidedOn())
                && verdict.exists() != intent.decidedOn().isEmpty();
    }

    private @Nullable String byNews(
            ResourceResult intent, @Nullable ResourceVerdict verdict, InFlight.@Nullable Lost lost) {
        if (SyncPlan.prunes(intent)) {
            if (verdict == null || !verdict.exists() || verdict.deleting()) {
                pruned(intent, lost == null);
                return null;
            }
            decideAnew(intent, verdict.resourceVersion());
            return verdict.uid();
        }
        if (verdict == null || verdict.status() == SyncStatus.UNKNOWN) {
            return null;
        }
        if (verdict.status() == SyncStatus.SYNCED) {
            // Written before a crash took the answer, or put right by somebody else.
            operation.put(
                    Operation.ended(intent, ResourceResult.SYNCED, "already as wanted", verdict.resourceVersion()));
            if (lost == null) {
                out.events.add(new SyncEvent.ResourceApplied(
                        operation.application,
                        operation.id,
                        intent.resource(),
                        intent.decidedOn().isEmpty(),
                        verdict.resourceVersion(),
                        0));
            }
            return null;
        }
        decideAnew(intent, verdict.resourceVersion());
        return verdict.uid();
    }

    private @Nullable String await(ResourceResult intent, InFlight.@Nullable Lost lost) {
        if (lost != null) {
            Instant limit = lost.at().plus(NEWS);
            if (out.now.isBefore(limit)) {
                out.wake(limit);
            } else {
                failed(
                        intent,
                        "it changed after it was compared, and the change was not observed within " + NEWS.toSeconds()
                                + " s: " + lost.conflict().message());
            }
        }
        return null;
    }

    private void decideAnew(ResourceResult intent, String decidedOn) {
        operation.put(new ResourceResult(
                intent.resource(), intent.apiVersion(), ResourceResult.RUNNING, "", decidedOn, "", intent.digest()));
        operation.unrecorded = true;
    }

    private void applied(ResourceResult intent, SyncOutcome.Applied applied) {
        String message = applied.created() ? "created" : "configured";
        ResourceResult result = Operation.ended(
                intent,
                ResourceResult.SYNCED,
                operation.dryRun() ? message + " (dry run)" : message,
                applied.resourceVersion());
        operation.put(result);
        remember(result);
        if (!SyncPlan.ensures(intent) || applied.created()) {
            out.events.add(new SyncEvent.ResourceApplied(
                    operation.application,
                    operation.id,
                    intent.resource(),
                    applied.created(),
                    applied.resourceVersion(),
                    applied.micros()));
        }
    }

    private void pruned(ResourceResult intent, boolean ours) {
        String message = operation.dryRun() ? "pruned (dry run)" : "pruned";
        ResourceResult result = Operation.ended(intent, ResourceResult.PRUNED, message, "");
        operation.put(result);
        remember(result);
        if (ours) {
            out.events.add(new SyncEvent.ResourcePruned(operation.application, operation.id, intent.resource()));
        }
    }

    private void remember(ResourceResult result) {
        if (!operation.dryRun()) {
            known.wrote(result, out.now);
        }
    }

    private void failed(ResourceResult intent, String message) {
        operation.put(Operation.ended(intent, ResourceResult.SYNC_FAILED, message, ""));
        out.events.add(new SyncEvent.ResourceFailed(operation.application, operation.id, intent.resource(), message));
    }
}
