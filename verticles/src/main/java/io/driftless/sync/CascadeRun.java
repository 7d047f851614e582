package io.driftless.sync;

import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationSpec.Retry;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.OperationEvent.Phase;
import io.driftless.events.OperationEvent.ResourceResult;
import io.driftless.events.ProjectRules;
import io.driftless.events.SyncStatus;
import io.driftless.project.Permits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Deletes what a deleted Application deployed: every live resource tracked by it, the highest wave first, the next one
/// when that wave is gone. Custom resource definitions stay, as does whatever says so itself (`Delete=false`,
/// `helm.sh/resource-policy: keep`), and what the project does not let it touch. A failed deletion is repeated until it
/// succeeds.
final class CascadeRun {
    /// How long live state that is not known for certain may still bring resources to light before the deletion is
    /// called complete.
    static final Duration CERTAINTY = Duration.ofSeconds(30);

    private static final String FINALIZER = "resources-finalizer.argocd.argoproj.io";
    private static final Retry FOR_EVER = new Retry(-1, 5_000, 2, 180_000);

    private final Knowledge known;
    private final Operation operation;
    private final Out out;
    private final Attempts attempts;
    private final Wave wave;

    CascadeRun(Knowledge known, Operation operation, Out out) {
        this.known = known;
        this.operation = operation;
        this.out = out;
        this.attempts = new Attempts(operation, out);
        this.wave = new Wave(known, operation, out);
    }

    /// Whether the Application asks for its resources to be deleted with it.
    static boolean asked(ApplicationDeclared declared) {
        return declared.deleting()
                && declared.finalizers().stream()
                        .anyMatch(finalizer -> finalizer.equals(FINALIZER) || finalizer.startsWith(FINALIZER + '/'));
    }

    void advance() {
        ApplicationDeclared declared = known.declared;
        ApplicationCompared compared = known.compared;
        if (declared == null || compared == null || !attempts.begun()) {
            return;
        }
        String propagation = declared.finalizers().contains(FINALIZER + "/background") ? "Background" : "Foreground";
        while (operation.running()
                && wave.drive(
                        (intent, uid) -> Tasks.prune(operation, compared.cluster(), intent, uid, propagation, true))) {
            if (!operation.with(ResourceResult.SYNC_FAILED).isEmpty()) {
                attempts.failed(FOR_EVER, attempts.failures());
                return;
            }
            if (!nextWave(compared, declared.rules())) {
                return;
            }
        }
    }

    private boolean nextWave(ApplicationCompared compared, @Nullable ProjectRules rules) {
        List<ResourceVerdict> left = compared.resources().stream()
                .filter(this::toGo)
                .filter(verdict -> Permits.permitted(rules, verdict.resource()))
                .toList();
        attempts.announce(left.size());
        if (left.isEmpty()) {
            Instant certain = operation.startedAt.plus(CERTAINTY);
            if (compared.status() == SyncStatus.UNKNOWN && out.now.isBefore(certain)) {
                out.wake(certain);
            } else {
                attempts.finish(Phase.SUCCEEDED, "everything to be deleted with the Application is gone");
            }
            return false;
        }
        int highest = left.stream().mapToInt(ResourceVerdict::syncWave).max().orElse(0);
        boolean any = false;
        for (ResourceVerdict verdict : left) {
            if (verdict.syncWave() != highest || verdict.deleting()) {
                continue;
            }
            if (known.writes.stale(verdict, out.now)) {
                out.wake(known.writes.staleUntil(verdict));
                continue;
            }
            operation.put(new ResourceResult(
                    verdict.resource(),
                    verdict.apiVersion(),
                    ResourceResult.RUNNING,
                    "",
                    verdict.resourceVersion(),
                    "",
                    ""));
            any = true;
        }
        operation.unrecorded |= any;
        return any;
    }

    private boolean toGo(ResourceVerdict verdict) {
        ResourceResult result = operation.results.get(verdict.resource());
        boolean kept = result != null && result.status().equals(ResourceResult.PRUNE_SKIPPED);
        boolean definition = verdict.resource().kind().equals("CustomResourceDefinition");
        boolean itself = verdict.resource().kind().equals("Application")
                && verdict.resource().group().equals("argoproj.io")
                && verdict.resource().namespace().equals(operation.application.namespace())
                && verdict.resource().name().equals(operation.application.name());
        return verdict.exists() && !kept && !definition && !itself;
    }
}
