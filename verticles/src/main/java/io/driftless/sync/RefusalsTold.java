package io.driftless.sync;

import io.driftless.events.SyncEvent.SyncFailed;
import io.driftless.security.SecurityEvent;
import io.driftless.security.SecurityLog;
import io.driftless.stage.Decision;
import io.driftless.stage.Fact;
import io.driftless.stage.Logic;
import io.driftless.stage.Publication;
import java.time.Instant;

/// The decisions of another logic, telling operators of operations that a project did not let begin.
record RefusalsTold<T, O>(Logic<T, O> decides) implements Logic<T, O> {
    @Override
    public void fold(Fact fact) {
        decides.fold(fact);
    }

    @Override
    public void finished(O outcome) {
        decides.finished(outcome);
    }

    @Override
    public Decision<T> decide(Instant now) {
        Decision<T> decision = decides.decide(now);
        decision.publications().forEach(RefusalsTold::tell);
        return decision;
    }

    private static void tell(Publication publication) {
        if (publication.event() instanceof SyncFailed failed && failed.message().startsWith(ProjectGate.NOT_VALID)) {
            SecurityLog.tell(
                    SecurityEvent.NOT_PERMITTED,
                    failed.message(),
                    "application",
                    failed.application().toString(),
                    "operation",
                    failed.operation());
        }
    }

    @Override
    public boolean forgettable() {
        return decides.forgettable();
    }
}
