package io.driftless.drift;

import io.driftless.drift.DesiredState.Render;
import io.driftless.drift.LiveState.Seen;
import io.driftless.drift.LiveState.Sight;
import io.driftless.drift.LiveState.Unreachable;
import io.driftless.drift.LiveState.Unseen;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationEvent.ApplicationRejected;
import io.driftless.events.ApplicationSpec.Destination;
import io.driftless.events.Condition;
import io.driftless.events.DesiredEvent.RenderFailed;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;
import io.driftless.events.SyncStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts together what is to be said of an application.
///
/// An error makes the sync status Unknown, as in Argo CD, so that nothing is applied or pruned on a doubt; the last
/// good render is still compared, so that its resources and their health stay visible.
final class ApplicationJudge {
    private final Differences differences = new Differences();

    ApplicationCompared rejected(ApplicationRejected rejected) {
        return new ApplicationCompared(
                rejected.application(),
                rejected.generation(),
                "",
                "",
                "",
                SyncStatus.UNKNOWN,
                Health.of(HealthStatus.UNKNOWN),
                List.of(),
                rejected.conditions());
    }

    ApplicationCompared judge(ApplicationDeclared declared, DesiredState desired, LiveState live) {
        String cluster = cluster(declared.spec().destination());
        Sight sight = live.sight(cluster);
        differences.begin(declared.spec().ignoreDifferences());
        List<Condition> conditions = conditions(declared, desired.failure(), cluster, sight);
        Render render = desired.render(declared.uid());
        List<Finding> findings = List.of();
        if (render != null) {
            conditions.addAll(render.closed().conditions());
            findings =
                    new ResourceJudge(live.on(cluster), sight, differences, declared.rules()).judge(render.resources());
        }
        differences.end();
        boolean certain = conditions.stream().noneMatch(Condition::error) && allKnown(render, sight);
        return new ApplicationCompared(
                declared.application(),
                declared.generation(),
                render == null ? "" : render.closed().revision(),
                render == null ? "" : render.closed().digest(),
                cluster,
                certain ? status(findings) : SyncStatus.UNKNOWN,
                render != null && sight instanceof Seen
                        ? ApplicationHealth.of(declared.application(), findings)
                        : Health.of(HealthStatus.UNKNOWN),
                findings.stream().map(Finding::verdict).toList(),
                conditions);
    }

    /// Names of clusters are resolved before an Application is declared; only the control plane's own is known by
    /// heart.
    private static String cluster(Destination destination) {
        if (!destination.server().isEmpty()) {
            return destination.server();
        }
        return destination.name().equals("in-cluster") ? Destination.IN_CLUSTER : "";
    }

    private List<Condition> conditions(
            ApplicationDeclared declared, @Nullable RenderFailed failure, String cluster, Sight sight) {
        List<Condition> conditions = new ArrayList<>(declared.warnings());
        if (failure != null) {
            conditions.addAll(failure.conditions());
        }
        if (cluster.isEmpty()) {
            conditions.add(new Condition(
                    Condition.INVALID_SPEC_ERROR,
                    "there is no cluster with the name \""
                            + declared.spec().destination().name()
                            + "\": write its API server URL to spec.destination.server, or add the cluster"));
        }
        if (sight instanceof Unreachable(String reason)) {
            conditions.add(new Condition(
                    Condition.COMPARISON_ERROR,
                    "cluster " + cluster + " does not answer, what is shown of it may be old: " + reason));
        }
        for (String expression : differences.unsupported()) {
            conditions.add(new Condition(
                    Condition.COMPARISON_ERROR,
                    "spec.ignoreDifferences: the jq expression " + expression
                            + " is not supported yet; write it as a plain path or as a JSON pointer"));
        }
        return conditions;
    }

    /// Whether the cluster has been seen as far as the render needs it.
    private static boolean allKnown(@Nullable Render render, Sight sight) {
        return switch (sight) {
            case Seen(var kinds, var notServed) ->
                render != null
                        && render.resources().values().stream()
                                .filter(resource -> resource.hooks().isEmpty())
                                .map(ResourceRendered::resource)
                                .allMatch(id -> kinds.contains(id.groupKind()) || notServed.contains(id.groupKind()));
            case Unseen _, Unreachable _ -> false;
        };
    }

    private static SyncStatus status(List<Finding> findings) {
        boolean synced = findings.stream()
                .filter(Finding::statusCounts)
                .allMatch(finding -> finding.verdict().status() == SyncStatus.SYNCED);
        return synced ? SyncStatus.SYNCED : SyncStatus.OUT_OF_SYNC;
    }
}
