package io.driftless.sync;

import static io.driftless.sync.Scenario.APP;
import static io.driftless.sync.Scenario.manual;
import static io.driftless.sync.Scenario.request;
import static io.driftless.sync.Thing.differing;
import static io.driftless.sync.Thing.extra;
import static io.driftless.sync.Thing.missing;
import static io.driftless.sync.Thing.synced;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.events.ApplicationSpec.Retry;
import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.CommandEvent.TerminateRequested;
import io.driftless.events.Condition;
import io.driftless.events.HealthStatus;
import io.driftless.events.OperationEvent.Phase;
import io.driftless.events.OperationEvent.ResourceResult;
import io.driftless.events.ResourceId;
import io.driftless.events.SyncEvent.ResourceApplied;
import io.driftless.events.SyncEvent.ResourceFailed;
import io.driftless.events.SyncEvent.SyncFailed;
import io.driftless.events.SyncEvent.SyncRetryScheduled;
import io.driftless.events.SyncEvent.SyncStarted;
import io.driftless.events.SyncEvent.SyncSucceeded;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualSyncTest {
    private final Scenario scenario = new Scenario().declare(manual());

    @Test
    void appliesWhatDiffersAndSaysSo() {
        scenario.given(differing("Deployment", "web", "10"), synced("Service", "web", "9"));
        scenario.fold(request("r1"));

        var tasks = scenario.decide();

        assertThat(tasks).singleElement().isInstanceOfSatisfying(SyncTask.Apply.class, apply -> {
            assertThat(apply.decidedOn()).isEqualTo("10");
            assertThat(apply.uid()).isEqualTo("uid-of-web");
            assertThat(apply.creates()).isFalse();
        });
        assertThat(scenario.records).singleElement().satisfies(record -> {
            assertThat(record.phase()).isEqualTo(Phase.RUNNING);
            assertThat(record.resources()).extracting(ResourceResult::status).containsExactly("Running");
            assertThat(record.resources()).extracting(ResourceResult::decidedOn).containsExactly("10");
        });

        scenario.done(tasks.getFirst(), "11");

        assertThat(scenario.records).hasSize(2);
        assertThat(scenario.last().phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(scenario.last().resources().getFirst().resourceVersion()).isEqualTo("11");
        assertThat(scenario.said(SyncStarted.class)).hasSize(1);
        assertThat(scenario.said(ResourceApplied.class)).hasSize(1);
        assertThat(scenario.said(SyncSucceeded.class)).singleElement().satisfies(event -> {
            assertThat(event.operation()).isEqualTo("r1");
            assertThat(event.applied()).isEqualTo(1);
        });
    }

    @Test
    void decidingAgainWithoutNewsAsksForNothing() {
        scenario.given(differing("Deployment", "web", "10")).fold(request("r1"));
        scenario.decide();

        assertThat(scenario.decide()).isEmpty();
        assertThat(scenario.records).hasSize(1);
    }

    @Test
    void takesUpARequestThatComesTwiceOnce() {
        scenario.given(differing("Deployment", "web", "10")).fold(request("r1"));
        scenario.done(scenario.decide().getFirst(), "11");
        scenario.fold(request("r2"));
        scenario.decide();

        scenario.fold(request("r1"));

        assertThat(scenario.decide()).isEmpty();
        assertThat(scenario.said(SyncStarted.class))
                .extracting(SyncStarted::operation)
                .containsExactly("r1", "r2");
    }

    @Test
    void refusesASecondOperationWhileOneRuns() {
        scenario.given(differing("Deployment", "web", "10")).fold(request("r1"));
        scenario.decide();
        scenario.fold(request("r2"));

        assertThat(scenario.decide()).isEmpty();

        assertThat(scenario.said(SyncFailed.class)).singleElement().satisfies(event -> {
            assertThat(event.operation()).isEqualTo("r2");
            assertThat(event.message()).isEqualTo("another operation is already in progress");
        });
        scenario.fold(request("r2"));
        scenario.decide();
        assertThat(scenario.said(SyncFailed.class)).hasSize(1);
    }

    @Test
    void waitsForTheComparisonOfTheNewestRender() {
        scenario.fold(request("r1"));
        assertThat(scenario.decide()).isEmpty();
        assertThat(scenario.last().phase()).isEqualTo(Phase.RUNNING);

        scenario.given(missing("Service", "web"));

        assertThat(scenario.names(scenario.decide())).containsExactly("web");
    }

    @Test
    void givesUpWhenNoComparisonComes() {
        scenario.fold(request("r1"));
        scenario.decide();

        scenario.after(SyncRun.COMPARISON);

        assertThat(scenario.last().phase()).isEqualTo(Phase.ERROR);
        assertThat(scenario.said(SyncFailed.class)).hasSize(1);
    }

    @Test
    void endsInErrorWhenTheComparisonSaysSo() {
        scenario.given(missing("Service", "web"));
        scenario.compare(new Condition(Condition.COMPARISON_ERROR, "kustomization.yaml:3: no such file"));
        scenario.fold(request("r1"));

        assertThat(scenario.decide()).isEmpty();

        assertThat(scenario.last().phase()).isEqualTo(Phase.ERROR);
        assertThat(scenario.last().message()).contains("kustomization.yaml:3");
    }

    @Test
    void aRevisionThatIsTheRenderedOneNeedsNoOtherRender() {
        scenario.given(missing("Service", "web")).fold(withRevision("r1", "c0ffee"));

        assertThat(scenario.decide()).hasSize(1);
    }

    @Test
    void appliesOnlyTheResourcesAskedFor() {
        ResourceId one = Thing.id("Service", "one");
        scenario.given(missing("Service", "one"), missing("Service", "two"))
                .fold(new SyncRequested(APP, "r1", "anna", null, false, false, List.of(one), List.of(), null));

        assertThat(scenario.names(scenario.decide())).containsExactly("one");
        scenario.done(scenario.asked.getFirst(), "3");
        assertThat(scenario.last().phase()).isEqualTo(Phase.SUCCEEDED);
    }

    @Test
    void prunesOnlyWhenAsked() {
        scenario.given(extra("ConfigMap", "old", "4")).fold(request("r1"));
        assertThat(scenario.decide()).isEmpty();
        assertThat(scenario.last().resources().getFirst().status()).isEqualTo("PruneSkipped");

        scenario.fold(new SyncRequested(APP, "r2", "anna", null, true, false, List.of(), List.of(), null));

        assertThat(scenario.decide()).singleElement().isInstanceOfSatisfying(SyncTask.Prune.class, prune -> {
            assertThat(prune.propagation()).isEqualTo("Foreground");
            assertThat(prune.decidedOn()).isEqualTo("4");
            assertThat(prune.uid()).isEqualTo("uid-of-old");
        });
        scenario.done(scenario.asked.getLast(), "");
        assertThat(scenario.said(SyncSucceeded.class).getLast().pruned()).isEqualTo(1);
    }

    @Test
    void triesEverythingAtOnceInADryRunAndRemembersNoWrite() {
        scenario.given(missing("Service", "a"), missing("Service", "b").wave(2))
                .fold(new SyncRequested(APP, "r1", "anna", null, false, true, List.of(), List.of(), null));

        var tasks = scenario.decide();
        assertThat(tasks).hasSize(2).allMatch(SyncTask::dryRun);
        tasks.forEach(task -> scenario.done(task, ""));
        assertThat(scenario.last().phase()).isEqualTo(Phase.SUCCEEDED);

        scenario.fold(request("r2"));
        assertThat(scenario.names(scenario.decide())).containsExactly("a");
    }

    @Test
    void appliesKindsOneAfterTheOtherWithOneRecord() {
        scenario.given(missing("Deployment", "web"), missing("ConfigMap", "a"), missing("ConfigMap", "b"))
                .fold(request("r1"));

        var first = scenario.decide();
        assertThat(scenario.names(first)).containsExactly("a", "b");
        assertThat(scenario.done(first.get(0), "1")).isEmpty();
        var second = scenario.done(first.get(1), "2");
        assertThat(scenario.names(second)).containsExactly("web");
        scenario.done(second.getFirst(), "3");

        assertThat(scenario.records).hasSize(2);
        assertThat(scenario.said(ResourceApplied.class)).hasSize(3);
    }

    @Test
    void startsAWaveWhenTheOneBeforeIsHealthy() {
        var web = missing("Deployment", "web");
        var late = missing("ConfigMap", "late").wave(1);
        scenario.given(web, late).fold(request("r1"));
        var first = scenario.decide();
        assertThat(scenario.names(first)).containsExactly("web");

        assertThat(scenario.done(first.getFirst(), "20")).as("stale verdict").isEmpty();
        var progressing = web.live("20", io.driftless.events.SyncStatus.SYNCED).health(HealthStatus.PROGRESSING);
        scenario.live(progressing);
        assertThat(scenario.decide()).as("progressing").isEmpty();
        assertThat(scenario.last().phase()).isEqualTo(Phase.RUNNING);

        scenario.live(web.live("21", io.driftless.events.SyncStatus.SYNCED));
        assertThat(scenario.names(scenario.decide())).containsExactly("late");
        scenario.done(scenario.asked.getLast(), "22");

        assertThat(scenario.last().phase())
                .as("the last wave is not waited for")
                .isEqualTo(Phase.SUCCEEDED);
        assertThat(scenario.last().resources()).hasSize(2);
        assertThat(scenario.said(SyncStarted.class)).hasSize(1);
    }

    @Test
    void failsWhenAWaveIsDegraded() {
        var web = missing("Deployment", "web");
        scenario.given(web, missing("ConfigMap", "late").wave(1)).fold(request("r1"));
        scenario.done(scenario.decide().getFirst(), "20");

        scenario.live(web.live("21", io.driftless.events.SyncStatus.SYNCED).health(HealthStatus.DEGRADED));

        assertThat(scenario.decide()).isEmpty();
        assertThat(scenario.last().phase()).isEqualTo(Phase.FAILED);
        assertThat(scenario.last().message()).contains("apps/Deployment:shop/web is Degraded");
    }

    @Test
    void failsWithTheServersWordsAndDoesNotRetryByItself() {
        scenario.given(missing("Service", "web")).fold(request("r1"));

        scenario.refused(scenario.decide().getFirst(), "spec.ports: Required value", false);

        assertThat(scenario.last().phase()).isEqualTo(Phase.FAILED);
        assertThat(scenario.last().message()).contains("/Service:shop/web: spec.ports: Required value");
        assertThat(scenario.said(ResourceFailed.class)).hasSize(1);
        assertThat(scenario.said(SyncFailed.class)).hasSize(1);
    }

    @Test
    void repeatsAWriteThatTheServerCouldNotTakeJustThen() {
        scenario.given(missing("Service", "web")).fold(request("r1"));
        assertThat(scenario.refused(scenario.decide().getFirst(), "429", true)).isEmpty();
        assertThat(scenario.wakeAt).isEqualTo(scenario.now.plusMillis(200));

        var again = scenario.after(Duration.ofMillis(200));

        assertThat(again).hasSize(1);
        scenario.done(again.getFirst(), "5");
        assertThat(scenario.last().phase()).isEqualTo(Phase.SUCCEEDED);
    }

    @Test
    void retriesWithBackOffAsOftenAsTheRequestSays() {
        scenario.given(missing("Service", "web"))
                .fold(new SyncRequested(
                        APP, "r1", "anna", null, false, false, List.of(), List.of(), new Retry(2, 5000, 2, 180_000)));
        scenario.refused(scenario.decide().getFirst(), "no", false);
        assertThat(scenario.said(SyncRetryScheduled.class)).singleElement().satisfies(event -> {
            assertThat(event.attempt()).isEqualTo(1);
            assertThat(event.retryAt()).isEqualTo(scenario.now.plusSeconds(5));
        });
        assertThat(scenario.after(Duration.ofSeconds(4))).isEmpty();

        scenario.refused(scenario.after(Duration.ofSeconds(1)).getFirst(), "no", false);
        assertThat(scenario.wakeAt).isEqualTo(scenario.now.plusSeconds(10));
        scenario.refused(scenario.after(Duration.ofSeconds(10)).getFirst(), "no", false);

        assertThat(scenario.last().phase()).isEqualTo(Phase.FAILED);
        assertThat(scenario.last().message()).endsWith("(retried 2 times)");
        assertThat(scenario.said(SyncStarted.class))
                .extracting(SyncStarted::attempt)
                .containsExactly(0, 1, 2);
    }

    @Test
    void terminatesOnceTheWritesUnderWayHaveEnded() {
        scenario.given(missing("ConfigMap", "a"), missing("Deployment", "b")).fold(request("r1"));
        var first = scenario.decide();
        scenario.fold(new TerminateRequested(APP, "anna"));
        scenario.decide();
        assertThat(scenario.last().phase()).isEqualTo(Phase.TERMINATING);

        assertThat(scenario.done(first.getFirst(), "4")).isEmpty();

        assertThat(scenario.last().phase()).isEqualTo(Phase.FAILED);
        assertThat(scenario.last().message()).isEqualTo("Operation terminated");
    }

    @Test
    void goesOnWithTheNewestManifestsWhenTheRenderChanges() {
        var web = missing("Deployment", "web");
        var late = missing("ConfigMap", "late").wave(1);
        scenario.given(web, late).fold(request("r1"));
        scenario.done(scenario.decide().getFirst(), "20");

        scenario.revision = "c0ffee2";
        scenario.given(web.live("20", io.driftless.events.SyncStatus.SYNCED), late.digest("d2"));

        assertThat(scenario.names(scenario.decide())).containsExactly("late");
        scenario.done(scenario.asked.getLast(), "22");
        assertThat(scenario.last().phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(scenario.last().revision()).isEqualTo("c0ffee2");
    }

    @Test
    void aNamedRevisionIsFollowedOnlyWhereTheRetryIsToTakeTheNewest() {
        for (boolean refresh : new boolean[] {false, true}) {
            Scenario each = new Scenario().declare(manual());
            var web = missing("Deployment", "web");
            var retry = new Retry(2, 5000, 2, 180_000, refresh);
            each.given(web, missing("ConfigMap", "late").wave(1))
                    .fold(new SyncRequested(APP, "r1", "anna", "main", false, false, List.of(), List.of(), retry));
            each.done(each.decide().getFirst(), "20");
            each.revision = "c0ffee2";
            each.given(
                    web.live("20", io.driftless.events.SyncStatus.SYNCED),
                    missing("ConfigMap", "late").wave(1).digest("d2"));
            each.decide();

            assertThat(each.last().phase()).isEqualTo(refresh ? Phase.RUNNING : Phase.FAILED);
            assertThat(each.last().revision()).isEqualTo(refresh ? "c0ffee2" : "c0ffee1");
        }
    }

    private static SyncRequested withRevision(String id, String revision) {
        return new SyncRequested(APP, id, "anna", revision, false, false, List.of(), List.of(), null);
    }
}
