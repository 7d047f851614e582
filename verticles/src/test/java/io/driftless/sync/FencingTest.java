package io.driftless.sync;

import static io.driftless.sync.Scenario.automated;
import static io.driftless.sync.Thing.differing;
import static io.driftless.sync.Thing.extra;
import static io.driftless.sync.Thing.missing;
import static io.driftless.sync.Thing.synced;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.events.OperationEvent.Phase;
import io.driftless.events.SyncEvent.ResourceApplied;
import io.driftless.events.SyncEvent.SyncSucceeded;
import io.driftless.sync.SyncOutcome.Owner;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// No write twice, no drift missed.
class FencingTest {
    private final Scenario scenario = new Scenario().declare(automated(true, true));

    @Test
    void aVerdictFromBeforeTheWriteCausesNoSecondOne() {
        scenario.given(differing("Service", "web", "10"));
        scenario.done(scenario.decide().getFirst(), "11");

        scenario.compare();
        assertThat(scenario.decide()).isEmpty();
        scenario.live(differing("Service", "web", "9"));
        assertThat(scenario.decide()).as("an even older one").isEmpty();
        scenario.live(synced("Service", "web", "11"));
        assertThat(scenario.decide()).isEmpty();

        assertThat(scenario.asked).hasSize(1);
        assertThat(scenario.said(SyncSucceeded.class)).hasSize(1);
    }

    @Test
    void aCreatedObjectThatHasNotBeenSeenYetIsNotCreatedAgain() {
        scenario.given(missing("Service", "web"));
        scenario.done(scenario.decide().getFirst(), "11");

        scenario.compare();

        assertThat(scenario.decide()).isEmpty();
        assertThat(scenario.wakeAt).isNotNull();
        assertThat(scenario.after(Writes.LONGEST))
                .as("it may have been deleted unseen")
                .hasSize(1);
    }

    @Test
    void aDeletedObjectThatIsStillSeenIsNotDeletedAgain() {
        scenario.given(synced("Service", "web", "3"), extra("ConfigMap", "old", "4"));
        scenario.done(scenario.decide().getFirst(), "");

        scenario.compare();
        assertThat(scenario.decide()).isEmpty();
        scenario.live(extra("ConfigMap", "old", "5").going());
        assertThat(scenario.decide()).isEmpty();
    }

    @Test
    void driftThatComesRightAfterTheWriteIsHealed() {
        scenario.given(differing("Service", "web", "10"));
        scenario.done(scenario.decide().getFirst(), "11");

        scenario.live(differing("Service", "web", "12").way("/spec/other"));

        assertThat(scenario.decide())
                .singleElement()
                .satisfies(task -> assertThat(task.decidedOn()).isEqualTo("12"));
    }

    @Test
    void anotherResourceIsHealedWhileTheFirstVerdictIsStillStale() {
        scenario.given(differing("Service", "a", "10"), synced("Service", "b", "5"));
        scenario.done(scenario.decide().getFirst(), "11");

        scenario.live(differing("Service", "b", "6"));
        assertThat(scenario.names(scenario.decide())).containsExactly("b");
        scenario.done(scenario.asked.getLast(), "7");
        scenario.live(synced("Service", "b", "7"));

        assertThat(scenario.decide()).as("a is still shown as it was").isEmpty();
    }

    @Test
    void aWriteLostInACrashIsDoneOnceAfterIt() {
        scenario.given(differing("Service", "web", "10"));
        scenario.decide();

        var again = scenario.restart();

        assertThat(again)
                .singleElement()
                .satisfies(task -> assertThat(task.decidedOn()).isEqualTo("10"));
        scenario.done(again.getFirst(), "11");
        assertThat(scenario.last().phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(scenario.records)
                .extracting(record -> record.id())
                .containsOnly(scenario.last().id());
    }

    @Test
    void aWriteThatHappenedBeforeACrashIsNotRepeated() {
        scenario.given(differing("Service", "web", "10"));
        scenario.decide();
        scenario.live(synced("Service", "web", "11"));

        assertThat(scenario.restart()).isEmpty();

        assertThat(scenario.last().phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(scenario.said(ResourceApplied.class)).hasSize(1);
    }

    @Test
    void aWriteThatHappenedBeforeACrashAndIsNotSeenYetIsRefusedByTheServerAndThenSeen() {
        scenario.given(differing("Service", "web", "10"));
        scenario.decide();
        var again = scenario.restart();

        assertThat(scenario.conflict(again.getFirst(), Owner.SELF, "11")).isEmpty();
        scenario.compare();
        assertThat(scenario.decide()).as("no news yet").isEmpty();
        scenario.live(synced("Service", "web", "11"));

        assertThat(scenario.decide()).isEmpty();
        assertThat(scenario.last().phase()).isEqualTo(Phase.SUCCEEDED);
    }

    @Test
    void nothingIsRepeatedAfterARestartThatFollowsTheEnd() {
        scenario.given(differing("Service", "web", "10"));
        scenario.done(scenario.decide().getFirst(), "11");

        assertThat(scenario.restart()).as("the verdict is still the old one").isEmpty();
        assertThat(scenario.records).hasSize(2);
    }

    @Test
    void aConflictIsDecidedAnewOnTheNewerState() {
        scenario.given(differing("Service", "web", "10"));
        scenario.conflict(scenario.decide().getFirst(), Owner.SELF, "12");

        scenario.live(differing("Service", "web", "12"));
        var again = scenario.decide();

        assertThat(again)
                .singleElement()
                .satisfies(task -> assertThat(task.decidedOn()).isEqualTo("12"));
        assertThat(scenario.last().resources().getFirst().decidedOn())
                .as("recorded before it is written")
                .isEqualTo("12");
    }

    @Test
    void aConflictWithoutNewsFailsTheAttemptAfterAWhile() {
        scenario.given(differing("Service", "web", "10"));
        scenario.conflict(scenario.decide().getFirst(), Owner.SELF, "12");

        scenario.after(Wave.NEWS);

        assertThat(scenario.last().attempt()).isEqualTo(1);
        assertThat(scenario.last().message()).contains("was not observed within 30 s");
    }

    @Test
    void anObjectOfNobodyIsAdoptedAsItIs() {
        scenario.given(missing("Service", "web"));

        var adopted = scenario.conflict(scenario.decide().getFirst(), Owner.NOBODY, "77");

        assertThat(adopted).singleElement().isInstanceOfSatisfying(SyncTask.Apply.class, apply -> {
            assertThat(apply.decidedOn()).isEqualTo("77");
            assertThat(apply.uid()).isEqualTo("uid-live");
        });
        assertThat(scenario.last().resources().getFirst().decidedOn()).isEqualTo("77");
    }

    @Test
    void anAnswerToAnEarlierDecisionIsIgnored() {
        scenario.given(differing("Service", "web", "10"));
        var task = scenario.decide().getFirst();
        scenario.logic.finished(new SyncOutcome.Applied("another", task.resource(), task.decidedOn(), false, "99", 1));
        scenario.logic.finished(new SyncOutcome.Applied(task.operation(), task.resource(), "8", false, "99", 1));

        scenario.decide();

        assertThat(scenario.last().phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void anApplyThatChangesNothingDoesNotLoop() {
        scenario.given(differing("Service", "web", "10"));
        scenario.done(scenario.decide().getFirst(), "10");
        scenario.compare();
        int writes = 0;
        for (int second = 0; second < 60; second++) {
            for (SyncTask task : scenario.after(Duration.ofSeconds(1))) {
                writes++;
                scenario.done(task, "10");
            }
        }
        assertThat(writes).isLessThan(5);
    }
}
