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
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.GroupKind;
import io.driftless.events.HealthStatus;
import io.driftless.events.LiveEvent.ClusterObserved;
import io.driftless.events.LiveEvent.ClusterUnreachable;
import io.driftless.events.ProjectRules;
import io.driftless.events.ProjectRules.KindRule;
import io.driftless.events.SyncStatus;
import io.driftless.events.Topic;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When nothing is known for certain: clusters that were not seen, specs that cannot be followed, kinds that are
/// forbidden.
class UnknownVerdictTest extends DriftStory {
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
    void doesNotActOnRulesItCannotFollow() {
        synced();

        scenario.take(fact(declared(HERE, ignoring("", ".. | .image?"))));

        assertThat(scenario.last().status()).isEqualTo(SyncStatus.UNKNOWN);
        assertThat(scenario.last().conditions())
                .singleElement()
                .satisfies(condition -> assertThat(condition.message()).contains(".. | .image?", "not supported yet"));
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
}
