package io.driftless.sync;

import io.driftless.events.ApplicationEvent;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationEvent.ApplicationRejected;
import io.driftless.events.Condition;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.Event;
import io.driftless.events.HealthStatus;
import io.driftless.events.OperationEvent.ResourceResult;
import io.driftless.events.ResourceId;
import io.driftless.events.RevisionEvent.RevisionRendered;
import io.driftless.events.SyncStatus;
import io.driftless.stage.Fact;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is known of an application beside its operation: as declared, as rendered, as compared, as written by us.
final class Knowledge {
    final Render render = new Render();
    final RevisionRender revision = new RevisionRender();
    final Writes writes = new Writes();
    final Heals heals = new Heals();
    final Map<ResourceId, ResourceVerdict> verdicts = new HashMap<>();

    @Nullable
    ApplicationDeclared declared;

    @Nullable
    ApplicationRejected rejected;

    @Nullable
    ApplicationCompared compared;

    String chain = "";
    private @Nullable View view;

    void declared(Fact fact) {
        if (fact.envelope() != null && declared != null && older(fact.envelope().event(), declared)) {
            return; // said late, by an instance that no longer owns the control plane
        }
        declared = null;
        rejected = null;
        if (fact.envelope() != null && fact.envelope().event() instanceof ApplicationEvent event) {
            switch (event) {
                case ApplicationDeclared known -> declared = known;
                case ApplicationRejected known -> rejected = known;
            }
        }
    }

    private static boolean older(Event event, ApplicationDeclared known) {
        return event instanceof ApplicationDeclared late
                && late.uid().equals(known.uid())
                && late.generation() < known.generation();
    }

    void compared(Fact fact) {
        verdicts.clear();
        compared = null;
        if (fact.envelope() != null && fact.envelope().event() instanceof ApplicationCompared news) {
            compared = news;
            chain = fact.envelope().chain();
            for (ResourceVerdict verdict : news.resources()) {
                verdicts.put(verdict.resource(), verdict);
                writes.seen(verdict);
            }
        }
    }

    /// A write was made, or recorded as made.
    void wrote(ResourceResult result, Instant at) {
        writes.remember(result, at);
        ResourceVerdict verdict = verdicts.get(result.resource());
        if (verdict != null) {
            writes.seen(verdict); // the watch may be faster than the answer to the write
        }
    }

    /// The newest comparison, if decisions may be based on it: it is about the newest spec and about the newest render,
    /// that render is complete, and live state is known.
    @Nullable
    ApplicationCompared usable() {
        ApplicationCompared news = compared;
        ManifestsRendered rendered = render.complete();
        if (declared == null || news == null || rendered == null || news.status() == SyncStatus.UNKNOWN) {
            return null;
        }
        boolean sameApplication = rendered.uid().isEmpty() || rendered.uid().equals(declared.uid());
        boolean newest = sameApplication
                && news.render().equals(rendered.digest())
                && news.generation() == declared.generation()
                && rendered.generation() == declared.generation();
        return newest ? news : null;
    }

    /// Turns to what the operation is about: the render that was made for it, or the newest one.
    void turnTo(@Nullable Operation operation) {
        view = null;
        if (operation == null || !operation.running() || operation.request == null || compared == null) {
            return;
        }
        RevisionRendered rendered = revision.complete(operation.id);
        if (rendered != null && (operation.render.isEmpty() || operation.render.equals(rendered.digest()))) {
            view = View.of(revision.compared(compared, rendered));
        }
    }

    /// Whether a render was made for the operation, and is what it is about.
    boolean elsewhere() {
        return view != null;
    }

    /// The newest comparison of what the operation is about, if decisions may be based on it.
    @Nullable
    ApplicationCompared comparison() {
        ApplicationCompared news = compared;
        if (view == null || declared == null || news == null) {
            return usable();
        }
        // What the newest revision gives does not matter, and may be broken; what lives on the cluster must be known.
        boolean seen = news.status() != SyncStatus.UNKNOWN
                || (!news.render().isEmpty() && news.health().status() != HealthStatus.UNKNOWN);
        boolean usable = seen
                && news.generation() == declared.generation()
                && !news.cluster().isEmpty();
        return usable ? view.compared() : null;
    }

    SyncPlan.Manifests manifests() {
        return view == null ? render : revision;
    }

    @Nullable
    ResourceVerdict verdict(ResourceId resource) {
        return view == null ? verdicts.get(resource) : view.verdicts().get(resource);
    }

    /// The newest comparison as one of a render that an operation asked for.
    private record View(ApplicationCompared compared, Map<ResourceId, ResourceVerdict> verdicts) {
        static View of(ApplicationCompared compared) {
            Map<ResourceId, ResourceVerdict> verdicts = new HashMap<>();
            compared.resources().forEach(verdict -> verdicts.put(verdict.resource(), verdict));
            return new View(compared, verdicts);
        }
    }

    /// The basis of the verdict that a write was decided on; empty when that verdict is no longer the newest.
    String basis(ResourceResult intent) {
        ResourceVerdict verdict = verdict(intent.resource());
        if (verdict == null || !verdict.resourceVersion().equals(intent.decidedOn())) {
            return "";
        }
        return Objects.requireNonNullElse(verdict.basis(), "");
    }

    /// Errors that forbid a sync, in words; empty when there are none, or when they are about an older spec.
    String errors() {
        if (rejected != null) {
            return words(rejected.conditions());
        }
        if (declared == null || compared == null || compared.generation() != declared.generation()) {
            return "";
        }
        return words(compared.conditions().stream().filter(Condition::error).toList());
    }

    boolean warns(String conditionType) {
        return compared != null
                && compared.conditions().stream()
                        .anyMatch(condition -> condition.type().equals(conditionType));
    }

    boolean deleting() {
        return declared != null && declared.deleting();
    }

    boolean isEmpty() {
        return declared == null && rejected == null && compared == null && render.isEmpty() && revision.isEmpty();
    }

    private static String words(List<Condition> conditions) {
        return conditions.stream()
                .map(condition -> condition.type() + ": " + condition.message())
                .collect(Collectors.joining("; "));
    }
}
