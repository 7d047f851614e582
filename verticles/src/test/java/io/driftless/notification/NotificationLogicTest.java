package io.driftless.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationName;
import io.driftless.events.ApplicationSpec;
import io.driftless.events.DeliveryEvent.NotificationFailed;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.Envelope;
import io.driftless.events.Event;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.OperationEvent.Phase;
import io.driftless.events.SyncStatus;
import io.driftless.events.Topic;
import io.driftless.stage.Decision;
import io.driftless.stage.Fact;
import io.driftless.stage.Publication;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotificationLogicTest {
    private static final ApplicationName APP = new ApplicationName("argocd", "app");
    private static final Subscription ALL = new Subscription("all", EnumSet.allOf(Trigger.class), new LogReceiver());
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /// The tables as the broker holds them.
    private final Map<String, Fact> tables = new LinkedHashMap<>();
    private final List<String> told = new ArrayList<>();
    private List<Subscription> subscriptions = List.of(ALL);
    private NotificationLogic logic = new NotificationLogic(APP.toString(), subscriptions);
    private Instant now = START;
    private int ids;
    private boolean reachable = true;

    @Test
    void tellsThatAnApplicationIsCreatedSyncedAndDeployed() {
        given(declared("u1"));
        given(operation("op1", Phase.RUNNING, "r1"));
        given(operation("op1", Phase.SUCCEEDED, "r1"));
        given(compared(HealthStatus.HEALTHY, "r1"));

        assertThat(told).containsExactly("on-created", "on-sync-running", "on-sync-succeeded", "on-deployed");
    }

    @Test
    void tellsNothingThatWasTrueLongBeforeTheApplicationWasFirstSeen() {
        fold(declared("u1"));
        fold(operation("op1", Phase.FAILED, "r1"));
        fold(compared(HealthStatus.DEGRADED, "r1"));
        now = START.plusSeconds(3_600);
        decide();
        restart();

        assertThat(told).isEmpty();

        given(compared(HealthStatus.HEALTHY, "r1"));
        given(compared(HealthStatus.DEGRADED, "r1"));
        assertThat(told).containsExactly("on-health-degraded");
    }

    @Test
    void tellsEachTransitionOnceOverDuplicatesAndRestarts() {
        given(declared("u1"));
        given(operation("op1", Phase.FAILED, "r1"));
        given(compared(HealthStatus.DEGRADED, "r1"));
        given(compared(HealthStatus.DEGRADED, "r1"));
        restart();
        given(compared(HealthStatus.DEGRADED, "r1"));
        given(operation("op1", Phase.FAILED, "r1"));
        restart();

        assertThat(told).containsExactly("on-created", "on-sync-failed", "on-health-degraded");
    }

    @Test
    void tellsADegradationAgainOnceItHadPassed() {
        given(declared("u1"));
        given(compared(HealthStatus.DEGRADED, "r1"));
        given(compared(HealthStatus.HEALTHY, "r1"));
        restart();
        given(compared(HealthStatus.DEGRADED, "r1"));

        assertThat(told).containsExactly("on-created", "on-health-degraded", "on-health-degraded");
    }

    @Test
    void tellsAfterARestartWhatHappenedMeanwhile() {
        given(declared("u1"));
        store(operation("op1", Phase.SUCCEEDED, "r1"));
        now = now.plusSeconds(86_400);
        restart();

        assertThat(told).containsExactly("on-created", "on-sync-succeeded");
    }

    @Test
    void triesAgainWithGrowingWaitsAndGivesUpAfterABoundedNumberOfAttempts() {
        reachable = false;
        given(declared("u1"));
        List<Instant> waits = new ArrayList<>();
        Instant wake = decide().wakeAt();
        while (wake != null) {
            waits.add(wake);
            now = wake;
            wake = decide().wakeAt();
        }

        assertThat(waits).hasSize(DeliveryQueue.MOST_ATTEMPTS - 1).isSorted();
        assertThat(tables.values())
                .anySatisfy(fact -> assertThat(event(fact)).isInstanceOfSatisfying(NotificationFailed.class, failed -> {
                    assertThat(failed.attempts()).isEqualTo(DeliveryQueue.MOST_ATTEMPTS);
                    assertThat(failed.last()).isTrue();
                }));
        reachable = true;
        restart();
        assertThat(told).isEmpty();
    }

    @Test
    void aRestartGoesOnWithWhatWasNotDelivered() {
        reachable = false;
        given(declared("u1"));
        reachable = true;
        restart();

        assertThat(told).containsExactly("on-created");
    }

    @Test
    void aNewSubscriptionIsToldOnlyWhatHappensFromThenOn() {
        given(declared("u1"));
        given(operation("op1", Phase.SUCCEEDED, "r1"));
        told.clear();
        now = now.plusSeconds(3_600);
        subscriptions = List.of(ALL, new Subscription("more", EnumSet.allOf(Trigger.class), new LogReceiver()));
        restart();
        assertThat(told).isEmpty();

        given(operation("op2", Phase.SUCCEEDED, "r2"));
        assertThat(told).containsExactly("on-sync-succeeded", "on-sync-succeeded");
    }

    @Test
    void tellsADeletionOnceAndForgetsTheApplication() {
        given(declared("u1"));
        store(new Fact(Topic.APPLICATIONS, APP.toString(), null));
        logic.fold(new Fact(Topic.APPLICATIONS, APP.toString(), null));
        decide();
        decide();

        assertThat(told).containsExactly("on-created", "on-deleted");
        assertThat(tables).isEmpty();
        assertThat(logic.forgettable()).isTrue();
    }

    @Test
    void tellsNothingAgainThatATableWhichIsNotCompactedRepeats() {
        List<Fact> log = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Fact fact = fact(operation("op" + i, Phase.SUCCEEDED, "r" + i));
            log.add(fact);
            if (i == 0) {
                given(declared("u1"));
            }
            store(fact);
            logic.fold(fact);
            decide();
        }
        int before = told.size();

        logic = new NotificationLogic(APP.toString(), subscriptions);
        log.forEach(logic::fold);
        List.copyOf(tables.values()).forEach(logic::fold);
        decide();

        assertThat(told).hasSize(before);
    }

    @Test
    void saysNothingMoreOnceTheMemoryOfADeletedApplicationIsGone() {
        given(declared("u1"));
        logic.fold(new Fact(Topic.APPLICATIONS, APP.toString(), null));
        decide();
        Decision<Notification> afterwards = logic.decide(now);
        logic.fold(new Fact(Topic.DELIVERIES, APP + "|!began", null));

        assertThat(afterwards.publications()).isEmpty();
        assertThat(logic.decide(now).publications()).isEmpty();

        given(declared("u2"));
        assertThat(told).containsExactly("on-created", "on-deleted", "on-created");
    }

    @Test
    void tellsNothingOfAnOperationOfAnApplicationThatHadTheNameBefore() {
        given(operation("op1", Phase.SUCCEEDED, "r1"));
        given(declared("u2"));

        assertThat(told).containsExactly("on-created");
    }

    @Test
    void tellsOfAnOperationThatIsKnownBeforeItsApplication() {
        given(operation("op1", Phase.SUCCEEDED, "r1"));
        assertThat(logic.forgettable()).isFalse();
        given(declared("u1"));

        assertThat(told).containsExactlyInAnyOrder("on-created", "on-sync-succeeded");
    }

    @Test
    void anApplicationCreatedAnewUnderTheSameNameIsNewsAgain() {
        given(declared("u1"));
        given(declared("u2"));

        assertThat(told).containsExactly("on-created", "on-created");
    }

    @Test
    void decidingAgainWithoutNewsAsksForNothing() {
        fold(declared("u1"));
        Decision<Notification> first = logic.decide(now);
        Decision<Notification> second = logic.decide(now);

        assertThat(first.tasks()).hasSize(1);
        assertThat(second.tasks()).isEmpty();
        assertThat(second.publications()).isEmpty();
    }

    /// Something is said and the logic hears it.
    private void given(Event event) {
        fold(event);
        decide();
        decide();
    }

    private void fold(Event event) {
        Fact fact = fact(event);
        store(fact);
        logic.fold(fact);
    }

    private void store(Event event) {
        store(fact(event));
    }

    private void store(Fact fact) {
        String key = fact.topic() + fact.key();
        tables.remove(key);
        if (fact.envelope() != null) {
            tables.put(key, fact);
        }
    }

    private Decision<Notification> decide() {
        Decision<Notification> decision = logic.decide(now);
        for (Publication publication : decision.publications()) {
            Fact echo = publication.event() == null
                    ? new Fact(publication.topic(), publication.key(), null)
                    : fact(publication.event());
            store(echo);
            logic.fold(echo);
        }
        if (decision.tasks().isEmpty()) {
            return decision;
        }
        for (Notification task : decision.tasks()) {
            if (reachable) {
                told.add(task.trigger().toString());
                logic.finished(new DeliveryOutcome.Delivered(task));
            } else {
                logic.finished(new DeliveryOutcome.NotDelivered(task, "down", false));
            }
        }
        return decide();
    }

    private void restart() {
        logic = new NotificationLogic(APP.toString(), subscriptions);
        List.copyOf(tables.values()).forEach(logic::fold);
        decide();
    }

    private Fact fact(Event event) {
        now = now.plusMillis(1);
        return new Fact(Topic.of(event), event.key(), new Envelope("id" + ids++, "/test", now, "chain", null, event));
    }

    private static Event event(Fact fact) {
        return java.util.Objects.requireNonNull(fact.envelope()).event();
    }

    private static ApplicationDeclared declared(String uid) {
        ApplicationSpec spec = new ApplicationSpec(
                "default",
                new ApplicationSpec.Source("https://user:pw@git.example/r.git", ".", "HEAD", null, null),
                new ApplicationSpec.Destination("https://kubernetes.default.svc", "", "x"),
                null,
                List.of(),
                10);
        return new ApplicationDeclared(
                APP, uid, 1, spec, JsonNodeFactory.instance.objectNode(), Map.of(), List.of(), false);
    }

    private static OperationRecorded operation(String id, Phase phase, String revision) {
        return new OperationRecorded(
                APP, "u1", id, 1, phase, revision, "d", "me", false, false, null, 0, null, 0, START, null, "", null,
                null);
    }

    private static ApplicationCompared compared(HealthStatus health, String revision) {
        return new ApplicationCompared(
                APP, 1, revision, "d", "c", SyncStatus.SYNCED, Health.of(health), List.of(), List.of());
    }
}
