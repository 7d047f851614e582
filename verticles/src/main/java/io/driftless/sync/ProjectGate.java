package io.driftless.sync;

import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.OperationEvent.Phase;
import io.driftless.events.OperationEvent.ResourceResult;
import io.driftless.events.ResourceId;
import io.driftless.events.SyncEvent;
import io.driftless.project.Permits;
import io.driftless.project.SyncWindows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Whether the project of an Application lets an operation go on.
record ProjectGate(Operation operation, Out out, Attempts attempts) {
    private static final String BLOCKED = "Sync operation blocked by sync window";
    /// Begins the message of an operation that the project did not let begin.
    static final String NOT_VALID = "one or more synchronization tasks are not valid: ";

    /// False while a sync window is in the way; the operation says so, and goes on when the windows change.
    boolean open(ApplicationDeclared declared) {
        SyncWindows windows = SyncWindows.of(declared.rules());
        boolean manual = !operation.automated;
        boolean permitted = operation.announced
                ? windows.permitRunning(manual, operation.startedAt, out.now)
                : windows.permit(manual, out.now);
        String message = permitted ? "" : BLOCKED;
        if (!permitted || operation.message.equals(BLOCKED)) {
            operation.unrecorded |= !operation.message.equals(message);
            operation.message = message;
        }
        if (!permitted) {
            windows.nextChange(out.now).ifPresent(out::wake);
        }
        return permitted;
    }

    /// False when something that is to be deployed may not be: the operation fails, and nothing more is written.
    boolean permits(ApplicationDeclared declared, ApplicationCompared compared, Predicate<ResourceVerdict> asked) {
        List<String> refusals = new ArrayList<>();
        for (ResourceVerdict verdict : compared.resources()) {
            String refusal = verdict.wanted() && asked.test(verdict) ? refusal(declared, verdict.resource()) : "";
            if (!refusal.isEmpty()) {
                refusals.add(refusal);
                refuse(SyncPlan.intent(verdict), refusal);
            }
        }
        if (refusals.isEmpty()) {
            return true;
        }
        attempts.finish(Phase.FAILED, NOT_VALID + String.join("; ", refusals));
        return false;
    }

    /// False when what was decided may not be written any more, because the project was changed since.
    boolean stillPermits(ApplicationDeclared declared, ResourceResult intent) {
        String refusal = SyncPlan.ensures(intent) ? "" : refusal(declared, intent.resource());
        if (!refusal.isEmpty()) {
            refuse(intent, refusal);
        }
        return refusal.isEmpty();
    }

    private static String refusal(ApplicationDeclared declared, ResourceId resource) {
        return Permits.refusal(declared.rules(), declared.spec().project(), resource);
    }

    private void refuse(ResourceResult intent, String refusal) {
        operation.put(Operation.ended(intent, ResourceResult.SYNC_FAILED, refusal, ""));
        out.events.add(new SyncEvent.ResourceFailed(operation.application, operation.id, intent.resource(), refusal));
    }
}
