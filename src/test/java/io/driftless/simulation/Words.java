package io.driftless.simulation;

import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.Event;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.stage.Fact;
import java.util.stream.Collectors;

/// What a trace says of records and writes.
final class Words {
    private Words() {}

    static String of(Fact fact) {
        Event event = Outbox.event(fact);
        String about = fact.topic().topicName() + ' ' + fact.key() + ' ';
        return about
                + switch (event) {
                    case null -> "is gone";
                    case ApplicationDeclared declared ->
                        "generation " + declared.generation() + (declared.deleting() ? " deleting " : " ")
                                + declared.spec().syncPolicy().automated();
                    case ResourceRendered resource -> "value " + Manifests.value(resource.manifest());
                    case ManifestsRendered render ->
                        render.revision() + " generation " + render.generation() + " of "
                                + render.resources().stream()
                                        .map(item -> item.resource().name())
                                        .toList();
                    case ResourceObserved seen ->
                        "version " + seen.resourceVersion() + " value " + Manifests.value(seen.object());
                    case ApplicationCompared compared ->
                        compared.status() + " " + compared.health().status() + " at " + compared.revision() + " "
                                + compared.resources().stream()
                                        .map(verdict -> verdict.resource().name()
                                                + '@'
                                                + verdict.resourceVersion()
                                                + (verdict.wanted() ? "" : " surplus")
                                                + ' '
                                                + verdict.status())
                                        .collect(Collectors.joining(", "))
                                + compared.conditions();
                    case OperationRecorded record ->
                        record.id() + " #" + record.sequence() + ' ' + record.phase() + " at " + record.revision()
                                + " attempt " + record.attempt() + ' '
                                + record.resources().stream()
                                        .map(result -> result.resource().name() + ' ' + result.status() + " on "
                                                + result.decidedOn())
                                        .toList()
                                + ' ' + record.message();
                    default -> event.toString();
                };
    }

    static String of(Written written) {
        String name = written.id().name();
        if (written.after() == null) {
            return "deletes " + name;
        }
        return (written.before() == null ? "creates " : "changes ") + name + " to value "
                + Manifests.value(written.after()) + ", version " + ModelCluster.version(written.after());
    }
}
