package io.driftless.registry;

import io.driftless.events.Condition;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.OperationEvent.Phase;
import io.driftless.events.SyncStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The conditions of an Application: those of its comparison, and a `SyncError` for as long as automated sync is held
/// up by its last attempt at the revision that is wanted still.
final class Conditions {
    private Conditions() {}

    static List<Condition> of(ApplicationCompared compared, @Nullable OperationRecorded last) {
        if (last == null || !holdsUp(last, compared)) {
            return compared.conditions();
        }
        List<Condition> conditions = new ArrayList<>(compared.conditions());
        String message = "Failed last sync attempt to " + last.revision() + ": " + last.message();
        conditions.add(new Condition(Condition.SYNC_ERROR, message));
        return conditions;
    }

    private static boolean holdsUp(OperationRecorded last, ApplicationCompared compared) {
        return last.automated()
                && !last.isCascade()
                && (last.phase() == Phase.FAILED || last.phase() == Phase.ERROR)
                && compared.status() == SyncStatus.OUT_OF_SYNC
                && last.revision().equals(compared.revision())
                && last.render().equals(compared.render());
    }
}
