package io.driftless.drift;

import io.driftless.drift.LiveState.Seen;
import io.driftless.drift.LiveState.Sight;
import io.driftless.drift.LiveState.Unreachable;
import io.driftless.drift.LiveState.Unseen;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.DriftEvent.FieldDifference;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.events.ProjectRules;
import io.driftless.events.ResourceId;
import io.driftless.events.SyncStatus;
import io.driftless.objects.Basis;
import io.driftless.project.Permits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Judges every resource of an application on its destination.
final class ResourceJudge {
    private final Map<ResourceId, ResourceObserved> live;
    private final Sight sight;
    private final Differences differences;
    private final @Nullable ProjectRules rules;

    /// @param rules what the project allows; other resources are Unknown where Git wants them, and not seen where it
    ///     does not
    ResourceJudge(
            Map<ResourceId, ResourceObserved> live,
            Sight sight,
            Differences differences,
            @Nullable ProjectRules rules) {
        this.rules = rules;
        this.live = live;
        this.sight = sight;
        this.differences = differences;
    }

    /// The findings in the order of their resources. Hooks are no part of the desired state: they are run, not kept.
    List<Finding> judge(Map<ResourceId, ResourceRendered> desired) {
        List<Finding> findings = new ArrayList<>();
        Set<ResourceId> wanted = new HashSet<>();
        for (ResourceRendered resource : desired.values()) {
            ResourceObserved observed = held(resource.resource());
            if (observed != null) {
                wanted.add(observed.resource());
            }
            if (!Permits.permitted(rules, resource.resource())) {
                findings.add(forbidden(resource));
            } else if (resource.hooks().isEmpty()) {
                findings.add(observed == null ? absent(resource) : present(resource, observed));
            }
        }
        for (ResourceObserved observed : live.values()) {
            LiveObject object = new LiveObject(observed);
            if (!wanted.contains(observed.resource())
                    && !object.hook()
                    && object.ours()
                    && Permits.permitted(rules, observed.resource())) {
                findings.add(surplus(object));
            }
        }
        findings.sort(Comparator.comparing(finding -> finding.verdict().resource()));
        return findings;
    }

    /// A render cannot always know that a custom kind has no namespace.
    private @Nullable ResourceObserved held(ResourceId id) {
        ResourceObserved exact = live.get(id);
        return exact != null || id.namespace().isEmpty()
                ? exact
                : live.get(new ResourceId(id.group(), id.kind(), "", id.name()));
    }

    private Finding present(ResourceRendered resource, ResourceObserved observed) {
        LiveObject object = new LiveObject(observed);
        List<FieldDifference> found = differences.between(resource, observed);
        ResourceVerdict verdict = new ResourceVerdict(
                resource.resource(),
                resource.apiVersion(),
                found.isEmpty() ? SyncStatus.SYNCED : SyncStatus.OUT_OF_SYNC,
                true,
                true,
                observed.health(),
                observed.uid(),
                observed.resourceVersion(),
                resource.digest(),
                resource.syncWave(),
                found,
                object.deleting(),
                found.isEmpty() ? null : Basis.of(observed.object()));
        return new Finding(verdict, true, !object.healthIgnored() && !object.extraneousIgnored());
    }

    private Finding absent(ResourceRendered resource) {
        boolean sure = absenceIsKnown(resource.resource());
        SyncStatus status = sure ? SyncStatus.OUT_OF_SYNC : SyncStatus.UNKNOWN;
        return absent(resource, status, sure ? HealthStatus.MISSING : HealthStatus.UNKNOWN);
    }

    /// What the cluster holds of it is none of the Application's.
    private static Finding forbidden(ResourceRendered resource) {
        return absent(resource, SyncStatus.UNKNOWN, HealthStatus.MISSING);
    }

    private static Finding absent(ResourceRendered resource, SyncStatus status, HealthStatus health) {
        ResourceVerdict verdict = new ResourceVerdict(
                resource.resource(),
                resource.apiVersion(),
                status,
                true,
                false,
                Health.of(health),
                "",
                "",
                resource.digest(),
                resource.syncWave(),
                List.of(),
                false,
                null);
        return new Finding(verdict, true, true);
    }

    /// A kind that the cluster does not serve has no objects; its definition may come with the same sync.
    private boolean absenceIsKnown(ResourceId id) {
        return switch (sight) {
            case Seen(var kinds, var notServed) -> kinds.contains(id.groupKind()) || notServed.contains(id.groupKind());
            case Unseen _, Unreachable _ -> false;
        };
    }

    private static Finding surplus(LiveObject object) {
        ResourceObserved observed = object.observed();
        ResourceVerdict verdict = new ResourceVerdict(
                observed.resource(),
                observed.apiVersion(),
                SyncStatus.OUT_OF_SYNC,
                false,
                true,
                observed.health(),
                observed.uid(),
                observed.resourceVersion(),
                "",
                0,
                List.of(),
                object.deleting(),
                null);
        boolean counts = !object.extraneousIgnored();
        return new Finding(verdict, counts, counts && !object.healthIgnored());
    }
}
