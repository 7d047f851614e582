package io.driftless.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationName;
import io.driftless.events.ApplicationSpec;
import io.driftless.events.Condition;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.Envelope;
import io.driftless.events.Event;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.OperationEvent.Phase;
import io.driftless.events.SyncStatus;
import io.driftless.events.Topic;
import io.driftless.registry.StatusTask.Outcome;
import io.driftless.stage.Fact;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the tests of the status begin with: an Application, and what other stages say of it.
abstract class StatusStory {
    static final ApplicationName APP = new ApplicationName("argocd", "a");
    static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    final StatusLogic logic = new StatusLogic();

    void ready() {
        fold(declared("u1", false));
        logic.decide(T);
        logic.finished(wasRead("u1", "5", JsonNodeFactory.instance.objectNode()));
    }

    /// A read of the Application as it is declared.
    static Outcome.WasRead wasRead(String uid, String version, JsonNode status) {
        return new Outcome.WasRead(uid, version, document("p"), status);
    }

    static ObjectNode document(String path) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putObject("source").put("repoURL", "https://x/y").put("path", path);
        return document;
    }

    ObjectNode written(Instant now) {
        List<StatusTask> tasks = logic.decide(now).tasks();
        assertThat(tasks).hasSize(1);
        return ((StatusTask.Write) tasks.getFirst()).patch();
    }

    void fold(Event event) {
        fold(logic, event);
    }

    static void fold(StatusLogic logic, Event event) {
        logic.fold(new Fact(Topic.of(event), event.key(), new Envelope("i", "/s", T, "c", null, event)));
    }

    static ApplicationDeclared declared(String uid, boolean deleting) {
        return declared(uid, deleting, 1, "p");
    }

    static ApplicationDeclared declared(String uid, boolean deleting, long generation, String path) {
        ApplicationSpec spec = new ApplicationSpec(
                "",
                new ApplicationSpec.Source("https://x/y", path, "", ApplicationSpec.Directory.PLAIN, null),
                new ApplicationSpec.Destination("https://kubernetes.default.svc", "", "n"),
                ApplicationSpec.SyncPolicy.MANUAL,
                List.of(),
                10);
        return new ApplicationDeclared(
                APP,
                uid,
                generation,
                spec,
                document(path),
                Map.of(),
                List.of("other/one", "resources-finalizer.argocd.argoproj.io"),
                deleting);
    }

    static ManifestsRendered rendered(long generation) {
        return new ManifestsRendered(
                APP,
                "u1",
                generation,
                "https://x/y",
                "p",
                "",
                "abc",
                "Directory",
                null,
                "d",
                List.of(),
                List.of(),
                0,
                0);
    }

    static ApplicationCompared compared(SyncStatus status, HealthStatus health, Condition... conditions) {
        return compared(1, status, health, conditions);
    }

    static ApplicationCompared compared(
            long generation, SyncStatus status, HealthStatus health, Condition... conditions) {
        return new ApplicationCompared(
                APP,
                generation,
                "abc",
                "d",
                "https://kubernetes.default.svc",
                status,
                Health.of(health),
                List.of(),
                List.of(conditions));
    }

    static OperationRecorded operation(String id, Phase phase, Instant started) {
        @Nullable Instant finished = phase.completed() ? started.plusMillis(40) : null;
        return new OperationRecorded(
                APP,
                "u1",
                id,
                1,
                phase,
                "abc",
                "d",
                "automated sync",
                true,
                false,
                null,
                0,
                null,
                0,
                started,
                finished,
                "done",
                List.of(),
                List.of());
    }
}
