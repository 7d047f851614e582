package io.driftless.sync;

import io.driftless.events.DesiredEvent.RenderedResource;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;
import io.driftless.events.ResourceId;
import io.driftless.events.RevisionEvent;
import io.driftless.events.RevisionEvent.ManifestsGiven;
import io.driftless.events.RevisionEvent.RevisionRefused;
import io.driftless.events.RevisionEvent.RevisionRendered;
import io.driftless.events.RevisionEvent.RevisionResourceRendered;
import io.driftless.events.SyncStatus;
import io.driftless.stage.Fact;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What an operation applies that is about another revision than the newest one, or about manifests that somebody gave.
/// It counts once every digest that its closing record lists is there.
///
/// Nobody compares it with the cluster. What the newest comparison saw there is all that is needed: whether the object
/// exists, in which version, and how healthy it is. A resource whose manifest is the one that was compared is as it was
/// found; any other is applied, which changes nothing where it is the same.
final class RevisionRender implements SyncPlan.Manifests {
    private final Gathering<RevisionEvent> gathered = new Gathering<>();

    void fold(Fact fact) {
        if (gathered.open(fact) instanceof RevisionEvent event) {
            switch (event) {
                case RevisionResourceRendered resource -> gathered.put(fact, resource.rendered());
                case RevisionRendered rendered -> gathered.close(rendered);
                case RevisionRefused refused -> gathered.close(refused);
                case ManifestsGiven _ -> {} // the manifest stage's
            }
        }
    }

    /// The render for this operation, if it is complete.
    @Nullable
    RevisionRendered complete(String operation) {
        return gathered.closed() instanceof RevisionRendered rendered
                        && rendered.operation().equals(operation)
                        && gathered.holds(rendered.resources())
                ? rendered
                : null;
    }

    /// Why there is none for this operation; null while that is not known.
    @Nullable
    RevisionRefused refused(String operation) {
        return gathered.closed() instanceof RevisionRefused refused
                        && refused.operation().equals(operation)
                ? refused
                : null;
    }

    @Override
    public @Nullable ResourceRendered manifest(ResourceId resource, String digest) {
        return gathered.manifest(resource, digest);
    }

    @Override
    public List<ResourceRendered> hooks() {
        return gathered.closed() instanceof RevisionRendered rendered
                ? gathered.hooks(rendered.resources())
                : List.of();
    }

    /// What the newest comparison says of live objects, said of this render.
    ApplicationCompared compared(ApplicationCompared newest, RevisionRendered rendered) {
        Map<ResourceId, ResourceVerdict> verdicts = new TreeMap<>();
        Map<ResourceId, ResourceVerdict> seen = new HashMap<>();
        for (ResourceVerdict verdict : newest.resources()) {
            seen.put(verdict.resource(), verdict);
            if (verdict.exists()) {
                verdicts.put(verdict.resource(), unwanted(verdict));
            }
        }
        for (RenderedResource wanted : rendered.resources()) {
            ResourceRendered manifest = manifest(wanted.resource(), wanted.digest());
            if (manifest != null) {
                verdicts.put(wanted.resource(), wanted(manifest, seen.get(wanted.resource())));
            }
        }
        return new ApplicationCompared(
                newest.application(),
                newest.generation(),
                rendered.revision(),
                rendered.digest(),
                newest.cluster(),
                newest.status(),
                newest.health(),
                List.copyOf(verdicts.values()),
                newest.conditions());
    }

    private static ResourceVerdict wanted(ResourceRendered manifest, @Nullable ResourceVerdict seen) {
        if (seen != null && seen.wanted() && seen.digest().equals(manifest.digest())) {
            return seen;
        }
        @Nullable ResourceVerdict live = seen != null && seen.exists() ? seen : null;
        return new ResourceVerdict(
                manifest.resource(),
                manifest.apiVersion(),
                SyncStatus.OUT_OF_SYNC,
                true,
                live != null,
                live == null ? Health.of(HealthStatus.MISSING) : live.health(),
                live == null ? "" : live.uid(),
                live == null ? "" : live.resourceVersion(),
                manifest.digest(),
                manifest.syncWave(),
                List.of(),
                live != null && live.deleting(),
                null);
    }

    private static ResourceVerdict unwanted(ResourceVerdict seen) {
        return new ResourceVerdict(
                seen.resource(),
                seen.apiVersion(),
                SyncStatus.OUT_OF_SYNC,
                false,
                true,
                seen.health(),
                seen.uid(),
                seen.resourceVersion(),
                "",
                seen.syncWave(),
                List.of(),
                seen.deleting(),
                null);
    }

    boolean isEmpty() {
        return gathered.isEmpty();
    }
}
