package io.driftless.sync;

import static io.driftless.sync.Scenario.automated;
import static io.driftless.sync.Scenario.manual;
import static io.driftless.sync.Scenario.request;
import static io.driftless.sync.Thing.differing;
import static io.driftless.sync.Thing.missing;
import static io.driftless.sync.Thing.synced;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.events.CommandEvent.TerminateRequested;
import io.driftless.events.Condition;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.OperationEvent.Phase;
import io.driftless.events.SyncEvent.SyncFailed;
import io.driftless.events.SyncStatus;
import io.driftless.events.Topic;
import io.driftless.stage.Fact;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Records that come when nobody expects them: of an instance that lost the application, or after its end.
class LateRecordsTest {
    private final Scenario scenario = new Scenario();

    @Test
    void whatAnInstanceThatLostTheApplicationRecordsDoesNotStandAsTheLastWord() {
        scenario.declare(automated(true, true)).given(differing("Service", "web", "2"));
        var task = scenario.decide().getFirst();
        OperationRecorded old = scenario.last();
        scenario.done(task, "3");
        scenario.live(synced("Service", "web", "3"));
        scenario.decide();
        OperationRecorded ended = scenario.last();
        assertThat(ended.phase()).isEqualTo(Phase.SUCCEEDED);

        scenario.fold(old);
        scenario.decide();

        assertThat(scenario.last().phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(scenario.last().id()).isEqualTo(ended.id());
        assertThat(scenario.last().sequence()).isGreaterThan(ended.sequence());
        int records = scenario.records.size();
        scenario.decide();
        assertThat(scenario.records).hasSize(records);
    }

    @Test
    void anOperationThatRunsIsNotGivenUpForALateRecordWithAHigherNumber() {
        scenario.declare(automated(true, true)).given(differing("Service", "web", "2"));
        var task = scenario.decide().getFirst();
        OperationRecorded ours = scenario.last();

        scenario.fold(other(ours, 50));
        scenario.decide();

        assertThat(scenario.last().id()).isEqualTo(task.operation());
        assertThat(scenario.last().sequence()).isGreaterThan(50);
    }

    private static OperationRecorded other(OperationRecorded of, long sequence) {
        return new OperationRecorded(
                of.application(),
                of.uid(),
                "another",
                sequence,
                Phase.ERROR,
                "",
                "",
                "anna",
                false,
                false,
                null,
                0,
                null,
                0,
                of.startedAt(),
                of.startedAt(),
                "",
                List.of(),
                List.of());
    }

    @Test
    void aLateTombstoneDoesNotEndTheOperationThatRuns() {
        scenario.declare(automated(true, true)).given(differing("Service", "web", "2"));
        var task = scenario.decide().getFirst();

        scenario.logic.fold(new Fact(Topic.OPERATIONS, Scenario.APP.toString(), null));
        scenario.done(task, "3");
        scenario.live(synced("Service", "web", "3"));
        scenario.decide();

        assertThat(scenario.last().phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(scenario.last().id()).isEqualTo(task.operation());
    }

    @Test
    void aSpecThatIsOlderThanTheKnownOneDoesNotCount() {
        scenario.generation = 2;
        scenario.declare(automated(false, true))
                .given(Thing.extra("Service", "web", "2"), synced("ConfigMap", "c", "1"));
        scenario.generation = 1;
        scenario.declare(automated(true, true));

        assertThat(scenario.decide()).as("the newer spec does not prune").isEmpty();
    }

    @Test
    void whoAskedIsToldWhenTheApplicationIsDeletedMeanwhile() {
        scenario.declare(manual()).given(missing("Service", "web")).fold(request("r1"));
        var task = scenario.decide().getFirst();
        scenario.gone();
        assertThat(scenario.decide()).isEmpty();
        scenario.done(task, "2");

        assertThat(scenario.said(SyncFailed.class)).singleElement().satisfies(failed -> {
            assertThat(failed.operation()).isEqualTo("r1");
            assertThat(failed.message()).contains("deleted");
        });
    }

    @Test
    void whoAskedIsToldAlsoWhenItEndsBeforeAnythingIsKnownOfTheApplication() {
        scenario.fold(request("r1")).fold(new TerminateRequested(Scenario.APP, "anna"));
        scenario.decide();

        assertThat(scenario.said(SyncFailed.class))
                .extracting(SyncFailed::operation)
                .containsExactly("r1");
    }

    @Test
    void anOperationDoesNotWaitForEverForAComparisonThatBecameImpossible() {
        scenario.declare(manual())
                .given(missing("Service", "a"), missing("Service", "b").wave(1))
                .fold(request("r1"));
        var first = scenario.decide().getFirst();
        scenario.fold(broken());
        scenario.done(first, "2");
        assertThat(scenario.last().phase()).isEqualTo(Phase.RUNNING);

        scenario.after(SyncRun.COMPARISON.plus(Duration.ofSeconds(1)));

        assertThat(scenario.last().phase()).isEqualTo(Phase.FAILED);
        assertThat(scenario.last().message()).contains("a.yaml is no manifest");
    }

    @Test
    void aDeletionGoesOnWhenWhatWasJustCreatedVanishedBeforeAnybodySawIt() {
        List<String> finalizer = List.of("resources-finalizer.argocd.argoproj.io");
        var web = missing("Service", "web");
        scenario.declare(automated(true, true)).given(web);
        scenario.done(scenario.decide().getFirst(), "5");
        scenario.live(web.live("5", SyncStatus.SYNCED));
        scenario.decide();
        scenario.declare(automated(true, true), finalizer, true);
        assertThat(scenario.decide()).hasSize(1);
        List<OperationRecorded> log = List.copyOf(scenario.records);

        scenario.logic = new SyncLogic(Scenario.APP.toString());
        log.forEach(scenario::fold);
        scenario.declare(automated(true, true), finalizer, true).render().live(web);
        scenario.decide();
        assertThat(scenario.wakeAt)
                .as("the verdict may be about the time before the create")
                .isNotNull();
        scenario.after(Writes.LONGEST.plus(Duration.ofSeconds(1)));

        assertThat(scenario.last().isCascadeComplete()).isTrue();
    }

    private ApplicationCompared broken() {
        return new ApplicationCompared(
                Scenario.APP,
                scenario.generation,
                scenario.revision,
                scenario.digest(),
                Scenario.CLUSTER,
                SyncStatus.UNKNOWN,
                Health.of(HealthStatus.UNKNOWN),
                scenario.things.values().stream().map(Thing::verdict).toList(),
                List.of(new Condition(Condition.COMPARISON_ERROR, "a.yaml is no manifest")));
    }
}
