package io.driftless.sync;

import static io.driftless.sync.Scenario.automated;
import static io.driftless.sync.Thing.differing;
import static io.driftless.sync.Thing.missing;
import static io.driftless.sync.Thing.synced;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.events.OperationEvent.Phase;
import io.driftless.events.SyncEvent.CascadeCompleted;
import io.driftless.events.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CascadeTest {
    private static final List<String> FINALIZER = List.of("resources-finalizer.argocd.argoproj.io");
    private final Scenario scenario = new Scenario();

    @Test
    void deletesEverythingTheHighestWaveFirstAndSaysWhenAllIsGone() {
        var early = synced("ConfigMap", "early", "1");
        var late = synced("Service", "late", "2").wave(1);
        scenario.declare(automated(false, false), FINALIZER, true).given(early, late);

        var first = scenario.decide();
        assertThat(scenario.names(first)).containsExactly("-late");
        assertThat(scenario.done(first.getFirst(), "")).isEmpty();
        scenario.live(late.live("3", late.status()).going());
        assertThat(scenario.decide()).as("still going").isEmpty();
        scenario.without(late.id());
        var second = scenario.decide();
        assertThat(scenario.names(second)).containsExactly("-early");
        scenario.done(second.getFirst(), "");
        scenario.without(early.id());
        scenario.decide();

        assertThat(scenario.said(CascadeCompleted.class)).singleElement().satisfies(event -> {
            assertThat(event.uid()).isEqualTo("uid-1");
            assertThat(event.pruned()).isEqualTo(2);
        });
        assertThat(scenario.last().isCascadeComplete()).isTrue();
        assertThat(scenario.after(Duration.ofHours(1))).isEmpty();
        assertThat(scenario.said(CascadeCompleted.class)).hasSize(1);
    }

    @Test
    void deletesNothingWithoutTheFinalizer() {
        scenario.declare(automated(true, true), List.of(), true).given(differing("Service", "web", "2"));

        assertThat(scenario.decide()).isEmpty();
        assertThat(scenario.records).isEmpty();
    }

    @Test
    void deletesInTheBackgroundWhenTheFinalizerSaysSo() {
        scenario.declare(automated(true, true), List.of("resources-finalizer.argocd.argoproj.io/background"), true)
                .given(synced("Service", "web", "2"));

        assertThat(scenario.decide()).singleElement().isInstanceOfSatisfying(SyncTask.Prune.class, prune -> {
            assertThat(prune.propagation()).isEqualTo("Background");
            assertThat(prune.cascade()).isTrue();
        });
    }

    @Test
    void endsARunningSyncFirst() {
        scenario.declare(automated(true, true)).given(missing("Service", "web"), synced("ConfigMap", "c", "1"));
        var apply = scenario.decide().getFirst();

        scenario.declare(automated(true, true), FINALIZER, true);
        assertThat(scenario.decide()).isEmpty();
        assertThat(scenario.last().phase()).isEqualTo(Phase.TERMINATING);

        assertThat(scenario.names(scenario.done(apply, "5"))).containsExactly("-c");
        assertThat(scenario.records).extracting(record -> record.phase()).contains(Phase.FAILED);
    }

    @Test
    void leavesWhatSaysItselfThatItStays() {
        scenario.declare(automated(true, true), FINALIZER, true).given(synced("Service", "web", "2"));
        var prune = scenario.decide().getFirst();

        scenario.logic.finished(
                new SyncOutcome.Kept(prune.operation(), prune.resource(), prune.decidedOn(), "kept (no delete)"));

        assertThat(scenario.decide()).isEmpty();
        assertThat(scenario.said(CascadeCompleted.class)).hasSize(1);
    }

    @Test
    void repeatsAFailedDeletionAndGoesOnAfterARestart() {
        scenario.declare(automated(true, true), FINALIZER, true).given(synced("Service", "web", "2"));
        scenario.refused(scenario.decide().getFirst(), "forbidden", false);
        assertThat(scenario.last().phase()).isEqualTo(Phase.RUNNING);

        assertThat(scenario.restart()).isEmpty();
        assertThat(scenario.wakeAt).isEqualTo(scenario.now.plusSeconds(5));
        assertThat(scenario.names(scenario.after(Duration.ofSeconds(5)))).containsExactly("-web");
    }

    @Test
    void forgetsTheOperationOfAnApplicationThatIsGone() {
        scenario.declare(automated(true, true)).given(missing("Service", "web"));
        scenario.done(scenario.decide().getFirst(), "4");

        scenario.gone();
        assertThat(scenario.decide()).isEmpty();

        assertThat(scenario.tables.getOrDefault(Topic.OPERATIONS, Map.of()).values())
                .singleElement()
                .satisfies(publication -> assertThat(publication.event()).isNull());
        assertThat(scenario.decide()).isEmpty();
    }
}
