package io.driftless.sync;

import static io.driftless.sync.Scenario.automated;
import static io.driftless.sync.Scenario.manual;
import static io.driftless.sync.Scenario.request;
import static io.driftless.sync.Thing.differing;
import static io.driftless.sync.Thing.synced;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.OperationEvent.Phase;
import io.driftless.events.OperationEvent.ResourceResult;
import io.driftless.events.ProjectRules;
import io.driftless.events.ProjectRules.KindRule;
import io.driftless.events.ProjectRules.SyncWindow;
import io.driftless.events.SyncEvent.ResourceFailed;
import io.driftless.events.SyncEvent.SyncFailed;
import io.driftless.security.SecurityEvent;
import io.driftless.security.SecurityLines;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProjectGateTest {
    private static final String NOT_PERMITTED = "resource :Service is not permitted in project default";
    private final Scenario scenario = new Scenario();

    @Test
    void nothingIsWrittenWhenOneResourceIsNotPermitted() {
        scenario.rules = rules(List.of(new KindRule("", "Service", "")));
        scenario.declare(manual()).given(differing("Deployment", "web", "10"), synced("Service", "web", "9"));
        scenario.fold(request("r1"));

        assertThat(scenario.decide()).isEmpty();

        assertThat(scenario.last().phase()).isEqualTo(Phase.FAILED);
        assertThat(scenario.last().message())
                .isEqualTo("one or more synchronization tasks are not valid: " + NOT_PERMITTED);
        assertThat(scenario.last().resources()).singleElement().satisfies(result -> {
            assertThat(result.status()).isEqualTo(ResourceResult.SYNC_FAILED);
            assertThat(result.message()).isEqualTo(NOT_PERMITTED);
        });
        assertThat(scenario.said(ResourceFailed.class)).hasSize(1);
        assertThat(scenario.said(SyncFailed.class)).hasSize(1);
    }

    @Test
    void m17WhatTheProjectDoesNotPermitIsToldToOperators() {
        scenario.rules = rules(List.of(new KindRule("", "Service", "")));
        scenario.declare(manual()).given(differing("Deployment", "web", "10"), synced("Service", "web", "9"));
        scenario.fold(request("r1"));
        try (SecurityLines heard = new SecurityLines()) {
            new RefusalsTold<>(scenario.logic).decide(scenario.now);

            assertThat(heard.of(SecurityEvent.NOT_PERMITTED))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("security=2 CWE=863 ")
                            .contains("application=\"argocd/shop\"", NOT_PERMITTED));
        }
    }

    @Test
    void aSelectiveSyncOfPermittedResourcesRuns() {
        scenario.rules = rules(List.of(new KindRule("", "Service", "")));
        scenario.declare(manual()).given(differing("Deployment", "web", "10"), synced("Service", "web", "9"));
        scenario.fold(new SyncRequested(
                Scenario.APP,
                "r1",
                "anna",
                null,
                false,
                false,
                List.of(Thing.id("Deployment", "web")),
                List.of(),
                null));

        assertThat(scenario.names(scenario.decide())).containsExactly("web");
    }

    @Test
    void automatedSyncSaysOnceWhatItMayNotDo() {
        scenario.rules = rules(List.of(new KindRule("", "Service", "")));
        scenario.declare(automated(false, false)).given(differing("Service", "web", "9"));

        assertThat(scenario.decide()).isEmpty();
        assertThat(scenario.after(Duration.ofHours(1))).isEmpty();

        assertThat(scenario.said(SyncFailed.class))
                .singleElement()
                .satisfies(failed -> assertThat(failed.message()).contains(NOT_PERMITTED));
    }

    @Test
    void automatedSyncWaitsForTheWindowAndStartsWhenItOpens() {
        scenario.rules = windows(new SyncWindow(true, "0 3 * * *", 3_600_000, "UTC", true, false));
        scenario.declare(automated(false, true)).given(differing("Deployment", "web", "10"));

        assertThat(scenario.decide()).isEmpty();
        assertThat(scenario.records).isEmpty();
        assertThat(scenario.wakeAt).isEqualTo(Instant.parse("2026-01-01T03:00:00Z"));

        assertThat(scenario.names(scenario.after(Duration.ofHours(3)))).containsExactly("web");
    }

    @Test
    void aManualSyncIsHeldByAWindowThatDoesNotLetItThrough() {
        scenario.rules = windows(new SyncWindow(false, "0 0 * * *", 3_600_000, "UTC", false, false));
        scenario.declare(manual()).given(differing("Deployment", "web", "10"));
        scenario.fold(request("r1"));

        assertThat(scenario.decide()).isEmpty();
        assertThat(scenario.last().phase()).isEqualTo(Phase.RUNNING);
        assertThat(scenario.last().message()).isEqualTo("Sync operation blocked by sync window");
        assertThat(scenario.wakeAt).isEqualTo(Instant.parse("2026-01-01T01:00:00Z"));

        var tasks = scenario.after(Duration.ofHours(1));
        assertThat(scenario.names(tasks)).containsExactly("web");
        assertThat(scenario.last().message()).isEmpty();
    }

    @Test
    void p06RightsThatAreNarrowedWhileAnOperationIsHeldCountWhenItBegins() {
        scenario.rules = windows(new SyncWindow(false, "0 0 * * *", 3_600_000, "UTC", false, false));
        scenario.declare(manual()).given(differing("Service", "web", "9"));
        scenario.fold(request("r1"));
        assertThat(scenario.decide()).isEmpty();

        scenario.rules = rules(List.of(new KindRule("", "Service", "")));
        scenario.declare(manual());

        assertThat(scenario.decide()).isEmpty();
        assertThat(scenario.last().phase()).isEqualTo(Phase.FAILED);
        assertThat(scenario.last().message()).contains(NOT_PERMITTED);
    }

    @Test
    void p06RightsThatAreNarrowedBetweenTwoWritesOfAWaveCountForTheSecond() {
        scenario.rules = rules(List.of());
        scenario.declare(manual()).given(differing("Service", "web", "9"), differing("Deployment", "web", "10"));
        scenario.fold(request("r1"));
        List<SyncTask> first = scenario.decide();
        assertThat(first)
                .singleElement()
                .satisfies(task -> assertThat(task.resource().kind()).isEqualTo("Service"));

        scenario.rules = rules(List.of(new KindRule("apps", "Deployment", "")));
        scenario.declare(manual());

        assertThat(scenario.done(first.getFirst(), "11")).isEmpty();
        assertThat(scenario.last().phase()).isEqualTo(Phase.FAILED);
        assertThat(scenario.last().resources())
                .filteredOn(result -> result.resource().kind().equals("Deployment"))
                .singleElement()
                .satisfies(result -> assertThat(result.message())
                        .isEqualTo("resource apps:Deployment is not permitted in project default"));
    }

    @Test
    void aManualSyncRunsWhereTheWindowLetsPeopleThrough() {
        scenario.rules = windows(new SyncWindow(false, "0 0 * * *", 3_600_000, "UTC", true, false));
        scenario.declare(manual()).given(differing("Deployment", "web", "10"));
        scenario.fold(request("r1"));

        assertThat(scenario.names(scenario.decide())).containsExactly("web");
    }

    private static ProjectRules rules(List<KindRule> forbidden) {
        return new ProjectRules(
                List.of(new KindRule("*", "*", "")), List.of(), null, forbidden, List.of("*"), List.of());
    }

    private static ProjectRules windows(SyncWindow... windows) {
        return new ProjectRules(
                List.of(new KindRule("*", "*", "")), List.of(), null, List.of(), List.of("*"), List.of(windows));
    }
}
