package io.driftless.drift;

import static io.driftless.drift.Scenario.CLUSTER;
import static io.driftless.drift.Scenario.HERE;
import static io.driftless.drift.Scenario.applied;
import static io.driftless.drift.Scenario.closed;
import static io.driftless.drift.Scenario.configMap;
import static io.driftless.drift.Scenario.declared;
import static io.driftless.drift.Scenario.deployment;
import static io.driftless.drift.Scenario.fact;
import static io.driftless.drift.Scenario.ignoring;
import static io.driftless.drift.Scenario.observed;
import static io.driftless.drift.Scenario.rendered;
import static io.driftless.drift.Scenario.seen;
import static io.driftless.drift.Scenario.tracked;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.DriftEvent.FieldDifference;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.HealthStatus;
import io.driftless.events.SyncStatus;
import io.driftless.stage.Fact;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is in sync, what differs and what is to be pruned.
class DriftLogicTest extends DriftStory {
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
}
