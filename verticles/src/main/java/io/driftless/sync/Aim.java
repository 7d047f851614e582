package io.driftless.sync;

import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationSpec.Retry;
import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.Condition;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.OperationEvent.Phase;
import io.driftless.events.RevisionEvent.RevisionRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Settles which render an operation is about: the newest one, or one that is made for it. That is made by the manifest
/// stage, which finds the order in the record of the operation, and comes back on `revisions`.
record Aim(Knowledge known, Operation operation, Out out, Attempts attempts) {
    private static final Duration DECLARATION = Duration.ofSeconds(10);

    /// False while that is not known, and when the operation ended.
    boolean settled() {
        ApplicationCompared compared = known.comparison();
        if (known.elsewhere()) {
            if (operation.render.isEmpty() && compared != null) {
                at(compared);
            }
            return true;
        }
        if (!operation.render.isEmpty()) {
            return compared == null
                    || compared.render().equals(operation.render)
                    || !operation.inFlight.isEmpty()
                    || anew(compared);
        }
        ApplicationDeclared declared = known.declared;
        if (declared != null && ordered(declared, compared)) {
            return awaitRevision();
        }
        String refusal = known.errors();
        if (!refusal.isEmpty()) {
            attempts.finish(Phase.ERROR, refusal);
            return false;
        }
        if (compared == null) {
            awaitComparison();
            return false;
        }
        at(compared);
        return true;
    }

    private void at(ApplicationCompared compared) {
        operation.revision = compared.revision();
        operation.render = compared.render();
        operation.unrecorded = true;
    }

    /// Whether something else than the newest render is meant. A revision that is the rendered one is not.
    private boolean ordered(ApplicationDeclared declared, @Nullable ApplicationCompared compared) {
        SyncRequested request = operation.request;
        if (request == null || !request.elsewhere(declared.spec().source().targetRevision())) {
            return false;
        }
        String revision = request.revision();
        return request.local()
                || request.source() != null
                || compared == null
                || revision == null
                || !compared.revision().startsWith(revision);
    }

    private boolean awaitRevision() {
        RevisionRefused refused = known.revision.refused(operation.id);
        if (refused != null) {
            attempts.finish(
                    Phase.ERROR,
                    refused.conditions().stream().map(Condition::message).collect(Collectors.joining("; ")));
            return false;
        }
        Instant limit = operation.startedAt.plus(SyncRun.COMPARISON);
        if (out.now.isBefore(limit)) {
            out.wake(limit);
        } else {
            attempts.finish(
                    Phase.ERROR,
                    "what was asked for was not rendered within " + SyncRun.COMPARISON.toMinutes()
                            + " minutes: does the manifest stage run?");
        }
        return false;
    }

    private void awaitComparison() {
        String missing = known.declared == null
                ? "no Application of this name is declared"
                : "no comparison of the newest revision with the cluster arrived within "
                        + SyncRun.COMPARISON.toMinutes() + " minutes: is the repository reachable, and the cluster?";
        Instant limit = operation.startedAt.plus(known.declared == null ? DECLARATION : SyncRun.COMPARISON);
        if (out.now.isBefore(limit)) {
            out.wake(limit);
        } else {
            attempts.finish(Phase.ERROR, missing);
        }
    }

    /// The render changed under a running operation: only the newest manifests are there, so it goes on with those.
    private boolean anew(ApplicationCompared compared) {
        SyncRequested request = operation.request;
        if (request != null
                && (request.revision() != null || request.local() || request.source() != null)
                && !refreshed(request)) {
            attempts.finish(
                    Phase.FAILED,
                    "superseded: " + compared.revision() + " was rendered while " + operation.revision
                            + " was being synced");
            return false;
        }
        operation.results.clear(); // what was done for the older render may have to be done again
        operation.inFlight.clear();
        at(compared);
        operation.lastWave = false;
        return true;
    }

    /// Whether the request is about whatever the Application follows, and means it anew for each attempt.
    private boolean refreshed(SyncRequested request) {
        ApplicationDeclared declared = known.declared;
        Retry retry = request.retry();
        return retry != null
                && retry.refresh() != null
                && declared != null
                && !request.elsewhere(declared.spec().source().targetRevision());
    }
}
