package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationEvent;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationEvent.ApplicationRejected;
import io.driftless.events.Condition;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.Event;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.RecordKey;
import io.driftless.stage.Fact;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the pipeline has found about one Application, and what its object should say of that.
final class Findings {
    private @Nullable ApplicationEvent application;
    private @Nullable ApplicationCompared compared;
    private @Nullable OperationRecorded operation;
    private @Nullable ManifestsRendered render;
    private final Map<String, List<String>> images = new TreeMap<>();

    /// True when the fact is that there is an Application where none was, or another one.
    boolean fold(Fact fact) {
        Event event = fact.envelope() == null ? null : fact.envelope().event();
        switch (event) {
            case ApplicationEvent e -> {
                boolean another = !about(uid(e));
                application = e;
                return another;
            }
            case ApplicationCompared e -> compared = e;
            case OperationRecorded e -> operation = e;
            case ManifestsRendered e -> render = e;
            case ResourceRendered e -> image(e);
            case null -> tombstone(fact);
            default -> {}
        }
        return false;
    }

    private void image(ResourceRendered event) {
        List<String> found = Images.of(event.manifest());
        if (found.isEmpty()) {
            images.remove(event.key());
        } else {
            images.put(event.key(), found);
        }
    }

    private void tombstone(Fact fact) {
        switch (fact.topic()) {
            case APPLICATIONS -> application = null;
            case DRIFT -> compared = null;
            case OPERATIONS -> operation = null;
            case DESIRED -> {
                images.remove(fact.key());
                if (RecordKey.detail(fact.key()).isEmpty()) {
                    render = null;
                }
            }
            case PUSHES, CLUSTERS, LIVE, CHILDREN, COMMANDS, SYNCS, DELIVERIES, REVISIONS -> {}
        }
    }

    @Nullable
    ApplicationEvent application() {
        return application;
    }

    /// Whether the Application there is now has this UID.
    boolean about(String uid) {
        return application != null && uid(application).equals(uid);
    }

    /// Whether this spec is another one than the Application is declared with.
    boolean contradict(JsonNode spec) {
        return application instanceof ApplicationDeclared declared
                && !declared.document().equals(spec);
    }

    /// Whether what is known is about the spec there is now: it was compared with the render of that spec, or it is
    /// known why that cannot be. Until then a comparison is about what an earlier spec gave.
    boolean areAbout(ApplicationEvent app) {
        return switch (app) {
            case ApplicationRejected _ -> true;
            case ApplicationDeclared declared when declared.deleting() -> true;
            case ApplicationDeclared declared -> compared == null || isAbout(declared, compared);
        };
    }

    private boolean isAbout(ApplicationDeclared declared, ApplicationCompared comparison) {
        boolean ofSpec = comparison.generation() == declared.generation();
        boolean failed = comparison.conditions().stream().anyMatch(Condition::error);
        return ofSpec && (failed || render == null || isAbout(declared, render) && isOf(render, comparison));
    }

    private static boolean isAbout(ApplicationDeclared declared, ManifestsRendered render) {
        return render.generation() == declared.generation()
                && (render.uid().isEmpty() || render.uid().equals(declared.uid()));
    }

    private static boolean isOf(ManifestsRendered render, ApplicationCompared comparison) {
        return comparison.revision().equals(render.revision())
                && comparison.render().equals(render.digest());
    }

    /// `.status` as it should be.
    ///
    /// @param known as it stands
    ObjectNode status(ApplicationEvent app, JsonNode known, Instant now) {
        StatusDocument document = new StatusDocument(known, now);
        switch (app) {
            case ApplicationRejected rejected -> {
                document.unknown();
                document.conditions(rejected.conditions());
            }
            case ApplicationDeclared declared -> {
                OperationRecorded last = operation != null && operation.uid().equals(declared.uid()) ? operation : null;
                if (compared != null) {
                    if (areAbout(declared)) {
                        document.sync(declared, compared);
                    }
                    document.live(compared);
                    document.conditions(Conditions.of(compared, last));
                }
                if (render != null) {
                    document.sourceType(render.sourceType());
                    document.images(
                            images.values().stream().flatMap(List::stream).toList());
                }
                if (last != null && !last.isCascade()) {
                    OperationDocument about =
                            new OperationDocument(last, declared.document().path("source"));
                    document.node().set("operationState", about.state());
                    about.addTo(document.node(), declared.spec().revisionHistoryLimit());
                }
            }
        }
        return document.node();
    }

    /// The finalizers to leave on the Application, when ours has done its work; null when nothing is to change.
    @Nullable
    ArrayNode finalizersLeft(ApplicationEvent app) {
        if (!(app instanceof ApplicationDeclared declared)
                || !declared.deleting()
                || operation == null
                || !operation.isCascadeComplete()
                || !operation.uid().equals(declared.uid())
                || declared.finalizers().stream().noneMatch(Applications::ours)) {
            return null;
        }
        ArrayNode left = JsonNodeFactory.instance.arrayNode();
        declared.finalizers().stream()
                .filter(finalizer -> !Applications.ours(finalizer))
                .forEach(left::add);
        return left;
    }

    boolean isEmpty() {
        return application == null && compared == null && operation == null && render == null && images.isEmpty();
    }

    static String uid(ApplicationEvent event) {
        return switch (event) {
            case ApplicationDeclared declared -> declared.uid();
            case ApplicationRejected rejected -> rejected.uid();
        };
    }
}
