package io.driftless.sync;

import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationSpec.Automated;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.ResourceId;
import io.driftless.project.Permits;
import io.driftless.project.SyncWindows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether automated sync starts an operation now: what [AutomatedSync] chooses, unless something is in its way.
record AutomatedStart(Knowledge known, @Nullable Operation operation, Out out) {

    AutomatedSync.Choice choose() {
        ApplicationDeclared declared = known.declared;
        ApplicationCompared compared = known.usable();
        Automated automated =
                declared == null ? null : declared.spec().syncPolicy().automated();
        if (declared == null
                || compared == null
                || declared.deleting()
                || (operation != null && operation.running())
                || automated == null
                || !automated.enabled()
                || !known.errors().isEmpty()) {
            return new AutomatedSync.Nothing();
        }
        List<ResourceId> todo = todo(compared, automated.prune(), declared);
        OperationRecorded last = operation != null && operation.uid.equals(declared.uid()) ? operation.record() : null;
        AutomatedSync.Choice choice = AutomatedSync.choose(automated, compared, last, todo, known.heals, out.now);
        boolean starts = choice instanceof AutomatedSync.Start || choice instanceof AutomatedSync.Refuse;
        SyncWindows windows = SyncWindows.of(declared.rules());
        if (starts && !windows.permit(false, out.now)) {
            Optional<Instant> change = windows.nextChange(out.now);
            return change.<AutomatedSync.Choice>map(AutomatedSync.NotBefore::new)
                    .orElse(new AutomatedSync.Nothing());
        }
        if (choice instanceof AutomatedSync.Start start && start.selfHeal()) {
            known.heals.started(compared, todo, out.now);
        }
        return choice;
    }

    /// What automated sync would do: differences that are not of a state one of our writes has ended already. What the
    /// project forbids is among them: that it cannot be done is to be said.
    private List<ResourceId> todo(ApplicationCompared compared, boolean prune, ApplicationDeclared declared) {
        SyncOptions options = new SyncOptions(declared.spec().syncPolicy().syncOptions());
        SyncPlan.Wish wish = new SyncPlan.Wish(prune, options, "", false);
        List<ResourceId> todo = new ArrayList<>();
        SyncPlan.of(compared, known.render, wish, this::fresh)
                .items()
                .forEach(item -> todo.add(item.intent().resource()));
        compared.resources().stream()
                .filter(verdict -> verdict.wanted() && !Permits.permitted(declared.rules(), verdict.resource()))
                .forEach(verdict -> todo.add(verdict.resource()));
        return todo;
    }

    private boolean fresh(ResourceVerdict verdict) {
        boolean stale = known.writes.stale(verdict, out.now);
        if (stale) {
            out.wake(known.writes.staleUntil(verdict));
        }
        return !stale;
    }
}
