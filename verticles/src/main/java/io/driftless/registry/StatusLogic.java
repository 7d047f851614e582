package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationEvent;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationEvent.ApplicationRejected;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.Event;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.RecordKey;
import io.driftless.events.Topic;
import io.driftless.registry.StatusTask.Outcome;
import io.driftless.stage.Decision;
import io.driftless.stage.Fact;
import io.driftless.stage.Logic;
import io.driftless.stage.StageDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Keeps `.status` of one Application what the pipeline knows, with few patches: one at a time, and states that pass
/// quickly (a
/// sync of some milliseconds) are not written at all. Results, health and errors are written at once. Also takes the
/// resources
/// finalizer off when everything that was to be deleted with the Application is gone.
final class StatusLogic implements Logic<StatusTask, Outcome> {
    /// How long a state that is not final must last to be written.
    static final Duration SETTLE = Duration.ofMillis(100);
    private static final Duration PACE = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private @Nullable ApplicationEvent application;
    private @Nullable ApplicationCompared compared;
    private @Nullable OperationRecorded operation;
    private @Nullable ManifestsRendered render;
    private final Map<String, List<String>> images = new TreeMap<>();

    /// `.status` as it stands; null until it was read.
    private @Nullable JsonNode current;
    /// The version of the Application in which it stands.
    private String version = "";

    private @Nullable ObjectNode writing;
    private boolean reading;
    private boolean gone;
    private boolean released;
    private int failures;
    private boolean failed;
    private @Nullable Instant retryAt;
    private @Nullable Instant differsSince;

    static StageDefinition<StatusTask, Outcome> definition() {
        return new StageDefinition<>(
                "registry-status",
                Set.of(Topic.APPLICATIONS, Topic.DRIFT, Topic.OPERATIONS, Topic.DESIRED),
                Set.of(),
                subject -> new StatusLogic(),
                8,
                PACE);
    }

    @Override
    public void fold(Fact fact) {
        Event event = fact.envelope() == null ? null : fact.envelope().event();
        switch (event) {
            case ApplicationEvent e -> application(e);
            case ApplicationCompared e -> compared = e;
            case OperationRecorded e -> operation = e;
            case ManifestsRendered e -> render = e;
            case ResourceRendered e -> image(e);
            case null -> tombstone(fact);
            default -> {}
        }
    }

    private void application(ApplicationEvent event) {
        if (application == null || !uid(application).equals(uid(event))) {
            current = null;
            writing = null;
            reading = false;
            gone = false;
            released = false;
        }
        application = event;
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

    @Override
    public void finished(Outcome outcome) {
        if (application == null || !outcome.uid().equals(uid(application))) {
            return;
        }
        switch (outcome) {
            case Outcome.WasRead read -> {
                current = read.status();
                version = read.resourceVersion();
                succeeded();
            }
            case Outcome.Written written -> {
                if (current != null && writing != null) {
                    current = MergePatch.apply(current, writing.path("status"));
                    released |= writing.has("metadata");
                }
                version = written.resourceVersion();
                succeeded();
            }
            case Outcome.Changed changed -> {
                current = null;
                succeeded();
            }
            case Outcome.Gone left -> {
                gone = true;
                succeeded();
            }
            case Outcome.Failed failure -> {
                reading = false;
                writing = null;
                failures++;
                failed = true;
            }
        }
    }

    private void succeeded() {
        reading = false;
        writing = null;
        failures = 0;
        failed = false;
        retryAt = null;
    }

    @Override
    public Decision<StatusTask> decide(Instant now) {
        ApplicationEvent app = application;
        if (app == null || gone || reading || writing != null) {
            return Decision.nothing();
        }
        if (failed) {
            failed = false;
            long wait = Math.min(LONGEST_WAIT.toMillis(), 250L << Math.min(failures, 7));
            retryAt = now.plusMillis(wait);
        }
        if (retryAt != null && now.isBefore(retryAt)) {
            return new Decision<>(List.of(), List.of(), retryAt);
        }
        JsonNode known = current;
        if (known == null) {
            reading = true;
            return new Decision<>(List.of(), List.of(new StatusTask.Read(app.application(), uid(app))), null);
        }
        return write(app, known, now);
    }

    private Decision<StatusTask> write(ApplicationEvent app, JsonNode known, Instant now) {
        ObjectNode wanted = wanted(app, known, now);
        ObjectNode changes = MergePatch.between(known, wanted);
        ArrayNode finalizers = finalizersLeft(app);
        if (changes.isEmpty() && finalizers == null) {
            differsSince = null;
            return Decision.nothing();
        }
        differsSince = differsSince == null ? now : differsSince;
        Instant due = differsSince.plus(SETTLE);
        if (finalizers == null && !urgent(known, wanted) && now.isBefore(due)) {
            return new Decision<>(List.of(), List.of(), due);
        }
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        if (!changes.isEmpty()) {
            changes.put("reconciledAt", StatusDocument.time(now));
            patch.set("status", changes);
        }
        if (finalizers != null) {
            patch.putObject("metadata").set("finalizers", finalizers);
        }
        writing = patch;
        differsSince = null;
        return new Decision<>(
                List.of(), List.of(new StatusTask.Write(app.application(), uid(app), version, patch)), null);
    }

    private ObjectNode wanted(ApplicationEvent app, JsonNode known, Instant now) {
        StatusDocument document = new StatusDocument(known, now);
        switch (app) {
            case ApplicationRejected rejected -> {
                document.unknown();
                document.conditions(rejected.conditions());
            }
            case ApplicationDeclared declared -> {
                OperationRecorded last = operation != null && operation.uid().equals(declared.uid()) ? operation : null;
                if (compared != null) {
                    document.compared(declared, compared);
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

    /// What a user waits for: an operation's end, health, errors.
    private static boolean urgent(JsonNode known, JsonNode wanted) {
        JsonNode phase = wanted.path("operationState").path("phase");
        boolean running = phase.isMissingNode() || phase.asText().equals("Running");
        return !running && !wanted.path("operationState").equals(known.path("operationState"))
                || !wanted.path("health").equals(known.path("health"))
                || !wanted.path("conditions").equals(known.path("conditions"))
                || !wanted.path("sync").equals(known.path("sync"))
                        && wanted.path("sync").path("status").asText().equals("Synced");
    }

    /// The finalizers to leave, when ours has done its work; null when nothing is to change.
    private @Nullable ArrayNode finalizersLeft(ApplicationEvent app) {
        if (released
                || !(app instanceof ApplicationDeclared declared)
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

    @Override
    public boolean forgettable() {
        return application == null && compared == null && operation == null && render == null && images.isEmpty();
    }

    private static String uid(ApplicationEvent event) {
        return switch (event) {
            case ApplicationDeclared declared -> declared.uid();
            case ApplicationRejected rejected -> rejected.uid();
        };
    }
}
