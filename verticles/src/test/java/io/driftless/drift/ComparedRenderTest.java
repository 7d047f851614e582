package io.driftless.drift;

import static io.driftless.drift.Scenario.CLUSTER;
import static io.driftless.drift.Scenario.HERE;
import static io.driftless.drift.Scenario.applied;
import static io.driftless.drift.Scenario.closed;
import static io.driftless.drift.Scenario.configMap;
import static io.driftless.drift.Scenario.declared;
import static io.driftless.drift.Scenario.deployment;
import static io.driftless.drift.Scenario.fact;
import static io.driftless.drift.Scenario.gone;
import static io.driftless.drift.Scenario.ignoring;
import static io.driftless.drift.Scenario.observed;
import static io.driftless.drift.Scenario.rendered;
import static io.driftless.drift.Scenario.seen;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.Event;
import io.driftless.events.SyncStatus;
import io.driftless.stage.Fact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Which render is compared, whatever order the facts come in.
class ComparedRenderTest extends DriftStory {
    @Test
    void aRenderThatAFormerOwnerSaysLateDoesNotTakeTheBetterOnesPlace() {
        scenario.take(fact(declared(HERE)), fact(seen("/ConfigMap")), fact(a), fact(numbered("c2", 2, a)));
        scenario.take(fact(numbered("c1", 2)));
        assertThat(scenario.last().revision()).isEqualTo("c2");

        scenario.take(fact(numbered("c3", 3)));
        assertThat(scenario.last().revision()).isEqualTo("c3");
    }

    private static ManifestsRendered numbered(String revision, long number, ResourceRendered... resources) {
        ManifestsRendered plain = closed(revision, resources);
        return new ManifestsRendered(
                plain.application(),
                plain.uid(),
                plain.generation(),
                plain.repository(),
                plain.path(),
                plain.targetRevision(),
                plain.revision(),
                plain.sourceType(),
                plain.commit(),
                plain.digest(),
                plain.resources(),
                plain.conditions(),
                0,
                0,
                number);
    }

    @Test
    void neverComparesAHalfWrittenRender() {
        synced();
        ResourceRendered newA = rendered(configMap("a", "2"));
        ResourceRendered b = rendered(configMap("b", "2"));
        int before = scenario.said.size();

        scenario.take(fact(newA));
        scenario.take(fact(closed("c2", newA, b)));
        assertThat(scenario.said).hasSize(before);

        scenario.take(fact(b));
        assertThat(scenario.last().revision()).isEqualTo("c2");
        assertThat(scenario.last().status()).isEqualTo(SyncStatus.OUT_OF_SYNC);
        assertThat(scenario.last().resources()).hasSize(2);
    }

    @Test
    void hooksAreNoPartOfTheDesiredState() {
        ResourceRendered hook = rendered(configMap("migrate", "1"), "PreSync");
        scenario.take(
                fact(declared(HERE)),
                fact(a),
                fact(hook),
                fact(closed("c1", a, hook)),
                fact(applied(configMap("a", "1"), "5", "{}")),
                fact(seen("/ConfigMap")));

        assertThat(scenario.last().status()).isEqualTo(SyncStatus.SYNCED);
        assertThat(scenario.last().resources()).hasSize(1);
    }

    @Test
    void keepsTheLastGoodRenderWhenTheNewestFails() {
        synced();

        scenario.take(fact(BROKEN));
        assertThat(scenario.last().status()).isEqualTo(SyncStatus.UNKNOWN);
        assertThat(scenario.last().revision()).isEqualTo("c1");
        assertThat(scenario.last().conditions()).isEqualTo(BROKEN.conditions());
        assertThat(scenario.verdict(MAP_A).status()).isEqualTo(SyncStatus.SYNCED);

        scenario.take(fact(closed("c3", a)));
        assertThat(scenario.last().status()).isEqualTo(SyncStatus.SYNCED);
        assertThat(scenario.last().conditions()).isEmpty();
    }

    @Test
    void forgetsAFailureThatWasTakenBack() {
        synced();
        scenario.take(fact(BROKEN));

        scenario.take(gone(BROKEN));

        assertThat(scenario.last().status()).isEqualTo(SyncStatus.SYNCED);
    }

    @Test
    void anAnswerBelongsToTheChainOfTheRenderItFollows() {
        synced();

        scenario.take(fact(closed("c2", a), "push-2"), fact(applied(configMap("a", "1"), "9", "{}"), "something-else"));

        assertThat(scenario.said.getLast().chain()).isEqualTo("push-2");
    }

    @Test
    void theOrderOfFactsAboutDifferentThingsDoesNotMatter() {
        ResourceRendered oldA = rendered(configMap("a", "0"));
        ResourceRendered web = rendered(deployment("nginx:1"));
        ObjectNode extra = configMap("extra", "1");
        List<List<Event>> keys = List.of(
                List.of(declared(HERE), declared(HERE, ignoring("/spec/replicas", ""))),
                List.of(oldA, a),
                List.of(web),
                List.of(closed("c0", oldA), closed("c1", a, web)),
                List.of(applied(configMap("a", "0"), "3", "{}"), applied(configMap("a", "1"), "4", "data: {a: x}")),
                List.of(applied(deployment("nginx:1"), "5", "spec: {replicas: 4}")),
                List.of(observed(extra, CLUSTER, "6")),
                List.of(seen("/ConfigMap"), seen("/ConfigMap", "apps/Deployment")));
        scenario.take(keys.stream().flatMap(List::stream).map(Scenario::fact).toArray(Fact[]::new));

        for (long seed = 1; seed <= 300; seed++) {
            Scenario other = new Scenario();
            for (List<Fact> batch : shuffled(keys, new Random(seed))) {
                other.take(batch.toArray(Fact[]::new));
            }
            other.later(Urgency.LONG_PATIENCE);
            assertThat(other.last()).as("seed %d", seed).isEqualTo(scenario.last());
        }
    }

    /// Facts of one key stay in order, some come twice; batches are of any size.
    private static List<List<Fact>> shuffled(List<List<Event>> keys, Random random) {
        List<Integer> turns = new ArrayList<>();
        for (int key = 0; key < keys.size(); key++) {
            turns.addAll(Collections.nCopies(keys.get(key).size(), key));
        }
        Collections.shuffle(turns, random);
        int[] next = new int[keys.size()];
        List<List<Fact>> batches = new ArrayList<>();
        for (int key : turns) {
            if (batches.isEmpty() || random.nextBoolean()) {
                batches.add(new ArrayList<>());
            }
            Event event = keys.get(key).get(next[key]++);
            batches.getLast().add(fact(event));
            if (random.nextInt(4) == 0) {
                batches.getLast().add(fact(event));
            }
        }
        return batches;
    }
}
