package io.driftless.drift;

import static io.driftless.drift.Scenario.APP;
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
import static io.driftless.drift.Scenario.tracked;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationEvent.ApplicationRejected;
import io.driftless.events.ApplicationSpec.Destination;
import io.driftless.events.Condition;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DesiredEvent.RenderFailed;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.DriftEvent.FieldDifference;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.Event;
import io.driftless.events.GroupKind;
import io.driftless.events.HealthStatus;
import io.driftless.events.LiveEvent.ClusterObserved;
import io.driftless.events.LiveEvent.ClusterUnreachable;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.events.ProjectRules;
import io.driftless.events.ProjectRules.KindRule;
import io.driftless.events.SyncStatus;
import io.driftless.events.Topic;
import io.driftless.stage.Fact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DriftLogicTest {
    private static final String MAP_A = "/ConfigMap:prod/a";
    private static final String DEPLOYMENT = "apps/Deployment:prod/web";
    private static final RenderFailed BROKEN = new RenderFailed(
            APP, 1, "c2", List.of(new Condition(Condition.COMPARISON_ERROR, "p/a.yaml line 3: not YAML")));

    private final Scenario scenario = new Scenario();
    private final ResourceRendered a = rendered(configMap("a", "1"));

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
    void isUnknownUntilTheClusterWasSeen() {
        scenario.take(fact(declared(HERE)), fact(a), fact(closed("c1", a)));

        assertThat(scenario.last().status()).isEqualTo(SyncStatus.UNKNOWN);
        assertThat(scenario.verdict(MAP_A).status()).isEqualTo(SyncStatus.UNKNOWN);
        assertThat(scenario.last().health().status()).isEqualTo(HealthStatus.UNKNOWN);
    }

    @Test
    void isUnknownUntilEveryKindOfTheRenderWasSeen() {
        scenario.take(fact(declared(HERE)), fact(a), fact(closed("c1", a)), fact(seen("apps/Deployment")));
        assertThat(scenario.last().status()).isEqualTo(SyncStatus.UNKNOWN);

        scenario.take(fact(seen("apps/Deployment", "/ConfigMap")));

        assertThat(scenario.last().status()).isEqualTo(SyncStatus.OUT_OF_SYNC);
        assertThat(scenario.verdict(MAP_A).exists()).isFalse();
        assertThat(scenario.verdict(MAP_A).health().status()).isEqualTo(HealthStatus.MISSING);
        assertThat(scenario.last().health().status()).isEqualTo(HealthStatus.MISSING);
    }

    @Test
    void countsAKindThatTheClusterDoesNotServeAsMissing() {
        ResourceRendered widget = rendered(tracked("example.org/v1", "Widget", "w", "{}"));
        scenario.take(
                fact(declared(HERE)),
                fact(widget),
                fact(closed("c1", widget)),
                fact(new ClusterObserved(CLUSTER, List.of(), List.of(GroupKind.parse("example.org/Widget")))));

        assertThat(scenario.last().status()).isEqualTo(SyncStatus.OUT_OF_SYNC);
        assertThat(scenario.verdict("example.org/Widget:prod/w").health().status())
                .isEqualTo(HealthStatus.MISSING);
    }

    @Test
    void isSyncedOnceEverythingIsThere() {
        synced();

        assertThat(scenario.last().status()).isEqualTo(SyncStatus.SYNCED);
        assertThat(scenario.last().revision()).isEqualTo("c1");
        assertThat(scenario.last().render()).isEqualTo("digest-of-c1");
        assertThat(scenario.last().cluster()).isEqualTo(CLUSTER);
        assertThat(scenario.last().health().status()).isEqualTo(HealthStatus.HEALTHY);
    }

    @Test
    void holdsBackWhatNobodyHasToActOnAndSaysItTogether() {
        synced();
        int before = scenario.said.size();

        scenario.take(fact(applied(configMap("a", "1"), "6", "metadata: {labels: {x: '1'}}")));
        scenario.take(fact(applied(configMap("a", "1"), "7", "metadata: {labels: {x: '2'}}")));
        assertThat(scenario.said).hasSize(before);

        scenario.later(Urgency.PATIENCE);
        assertThat(scenario.said).hasSize(before);

        scenario.later(Urgency.LONG_PATIENCE);
        assertThat(scenario.said).hasSize(before + 1);
        assertThat(scenario.verdict(MAP_A).resourceVersion()).isEqualTo("7");
    }

    @Test
    void saysAtOnceWhatIsToBeDoneThoughSomethingWasHeldBack() {
        synced();

        scenario.take(fact(applied(configMap("a", "1"), "6", "metadata: {labels: {x: '1'}}")));
        scenario.take(fact(applied(configMap("a", "1"), "7", "data: {a: 'by hand'}")));
        assertThat(scenario.verdict(MAP_A).status()).isEqualTo(SyncStatus.OUT_OF_SYNC);

        int before = scenario.said.size();
        scenario.take(fact(applied(configMap("a", "1"), "8", "data: {a: 'by hand again'}")));
        assertThat(scenario.said).hasSize(before + 1);
        scenario.later(Urgency.PATIENCE);
        assertThat(scenario.said).hasSize(before + 1);
    }

    @Test
    void saysWhichFieldDrifted() {
        synced();

        scenario.take(fact(applied(configMap("a", "1"), "6", "data: {a: 'by hand'}")));

        ResourceVerdict verdict = scenario.verdict(MAP_A);
        assertThat(verdict.status()).isEqualTo(SyncStatus.OUT_OF_SYNC);
        assertThat(verdict.resourceVersion()).isEqualTo("6");
        assertThat(verdict.differences()).extracting(FieldDifference::path).containsExactly("/data/a");
    }

    @Test
    void saysNothingWhenNothingChanged() {
        synced();
        int before = scenario.said.size();

        scenario.take(fact(a), fact(closed("c1", a)), fact(declared(HERE)), fact(seen("/ConfigMap")));
        scenario.take(fact(applied(configMap("a", "1"), "5", "metadata: {labels: {theirs: x}}")));

        assertThat(scenario.said).hasSize(before);
    }

    @Test
    void saysNothingNewAfterARestart() {
        synced();
        scenario.take(fact(applied(configMap("a", "1"), "6", "data: {a: x, b: y}\nmetadata: {labels: {n: z}}")));
        int before = scenario.said.size();

        scenario.restart(
                fact(declared(HERE)),
                fact(a),
                fact(closed("c1", a)),
                fact(applied(configMap("a", "1"), "6", "data: {a: x, b: y}\nmetadata: {labels: {n: z}}")),
                fact(seen("/ConfigMap")),
                fact(scenario.last()));

        assertThat(scenario.said).hasSize(before);
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
    void wantsToPruneWhatLeftGit() {
        ResourceRendered b = rendered(configMap("b", "1"));
        synced();
        scenario.take(fact(applied(configMap("b", "1"), "7", "{}")));

        assertThat(scenario.last().status()).isEqualTo(SyncStatus.OUT_OF_SYNC);
        assertThat(scenario.verdict("/ConfigMap:prod/b").toPrune()).isTrue();

        scenario.take(fact(b), fact(closed("c2", a, b)));
        assertThat(scenario.last().status()).isEqualTo(SyncStatus.SYNCED);
    }

    @Test
    void leavesAloneWhatItDidNotMakeItself() {
        synced();
        ObjectNode owned = configMap("owned", "1");
        owned.withObject("/metadata").withArray("ownerReferences").addObject().put("controller", true);
        ObjectNode copied = configMap("copied", "1");
        copied.withObject("/metadata/annotations").put("argocd.argoproj.io/tracking-id", "shop:/ConfigMap:prod/a");
        ObjectNode hook = configMap("hook", "1");
        hook.withObject("/metadata/annotations").put("argocd.argoproj.io/hook", "PreSync");

        for (ObjectNode object : List.of(owned, copied, hook)) {
            scenario.take(fact(observed(object, CLUSTER, "1")));
        }

        assertThat(scenario.last().status()).isEqualTo(SyncStatus.SYNCED);
        assertThat(scenario.last().resources()).hasSize(1);
    }

    @Test
    void doesNotCountExtraneousObjectsThatAreToBeIgnored() {
        synced();
        ObjectNode extra = tracked("apps/v1", "Deployment", "extra", "spec: {paused: true}");
        extra.withObject("/metadata/annotations").put("argocd.argoproj.io/compare-options", "IgnoreExtraneous");

        scenario.take(fact(observed(extra, CLUSTER, "1")));

        assertThat(scenario.last().status()).isEqualTo(SyncStatus.SYNCED);
        assertThat(scenario.last().health().status()).isEqualTo(HealthStatus.HEALTHY);
        assertThat(scenario.verdict("apps/Deployment:prod/extra").status()).isEqualTo(SyncStatus.OUT_OF_SYNC);
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
    void doesNotMindReplicasThatAnAutoscalerSet() {
        ResourceRendered web = rendered(deployment("nginx:1"));
        Fact scaled = fact(applied(deployment("nginx:1"), "5", "spec: {replicas: 9}"));
        scenario.take(fact(declared(HERE)), fact(web), fact(closed("c1", web)), scaled, fact(seen("apps/Deployment")));
        assertThat(scenario.verdict(DEPLOYMENT).differences())
                .extracting(FieldDifference::path)
                .containsExactly("/spec/replicas");

        scenario.take(fact(declared(HERE, ignoring("/spec/replicas", ""))));

        assertThat(scenario.last().status()).isEqualTo(SyncStatus.SYNCED);
    }

    @Test
    void doesNotActOnRulesItCannotFollow() {
        synced();

        scenario.take(fact(declared(HERE, ignoring("", ".. | .image?"))));

        assertThat(scenario.last().status()).isEqualTo(SyncStatus.UNKNOWN);
        assertThat(scenario.last().conditions())
                .singleElement()
                .satisfies(condition -> assertThat(condition.message()).contains(".. | .image?", "not supported yet"));
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
    void looksAtTheDestinationAlone() {
        synced();
        ObjectNode other = configMap("a", "1");

        scenario.take(fact(observed(other, "https://other.example.org", "1")));
        assertThat(scenario.last().status()).isEqualTo(SyncStatus.SYNCED);

        scenario.take(
                fact(declared(new Destination("https://other.example.org", "", "prod"))),
                fact(new ClusterObserved(
                        "https://other.example.org", List.of(GroupKind.parse("/ConfigMap")), List.of())));
        assertThat(scenario.last().cluster()).isEqualTo("https://other.example.org");
        assertThat(scenario.verdict(MAP_A).resourceVersion()).isEqualTo("1");
    }

    @Test
    void knowsItsOwnClusterByName() {
        scenario.take(fact(declared(new Destination("", "in-cluster", "prod"))));
        assertThat(scenario.last().cluster()).isEqualTo(CLUSTER);

        scenario.take(fact(declared(new Destination("", "elsewhere", "prod"))));
        assertThat(scenario.last().conditions())
                .singleElement()
                .satisfies(condition -> assertThat(condition.message()).contains("\"elsewhere\""));
    }

    @Test
    void doubtsWhatItSawOfAnUnreachableCluster() {
        synced();

        scenario.take(fact(new ClusterUnreachable(CLUSTER, "connection refused")));

        assertThat(scenario.last().status()).isEqualTo(SyncStatus.UNKNOWN);
        assertThat(scenario.last().conditions())
                .singleElement()
                .satisfies(condition -> assertThat(condition.message()).contains("connection refused"));
    }

    @Test
    void takesItsWordBackWhenTheApplicationIsGone() {
        synced();

        scenario.take(gone(declared(HERE)));

        assertThat(scenario.said.getLast().event()).isNull();
        assertThat(scenario.said.getLast().topic()).isEqualTo(Topic.DRIFT);
        assertThat(scenario.said.getLast().key()).isEqualTo(APP.toString());
    }

    @Test
    void saysWhyASpecIsRejected() {
        Condition condition = new Condition(Condition.INVALID_SPEC_ERROR, "spec.source is missing");

        scenario.take(fact(new ApplicationRejected(APP, "u1", 2, List.of(condition))));

        assertThat(scenario.last().status()).isEqualTo(SyncStatus.UNKNOWN);
        assertThat(scenario.last().conditions()).containsExactly(condition);
    }

    @Test
    void whatTheProjectForbidsIsUnknownWhereGitWantsItAndNotSeenWhereItDoesNot() {
        KindRule deployments = new KindRule("apps", "Deployment", "");
        ProjectRules rules =
                new ProjectRules(List.of(), List.of(), null, List.of(deployments), List.of("*"), List.of());
        ResourceRendered web = rendered(deployment("nginx:1"));
        scenario.take(
                fact(withRules(declared(HERE), rules)),
                fact(a),
                fact(web),
                fact(closed("c1", a, web)),
                fact(applied(configMap("a", "1"), "5", "{}")),
                fact(applied(deployment("nginx:1"), "5", "{}")),
                fact(seen("/ConfigMap", "apps/Deployment")));

        assertThat(scenario.last().status()).isEqualTo(SyncStatus.OUT_OF_SYNC);
        assertThat(scenario.last().resources())
                .extracting(ResourceVerdict::status)
                .containsExactly(SyncStatus.SYNCED, SyncStatus.UNKNOWN);

        scenario.take(fact(closed("c2", a)), gone(web));
        assertThat(scenario.last().resources()).hasSize(1);
        assertThat(scenario.last().status()).isEqualTo(SyncStatus.SYNCED);
    }

    private static ApplicationDeclared withRules(ApplicationDeclared declared, ProjectRules rules) {
        return new ApplicationDeclared(
                declared.application(),
                declared.uid(),
                declared.generation(),
                declared.spec(),
                declared.document(),
                declared.annotations(),
                declared.finalizers(),
                false,
                rules);
    }

    @Test
    void isAsHealthyAsItsWorstResource() {
        ResourceRendered web = rendered(deployment("nginx:1"));
        scenario.take(
                fact(declared(HERE)),
                fact(a),
                fact(web),
                fact(closed("c1", a, web)),
                fact(applied(configMap("a", "1"), "5", "{}")),
                fact(applied(deployment("nginx:1"), "5", "status: {updatedReplicas: 1}")),
                fact(seen("/ConfigMap", "apps/Deployment")));
        assertThat(scenario.last().health().status()).isEqualTo(HealthStatus.PROGRESSING);
        assertThat(scenario.last().health().message()).isEqualTo("Caused by " + DEPLOYMENT);

        scenario.take(fact(applied(
                deployment("nginx:1"),
                "6",
                "metadata: {annotations: {argocd.argoproj.io/ignore-healthcheck: 'true'}}")));
        assertThat(scenario.last().health().status()).isEqualTo(HealthStatus.HEALTHY);
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

    private void synced() {
        ResourceObserved live = applied(configMap("a", "1"), "5", "metadata: {labels: {theirs: x}}");
        scenario.take(fact(declared(HERE)), fact(a), fact(closed("c1", a)), fact(live), fact(seen("/ConfigMap")));
    }
}
