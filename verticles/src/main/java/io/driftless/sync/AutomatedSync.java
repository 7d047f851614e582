package io.driftless.sync;

import io.driftless.events.ApplicationSpec.Automated;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.OperationEvent.Phase;
import io.driftless.events.ResourceId;
import io.driftless.events.SyncStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether automated sync starts an operation, by Argo CD's rules in their order:
/// - only when OutOfSync, without errors, and when there is something it may do (deletions alone do not count while
///   `prune` is off);
/// - a revision that was not tried yet is synced;
/// - a revision whose sync failed is not tried again, unless `selfHeal` is on: then every [#AFTER_FAILURE];
/// - a revision whose sync succeeded is synced again only with `selfHeal`, at the pace of [Heals];
/// - if every resource would be deleted and `allowEmpty` is off, nothing happens and the operation is recorded as
///   failed.
final class AutomatedSync {
    static final Duration AFTER_FAILURE = Duration.ofMinutes(5);
    static final String WIPE =
            "auto-sync will wipe out all resources: Git holds none of them any more; if that is meant, set"
                    + " spec.syncPolicy.automated.allowEmpty: true or sync with prune by hand";

    private AutomatedSync() {}

    /// What follows.
    sealed interface Choice {}

    record Nothing() implements Choice {}

    record NotBefore(Instant at) implements Choice {}

    record Start(boolean selfHeal, int healsInARow) implements Choice {}

    record Refuse(String message) implements Choice {}

    static Choice choose(
            Automated automated,
            ApplicationCompared compared,
            @Nullable OperationRecorded last,
            List<ResourceId> todo,
            Heals heals,
            Instant now) {
        if (compared.status() != SyncStatus.OUT_OF_SYNC || todo.isEmpty()) {
            heals.calm();
            return new Nothing();
        }
        if (last == null || !tried(last, compared)) {
            return wipes(automated, compared) ? new Refuse(WIPE) : new Start(false, 0);
        }
        if (!automated.selfHeal() || wipes(automated, compared)) {
            return new Nothing();
        }
        Instant finishedAt = last.finishedAt() == null ? last.startedAt() : last.finishedAt();
        if (last.phase() != Phase.SUCCEEDED) {
            return from(finishedAt.plus(AFTER_FAILURE), now, last.selfHealAttempts());
        }
        int inARow = heals.inARow(compared, todo, last.selfHealAttempts(), finishedAt, now);
        return from(heals.earliest(inARow, finishedAt), now, inARow);
    }

    private static Choice from(Instant earliest, Instant now, int inARow) {
        return now.isBefore(earliest) ? new NotBefore(earliest) : new Start(true, inARow);
    }

    /// Whether the last operation was about this revision and render. A dry run tried nothing.
    private static boolean tried(OperationRecorded last, ApplicationCompared compared) {
        boolean dryRun = last.request() != null && last.request().dryRun();
        return !dryRun
                && last.revision().equals(compared.revision())
                && last.render().equals(compared.render());
    }

    private static boolean wipes(Automated automated, ApplicationCompared compared) {
        return automated.prune()
                && !automated.allowEmpty()
                && compared.resources().stream().noneMatch(ResourceVerdict::wanted);
    }
}
