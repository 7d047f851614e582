package io.driftless.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.cluster.Cluster.Delete;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationEvent.ApplicationRejected;
import io.driftless.events.ApplicationName;
import io.driftless.events.ApplicationSpec.Destination;
import io.driftless.events.ClusterEvent.ClusterDeclared;
import io.driftless.events.CommandEvent.RefreshRequested;
import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;
import io.driftless.events.SyncStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Applications and clusters are published, and the status of Applications is written.
class RegistryStageTest extends RunningRegistry {
    @Test
    void theOwnClusterIsDeclared() {
        await().atMost(LIMIT).until(() -> said(Destination.IN_CLUSTER, ClusterDeclared.class) == 1);
    }

    @Test
    void anApplicationIsPublishedOncePerEditionAndItsStatusWritten() throws Exception {
        sandbox.create(application("a", "p"));
        await().atMost(LIMIT).until(() -> said("argocd/a", ApplicationDeclared.class) == 1);

        say(new ApplicationCompared(
                new ApplicationName("argocd", "a"),
                1,
                "abc",
                "d",
                Destination.IN_CLUSTER,
                SyncStatus.SYNCED,
                Health.of(HealthStatus.HEALTHY),
                List.of(),
                List.of()));
        await().atMost(LIMIT)
                .until(() -> "Synced".equals(status("a").at("/sync/status").asText()));
        assertThat(status("a").at("/health/status").asText()).isEqualTo("Healthy");

        cluster.mergePatch(
                Applications.resource(new ApplicationName("argocd", "a")),
                null,
                "",
                json("{'spec':{'source':{'path':'other'}}}"));
        await().atMost(LIMIT).until(() -> said("argocd/a", ApplicationDeclared.class) >= 2);
        assertThat(said("argocd/a", ApplicationDeclared.class)).isEqualTo(2);

        cluster.delete(
                Applications.resource(new ApplicationName("argocd", "a")),
                null,
                new Delete(null, null, "Background", false));
        await().atMost(LIMIT)
                .until(() -> RECORDS.stream()
                        .anyMatch(record -> record.key().equals("argocd/a") && record.envelope() == null));
    }

    @Test
    void anInvalidSpecIsShownOnTheApplication() throws Exception {
        sandbox.create(json("""
                {'apiVersion':'argoproj.io/v1alpha1','kind':'Application',
                 'metadata':{'namespace':'argocd','name':'bad'},
                 'spec':{'project':'default','source':{'repoURL':'https://x/y','chart':'c'},'destination':{}}}"""));

        await().atMost(LIMIT).until(() -> status("bad").path("conditions").size() == 2);

        assertThat(said("argocd/bad", ApplicationRejected.class)).isEqualTo(1);
        assertThat(status("bad").at("/conditions/0/type").asText()).isEqualTo("InvalidSpecError");
    }

    @Test
    void requestsWrittenOnAnApplicationAreTakenUpAndOff() throws Exception {
        sandbox.create(application("r", "p"));
        cluster.mergePatch(Applications.resource(new ApplicationName("argocd", "r")), null, "", json("""
                {'metadata':{'annotations':{'argocd.argoproj.io/refresh':'hard'}},
                 'operation':{'sync':{'revision':'main'},'initiatedBy':{'username':'ann'}}}"""));

        await().atMost(LIMIT)
                .until(() ->
                        said("argocd/r", SyncRequested.class) == 1 && said("argocd/r", RefreshRequested.class) == 1);
        await().atMost(LIMIT).until(() -> {
            JsonNode object = object("r");
            return !object.has("operation")
                    && !object.path("metadata").path("annotations").has("argocd.argoproj.io/refresh");
        });
    }

    @Test
    void aClusterSecretBecomesAClusterWithoutItsCredential() throws Exception {
        sandbox.create(json("""
                {'apiVersion':'v1','kind':'Secret','metadata':{'namespace':'argocd','name':'east',
                 'labels':{'argocd.argoproj.io/secret-type':'cluster'}},
                 'data':{'name':'ZWFzdA==','server':'aHR0cHM6Ly9lYXN0','config':'eyJiZWFyZXJUb2tlbiI6ImgyIn0='}}"""));

        await().atMost(LIMIT).until(() -> said("https://east", ClusterDeclared.class) == 1);

        assertThat(events("https://east", ClusterDeclared.class))
                .containsExactly(new ClusterDeclared("https://east", "east", "argocd/east", List.of()));
    }
}
