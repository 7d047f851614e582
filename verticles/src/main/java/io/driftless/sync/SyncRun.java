package io.driftless.sync;

import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationSpec.Retry;
import io.driftless.events.ApplicationSpec.SyncPolicy;
import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.Condition;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.OperationEvent.Phase;
import io.driftless.events.OperationEvent.ResourceResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Moves a sync on as far as it can go now. It never waits: what it waits for (an answer, a comparison, a resource that
/// becomes healthy, the time of a retry) comes back as the next decision.
final class SyncRun {
    static final Duration COMPARISON = Duration.ofMinutes(3);

    private final Knowledge known;
    private final Operation operation;
    private final Out out;
    private final Attempts attempts;
    private final Wave wave;
    private final ProjectGate gate;

    SyncRun(Knowledge known, Operation operation, Out out) {
        this.known = known;
        this.operation = operation;
        this.out = out;
        this.attempts = new Attempts(operation, out);
        this.wave = new Wave(known, operation, out);
        this.gate = new ProjectGate(operation, out, attempts);
    }

    void advance() {
        if (operation.phase == Phase.TERMINATING || known.deleting()) {
            attempts.terminate();
            return;
        }
        if (known.rejected != null) {
            if (operation.inFlight.isEmpty()) {
                attempts.finish(Phase.ERROR, known.errors());
            }
            return;
        }
        ApplicationDeclared declared = known.declared;
        if (!attempts.begun() || (declared != null && !gate.open(declared)) || !aimed()) {
            return;
        }
        if (declared == null || blind(declared)) {
            return;
        }
        while (operation.running() && wave.drive((intent, uid) -> task(declared, intent, uid))) {
            if (!operation.with(ResourceResult.SYNC_FAILED).isEmpty()) {
                attempts.failed(retry(declared), attempts.failures());
                return;
            }
            if (operation.lastWave) {
                succeed();
            } else if (!nextWave(declared)) {
                return;
            }
        }
    }

    /// True when the attempt failed because nothing is known any more to go on with, for too long: a broken commit or a
    /// cluster that does not answer must not keep an operation, and everybody who waits for it, for ever.
    private boolean blind(ApplicationDeclared declared) {
        if (known.comparison() != null || !operation.inFlight.isEmpty()) {
            operation.blindSince = null;
            return false;
        }
        Instant since = operation.blindSince == null ? out.now : operation.blindSince;
        Instant limit = since.plus(COMPARISON);
        operation.blindSince = since;
        if (out.now.isBefore(limit)) {
            out.wake(limit);
            return false;
        }
        operation.blindSince = null;
        String why = known.errors();
        attempts.abandon("the state of the Application became unknown");
        attempts.failed(
                retry(declared),
                why.isEmpty()
                        ? "for " + COMPARISON.toMinutes() + " minutes there was no comparison to go on with: is the"
                                + " repository reachable, and the cluster?"
                        : why);
        return true;
    }

    /// Settles which render the operation is about. False while that is not known, and when the operation ended.
    private boolean aimed() {
        return new Aim(known, operation, out, attempts).settled();
    }

    /// Records the writes of the next wave. False when the operation waits or ended.
    private boolean nextWave(ApplicationDeclared declared) {
        ApplicationCompared compared = known.comparison();
        if (compared == null) {
            return false;
        }
        SyncOptions options = options(declared.spec().syncPolicy());
        if (options.on("FailOnSharedResource") && known.warns(Condition.SHARED_RESOURCE_WARNING)) {
            attempts.finish(Phase.FAILED, "Shared resource found; option FailOnSharedResource=true forbids the sync");
            return false;
        }
        if (!gate.permits(declared, compared, this::asked)) {
            return false;
        }
        SyncPlan plan = SyncPlan.of(compared, known.manifests(), wish(declared, options), this::chosen);
        if (!plan.items().isEmpty() && !new HealthGate(known, operation, out, attempts).open(retry(declared))) {
            return false;
        }
        plan.skipped().forEach(operation::put);
        attempts.announce(plan.items().size());
        if (plan.items().isEmpty()) {
            operation.lastWave = true;
            return true;
        }
        List<SyncPlan.Item> next = operation.dryRun() ? plan.items() : plan.firstWave();
        next.forEach(item -> operation.put(item.intent()));
        operation.lastWave = next.size() == plan.items().size();
        operation.unrecorded = true;
        return true;
    }

    private void succeed() {
        boolean skipped = !operation.with(ResourceResult.PRUNE_SKIPPED).isEmpty();
        attempts.finish(
                Phase.SUCCEEDED,
                skipped ? "successfully synced (no more tasks)" : "successfully synced (all tasks run)");
    }

    private boolean asked(ResourceVerdict verdict) {
        SyncRequested request = operation.request;
        return request == null
                || request.resources().isEmpty()
                || request.resources().contains(verdict.resource());
    }

    private boolean chosen(ResourceVerdict verdict) {
        if (!asked(verdict) || operation.results.containsKey(verdict.resource())) {
            return false;
        }
        return !known.writes.stale(verdict, out.now);
    }

    private SyncOptions options(SyncPolicy policy) {
        SyncOptions options = new SyncOptions(policy.syncOptions());
        SyncRequested request = operation.request;
        if (request == null) {
            return options;
        }
        SyncOptions all = options.and(request.syncOptions());
        return request.forced() ? all.and(List.of("Force=true")) : all;
    }

    private SyncPlan.Wish wish(ApplicationDeclared declared, SyncOptions options) {
        SyncPolicy policy = declared.spec().syncPolicy();
        SyncRequested request = operation.request;
        boolean pruning = request != null
                ? request.prune()
                : policy.automated() != null && policy.automated().prune();
        String namespace =
                options.on("CreateNamespace") ? declared.spec().destination().namespace() : "";
        boolean always = policy.managedNamespaceMetadata() != null && !operation.selfHeal;
        boolean hooks = request == null
                ? !operation.selfHeal
                : !request.withoutHooks() && request.resources().isEmpty();
        return new SyncPlan.Wish(pruning, options, namespace, always, hooks);
    }

    private Retry retry(ApplicationDeclared declared) {
        SyncRequested request = operation.request;
        if (request != null && request.retry() != null) {
            return request.retry();
        }
        Retry declaredRetry = declared.spec().syncPolicy().retry();
        if (declaredRetry != null) {
            return declaredRetry;
        }
        return operation.automated ? Backoff.DEFAULT_RETRY : Backoff.NO_RETRY;
    }

    /// The write that a recorded intent is about; null while its manifest is not at hand, and when it may not be made.
    private @Nullable SyncTask task(ApplicationDeclared declared, ResourceResult intent, String uid) {
        ApplicationCompared compared = known.compared;
        if (compared == null || !gate.stillPermits(declared, intent)) {
            return null;
        }
        SyncOptions options = options(declared.spec().syncPolicy());
        return new Tasks(operation, compared.cluster(), declared.spec(), options).of(intent, uid, known);
    }
}
