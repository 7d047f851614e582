package io.driftless.pipeline;

import static io.driftless.pipeline.Outcomes.awaitThat;
import static io.driftless.pipeline.Stand.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.cluster.Cluster.Delete;
import io.driftless.events.ResourceId;
import io.driftless.sandbox.git.GitServer;
import io.driftless.sandbox.git.GitServerOptions;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Several projects deploy from one repository, each with what opens it for them; and a project that is open.
@ExtendWith(SharedStand.class)
class RepositoryOfProjectsTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<ResourceId> made = new ArrayList<>();
    private Stand stand;
    private GitServer git;
    private Repository repository;

    @BeforeEach
    void on(Stand shared, @TempDir Path temp) {
        stand = shared;
        git = GitServer.start(
                vertx,
                "127.0.0.1",
                0,
                temp,
                GitServerOptions.defaults().withBasicAuth("blue", "b-s3cret").withBasicAuth("amber", "a-s3cret"));
        git.create("c08");
        repository = new Repository(git, "c08", stand.repository("c08-hook").hook());
    }

    @AfterEach
    void clear() {
        for (ResourceId id : made.reversed()) {
            stand.cluster().delete(id, null, new Delete(null, null, "Background", false));
        }
        git.close();
        vertx.close().await();
    }

    @Test
    void c08EachProjectUsesItsOwnCredentialsAndNeverThoseOfAnother() {
        String first = repository.commit(java.util.Map.of("a.yaml", configMap("a", "1")));
        for (String project : List.of("blue", "amber", "green")) {
            project("c08-" + project, "sourceRepos: ['*'], destinations: [{server: '*', namespace: 'c08-*'}]");
        }
        secret("c08-blue", "c08-blue", "blue", "b-s3cret");
        secret("c08-amber", "c08-amber", "amber", "a-s3cret");
        for (String project : List.of("blue", "amber", "green")) {
            application("c08-" + project, "c08-" + project);
        }
        stand.awaitSynced("c08-blue", first);
        stand.awaitSynced("c08-amber", first);
        assertThat(stand.awaitCondition("c08-green", "ComparisonError", "refused the credentials"))
                .doesNotContain("s3cret");

        secret("c08-amber", "c08-amber", "amber", "wr0ng");
        awaitThat(
                "the API sees that amber's are refused",
                () -> state("c08-amber").equals("Failed"));
        assertThat(state("c08-blue")).isEqualTo("Successful");
        String second = repository.push("a.yaml", configMap("a", "2"));
        stand.awaitSynced("c08-blue", second);
        assertThat(stand.awaitCondition("c08-amber", "ComparisonError", "refused the credentials"))
                .doesNotContain("wr0ng", "s3cret");
        assertThat(stand.value("c08-amber", "a")).isEqualTo("1");

        secret("c08-amber", "c08-amber", "amber", "a-s3cret");
        secret("c08-all", "", "blue", "b-s3cret");
        stand.awaitSynced("c08-amber", second);
        stand.awaitSynced("c08-green", second);
    }

    @Test
    void p01ApplicationsOfAnOpenProjectCarryAWarningUntilItIsSaidToBeMeant() {
        String open = "sourceRepos: ['*'], destinations: [{server: '*', namespace: '*'}],"
                + " clusterResourceWhitelist: [{group: '*', kind: '*'}]";
        Repository plain = stand.repository("p01");
        String commit = plain.push("a.yaml", configMap("a", "1"));
        project("p01", open);
        stand.apply(Stand.yaml(
                Declaration.automated(plain).yaml(stand.namespace()).replace("project: default", "project: p01")));
        made.add(new ResourceId("argoproj.io", "Application", stand.namespace(), "p01"));

        assertThat(stand.awaitCondition("p01", "OpenProjectWarning", "AppProject p01"))
                .contains("becomes its administrator", "driftless.io/open-project");
        stand.awaitSynced("p01", commit);

        stand.apply(Stand.yaml("""
                apiVersion: argoproj.io/v1alpha1
                kind: AppProject
                metadata: {name: p01, namespace: %s, annotations: {driftless.io/open-project: "true"}}
                spec: {%s}
                """.formatted(stand.namespace(), open)));
        awaitThat(
                "nobody warns any more",
                () -> stand.condition("p01", "OpenProjectWarning").isEmpty());
        stand.awaitSynced("p01", commit);
    }

    /// Of the repository as the project opens it.
    private String state(String project) {
        JsonNode list =
                stand.web().get("/api/v1/repositories?forceRefresh=true").json();
        for (JsonNode shown : list.path("items")) {
            if (shown.path("project").asText().equals(project)) {
                return shown.at("/connectionState/status").asText();
            }
        }
        return "";
    }

    private void project(String name, String spec) {
        stand.apply(Stand.yaml("""
                apiVersion: argoproj.io/v1alpha1
                kind: AppProject
                metadata: {name: %s, namespace: %s}
                spec: {%s}
                """.formatted(name, stand.namespace(), spec)));
        made.add(new ResourceId("argoproj.io", "AppProject", stand.namespace(), name));
    }

    private void secret(String name, String project, String user, String password) {
        stand.apply(Stand.yaml("""
                apiVersion: v1
                kind: Secret
                metadata: {name: %s, namespace: %s, labels: {argocd.argoproj.io/secret-type: repository}}
                stringData: {type: git, url: "%s", project: "%s", username: %s, password: %s}
                """.formatted(name, stand.namespace(), repository.url(), project, user, password)));
        ResourceId id = new ResourceId("", "Secret", stand.namespace(), name);
        if (!made.contains(id)) {
            made.add(id);
        }
    }

    private void application(String name, String project) {
        stand.apply(Stand.yaml(Declaration.automated(repository)
                .named(name)
                .yaml(stand.namespace())
                .replace("project: default", "project: " + project)));
        made.add(new ResourceId("argoproj.io", "Application", stand.namespace(), name));
    }
}
