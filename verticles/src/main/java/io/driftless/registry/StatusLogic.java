package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationEvent;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.Topic;
import io.driftless.registry.StatusTask.Outcome;
import io.driftless.stage.Decision;
import io.driftless.stage.Fact;
import io.driftless.stage.Logic;
import io.driftless.stage.StageDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps `.status` of one Application what the pipeline knows, with few patches: one at a time, and
/// states that pass quickly (a sync of some milliseconds, a rollout of some more) are not written
/// at all. Failures, errors, health that stays and `Synced` once nothing runs are written at once:
/// each write costs the API server more than one of the objects it tells of. Also takes the
/// resources finalizer off when everything that was to be deleted with the Application is gone.
final class StatusLogic implements Logic<StatusTask, Outcome> {
    /// How long a state that is not final must last to be written.
    static final Duration SETTLE = Duration.ofMillis(250);
    private static final Duration PACE = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Findings findings = new Findings();

    /// `.status` as it stands; null until it was read.
    private @Nullable JsonNode current;
    /// The version of the Application in which it stands, or stood; empty until it was read.
    private String version = "";

    private @Nullable ObjectNode writing;
    private boolean reading;
    private boolean gone;
    private boolean released;
    private int failures;
    private boolean failed;
    private @Nullable Instant retryAt;
    private @Nullable Instant differsSince;
    private final EarlyRead early = new EarlyRead();
    private final Look look = new Look();

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
        if (findings.fold(fact)) {
            current = null;
            version = "";
            writing = null;
            reading = false;
            gone = false;
            released = false;
            early.take();
        }
        if (fact.topic() == Topic.APPLICATIONS) {
            early.declared(findings);
        }
        // Nobody waits for a look of before a start.
        if (!version.isEmpty() && fact.envelope() != null && fact.envelope().event() instanceof ManifestsRendered) {
            look.taken(current);
        }
    }

    @Override
    public void finished(Outcome outcome) {
        if (!findings.about(outcome.uid())) {
            return;
        }
        switch (outcome) {
            case Outcome.WasRead read -> {
                early.hold(read);
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
        ApplicationEvent app = findings.application();
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
        if (early.waits(findings, now)) {
            return new Decision<>(List.of(), List.of(), early.until());
        }
        Outcome.WasRead read = early.take();
        if (read != null) {
            current = read.status();
            version = read.resourceVersion();
        }
        JsonNode known = current;
        if (known == null) {
            reading = true;
            return new Decision<>(List.of(), List.of(new StatusTask.Read(app.application(), Findings.uid(app))), null);
        }
        return write(app, known, now);
    }

    private Decision<StatusTask> write(ApplicationEvent app, JsonNode known, Instant now) {
        ObjectNode wanted = findings.status(app, known, now);
        ObjectNode changes = MergePatch.between(known, wanted);
        ArrayNode finalizers = released ? null : findings.finalizersLeft(app);
        boolean about = findings.areAbout(app);
        boolean stamp = about && look.toTell(known);
        if (changes.isEmpty() && finalizers == null && stamp && look.tooSoon(now)) {
            return new Decision<>(List.of(), List.of(), Look.nextSecond(now));
        }
        if (changes.isEmpty() && finalizers == null && !stamp) {
            differsSince = null;
            return Decision.nothing();
        }
        differsSince = differsSince == null ? now : differsSince;
        Instant due = differsSince.plus(SETTLE);
        if (finalizers == null && !changes.isEmpty() && !urgent(known, wanted) && now.isBefore(due)) {
            return new Decision<>(List.of(), List.of(), due);
        }
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        if (!changes.isEmpty() || stamp) {
            if (about) {
                changes.put("reconciledAt", StatusDocument.time(now));
            }
            patch.set("status", changes);
        }
        if (finalizers != null) {
            patch.putObject("metadata").set("finalizers", finalizers);
        }
        writing = patch;
        differsSince = null;
        return new Decision<>(
                List.of(), List.of(new StatusTask.Write(app.application(), Findings.uid(app), version, patch)), null);
    }

    /// What a user waits for: an operation's end, health, errors. What a sync has written is seen a moment before or
    /// after it ends; both are told together.
    private static boolean urgent(JsonNode known, JsonNode wanted) {
        String phase = wanted.path("operationState").path("phase").asText();
        boolean running = phase.equals("Running");
        boolean failed = !phase.isEmpty() && !running && !phase.equals("Succeeded");
        return !wanted.path("conditions").equals(known.path("conditions"))
                || settledAnew(known, wanted)
                || failed && !wanted.path("operationState").equals(known.path("operationState"))
                || !running && synced(wanted) && syncedAnew(known, wanted);
    }

    private static boolean syncedAnew(JsonNode known, JsonNode wanted) {
        return !wanted.path("sync").equals(known.path("sync"))
                || !wanted.path("operationState").equals(known.path("operationState"));
    }

    private static boolean synced(JsonNode status) {
        return status.path("sync").path("status").asText().equals("Synced");
    }

    /// Which objects are waited for passes by itself, and so does the waiting.
    private static boolean settledAnew(JsonNode known, JsonNode wanted) {
        String health = wanted.path("health").path("status").asText();
        return !health.equals("Progressing")
                && !health.equals(known.path("health").path("status").asText());
    }

    @Override
    public boolean forgettable() {
        return findings.isEmpty();
    }
}
