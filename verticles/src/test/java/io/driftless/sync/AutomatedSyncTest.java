package io.driftless.sync;

import static io.driftless.sync.Scenario.automated;
import static io.driftless.sync.Thing.differing;
import static io.driftless.sync.Thing.extra;
import static io.driftless.sync.Thing.missing;
import static io.driftless.sync.Thing.synced;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.events.ApplicationSpec.Automated;
import io.driftless.events.ApplicationSpec.SyncPolicy;
import io.driftless.events.Condition;
import io.driftless.events.OperationEvent.Phase;
import io.driftless.events.SyncEvent.SyncFailed;
import io.driftless.events.SyncEvent.SyncStarted;
import io.driftless.events.SyncStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AutomatedSyncTest {
    private final Scenario scenario = new Scenario();

    @Test
    void syncsANewRevisionWithoutBeingAsked() {
        scenario.declare(automated(false, false)).given(missing("Service", "web"));

        var tasks = scenario.decide();

        assertThat(scenario.names(tasks)).containsExactly("web");
        assertThat(scenario.last().automated()).isTrue();
        assertThat(scenario.last().requestedBy()).isEqualTo("automated sync");
        assertThat(scenario.last().revision()).isEqualTo("c0ffee1");
    }

    @Test
    void givesTheSameDecisionTheSameId() {
        scenario.declare(automated(false, false)).given(missing("Service", "web"));
        Scenario other = new Scenario();
        other.now = other.now.plusSeconds(99);
        other.declare(automated(false, false)).given(missing("Service", "web"));

        scenario.decide();
        other.decide();

        assertThat(other.last().id()).isEqualTo(scenario.last().id());
    }

    @Test
    void doesNothingWhenSwitchedOffOrInErrorOrWithoutANewestRender() {
        scenario.declare(new SyncPolicy(new Automated(true, true, true, false), List.of(), null, null))
                .given(missing("Service", "web"));
        assertThat(scenario.decide()).isEmpty();

        scenario.declare(automated(false, false));
        scenario.compare(new Condition(Condition.COMPARISON_ERROR, "broken"));
        assertThat(scenario.decide()).isEmpty();

        scenario.compare();
        scenario.revision = "c0ffee2";
        scenario.things.put(
                Thing.id("Service", "web"), missing("Service", "web").digest("d2"));
        scenario.render();
        assertThat(scenario.decide()).as("not compared with the new render yet").isEmpty();

        scenario.generation = 2;
        scenario.compare();
        assertThat(scenario.decide()).as("another generation is declared").isEmpty();
    }

    @Test
    void leavesDriftAloneWithoutSelfHeal() {
        syncOnce(automated(false, false));

        scenario.live(differing("Service", "web", "12"));

        assertThat(scenario.decide()).isEmpty();
    }

    @Test
    void healsDriftAtOnceEachTimeItIsANewChange() {
        syncOnce(automated(false, true));
        for (int round = 0; round < 20; round++) {
            int version = 100 + 2 * round;
            scenario.live(differing("Service", "web", "" + version).way("/spec/change" + round));

            var tasks = scenario.decide();

            assertThat(scenario.names(tasks)).as("round %d", round).containsExactly("web");
            scenario.done(tasks.getFirst(), "" + (version + 1));
            scenario.live(synced("Service", "web", "" + (version + 1)));
            assertThat(scenario.decide()).isEmpty();
        }
        assertThat(scenario.last().selfHeal()).isTrue();
        assertThat(scenario.last().phase()).isEqualTo(Phase.SUCCEEDED);
    }

    @Test
    void healsAtOnceWhatIsDeletedRightAfterItWasCreatedAndSeen() {
        scenario.declare(automated(false, true)).given(missing("Service", "web"));
        scenario.done(scenario.decide().getFirst(), "11");
        scenario.live(synced("Service", "web", "11"));
        assertThat(scenario.decide()).isEmpty();

        scenario.live(missing("Service", "web"));

        assertThat(scenario.names(scenario.decide())).containsExactly("web");
    }

    @Test
    void backsOffWhenTheHealDoesNotHold() {
        syncOnce(automated(false, true));
        long version = 100;
        for (int wait : new int[] {0, 2, 6, 18}) {
            scenario.live(differing("Service", "web", "" + version));
            if (wait > 0) {
                assertThat(scenario.decide()).isEmpty();
                assertThat(scenario.wakeAt).isEqualTo(scenario.now.plusSeconds(wait));
                assertThat(scenario.after(Duration.ofSeconds(wait).minusMillis(1)))
                        .isEmpty();
                scenario.now = scenario.now.plusMillis(1);
            }
            var tasks = scenario.decide();
            assertThat(tasks).as("after %d s", wait).hasSize(1);
            scenario.done(tasks.getFirst(), "" + (version + 1));
            version += 2;
        }

        scenario.now = scenario.now.plus(Heals.HOLDS);
        scenario.live(differing("Service", "web", "" + version));
        assertThat(scenario.decide()).as("the last heal held").hasSize(1);
    }

    @Test
    void neverHealsFasterThanTheBound() {
        syncOnce(automated(false, true));
        int heals = 0;
        for (int round = 0; round < 500; round++) {
            scenario.live(differing("Service", "web", "" + (100 + 2 * round)).way("/spec/" + round));
            var tasks = scenario.decide();
            heals += tasks.size();
            tasks.forEach(task -> scenario.done(task, "" + (Integer.parseInt(task.decidedOn()) + 1)));
        }
        assertThat(heals).isEqualTo(Heals.BURST);
        assertThat(scenario.wakeAt).isNotNull();
    }

    @Test
    void doesNotTryAFailedRevisionAgainButANewOneItDoes() {
        scenario.declare(new SyncPolicy(
                        new Automated(false, false, false, true),
                        List.of(),
                        new io.driftless.events.ApplicationSpec.Retry(0, 1, 1, 1),
                        null))
                .given(missing("Service", "web"));
        scenario.refused(scenario.decide().getFirst(), "invalid", false);
        assertThat(scenario.last().phase()).isEqualTo(Phase.FAILED);

        scenario.compare();
        assertThat(scenario.after(Duration.ofHours(1))).isEmpty();

        scenario.revision = "c0ffee2";
        scenario.given(missing("Service", "web").digest("d2"));
        assertThat(scenario.decide()).hasSize(1);
    }

    @Test
    void triesAFailedRevisionAgainAfterAWhileWithSelfHeal() {
        scenario.declare(new SyncPolicy(
                        new Automated(false, true, false, true),
                        List.of(),
                        new io.driftless.events.ApplicationSpec.Retry(0, 1, 1, 1),
                        null))
                .given(missing("Service", "web"));
        scenario.refused(scenario.decide().getFirst(), "quota exceeded", false);

        assertThat(scenario.after(AutomatedSync.AFTER_FAILURE.minusSeconds(1))).isEmpty();
        assertThat(scenario.after(Duration.ofSeconds(1))).hasSize(1);
    }

    @Test
    void retriesFiveTimesUnlessToldOtherwise() {
        scenario.declare(automated(false, false)).given(missing("Service", "web"));
        var tasks = scenario.decide();
        for (int wait : new int[] {5, 10, 20, 40, 80}) {
            scenario.refused(tasks.getFirst(), "no", false);
            assertThat(scenario.wakeAt).isEqualTo(scenario.now.plusSeconds(wait));
            tasks = scenario.after(Duration.ofSeconds(wait));
        }
        scenario.refused(tasks.getFirst(), "no", false);
        assertThat(scenario.last().phase()).isEqualTo(Phase.FAILED);
    }

    @Test
    void prunesNothingUnlessPruneIsOn() {
        scenario.declare(automated(false, true)).given(synced("Service", "web", "3"), extra("ConfigMap", "old", "4"));
        assertThat(scenario.decide()).isEmpty();
        assertThat(scenario.records).as("deletions alone start nothing").isEmpty();

        scenario.declare(automated(true, true));
        assertThat(scenario.names(scenario.decide())).containsExactly("-old");
    }

    @Test
    void refusesToDeleteEverythingUnlessAllowed() {
        scenario.declare(automated(true, true)).given(extra("ConfigMap", "a", "4"), extra("Service", "b", "5"));

        assertThat(scenario.decide()).isEmpty();
        assertThat(scenario.last().phase()).isEqualTo(Phase.FAILED);
        assertThat(scenario.said(SyncFailed.class))
                .singleElement()
                .satisfies(event -> assertThat(event.message()).contains("will wipe out all resources"));
        scenario.compare();
        assertThat(scenario.after(Duration.ofDays(1))).isEmpty();
        assertThat(scenario.said(SyncFailed.class)).hasSize(1);

        scenario.revision = "c0ffee2";
        scenario.declare(new SyncPolicy(new Automated(true, true, true, true), List.of(), null, null))
                .render()
                .compare();
        assertThat(scenario.names(scenario.decide())).containsExactly("-a", "-b");
    }

    @Test
    void doesNotPruneWhileTheRenderIsIncomplete() {
        scenario.declare(automated(true, true)).given(synced("Service", "web", "3"), extra("ConfigMap", "old", "4"));
        var key = io.driftless.events.RecordKey.of(
                Scenario.APP.toString(), Thing.id("Service", "web").toString());
        scenario.logic.fold(new io.driftless.stage.Fact(io.driftless.events.Topic.DESIRED, key, null));

        assertThat(scenario.decide()).isEmpty();
    }

    @Test
    void createsTheNamespaceFirst() {
        scenario.declare(automated(false, false, "CreateNamespace=true")).given(missing("Service", "web"));

        var first = scenario.decide();
        assertThat(first).singleElement().isInstanceOf(SyncTask.EnsureNamespace.class);
        var second = scenario.done(first.getFirst(), "2");

        assertThat(scenario.names(second)).containsExactly("web");
        scenario.done(second.getFirst(), "3");
        assertThat(scenario.last().phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(scenario.said(SyncStarted.class)).hasSize(1);
    }

    private void syncOnce(SyncPolicy policy) {
        scenario.declare(policy).given(differing("Service", "web", "10"));
        scenario.done(scenario.decide().getFirst(), "11");
        scenario.live(synced("Service", "web", "11").live("11", SyncStatus.SYNCED));
        assertThat(scenario.decide()).isEmpty();
        scenario.now = scenario.now.plusSeconds(60);
    }
}
