package io.driftless.pipeline;

import static io.driftless.pipeline.Outcomes.awaitThat;
import static io.driftless.pipeline.Stand.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Applications outside the control plane's namespace, where `application.namespaces` and their project let them be.
class AnyNamespaceTest {
    private static final String ARGO = "argoproj.io/v1alpha1";

    @TempDir
    static Path data;

    private static Stand stand;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        stand = Stand.prepare(data);
        stand.apply(Stand.yaml("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: argocd-cmd-params-cm, namespace: argocd}
                data: {application.namespaces: "team-*, /[x-z]+/"}
                """));
        stand.apply(Stand.yaml("""
                apiVersion: argoproj.io/v1alpha1
                kind: AppProject
                metadata: {name: teams, namespace: argocd}
                spec:
                  sourceNamespaces: [team-*]
                  sourceRepos: ["*"]
                  destinations: [{server: "*", namespace: "*"}]
                """));
        for (String namespace : new String[] {"team-a", "other"}) {
            stand.apply(Stand.yaml("apiVersion: v1\nkind: Namespace\nmetadata: {name: " + namespace + "}\n"));
        }
        stand.start(Stand.Settings.usual());
    }

    @AfterAll
    static void stop() {
        stand.close();
    }

    private static void declare(Repository repository, String namespace, String name, String project) {
        stand.apply(Stand.yaml(new Declaration(
                        name, repository.url(), ".", "main", name + "-" + namespace, Declaration.AUTOMATED, false)
                .yaml()
                .replace("namespace: argocd", "namespace: " + namespace)
                .replace("project: default", "project: " + project)));
    }

    private static JsonNode status(String namespace, String name) {
        return stand.object(ARGO, "Application", namespace, name).path("status");
    }

    @Test
    void anApplicationOfATeamIsDeliveredUnderItsOwnName() throws Exception {
        Repository repository = stand.repository("shop");
        repository.commit(Map.of("map.yaml", configMap("settings", "1")));
        declare(repository, "argocd", "shop", "default");
        declare(repository, "team-a", "shop", "teams");
        awaitThat(
                "both are synced",
                () -> status("team-a", "shop").at("/sync/status").asText().equals("Synced")
                        && status("argocd", "shop").at("/sync/status").asText().equals("Synced"));

        assertThat(tracking("shop-team-a")).isEqualTo("team-a_shop:/ConfigMap:shop-team-a/settings");
        assertThat(tracking("shop-argocd")).isEqualTo("shop:/ConfigMap:shop-argocd/settings");
        assertThat(stand.web()
                        .get("/api/v1/applications/shop?appNamespace=team-a")
                        .json()
                        .at("/spec/project")
                        .asText())
                .isEqualTo("teams");
        assertThat(stand.web()
                        .get("/api/v1/applications/shop")
                        .json()
                        .at("/spec/project")
                        .asText())
                .isEqualTo("default");
        assertThat(stand.web()
                        .get("/api/v1/applications?appNamespace=team-a&q=shop")
                        .json()
                        .path("items"))
                .hasSize(1);

        repository.push("map.yaml", configMap("settings", "2"));
        awaitThat(
                "the commit came to both",
                () -> stand.value("shop-team-a", "settings").equals("2")
                        && stand.value("shop-argocd", "settings").equals("2"));
    }

    private static String tracking(String namespace) {
        return stand.object("v1", "ConfigMap", namespace, "settings")
                .path("metadata")
                .path("annotations")
                .path("argocd.argoproj.io/tracking-id")
                .asText();
    }

    @Test
    void aProjectThatDoesNotNameTheNamespaceIsNotUsed() throws Exception {
        Repository repository = stand.repository("greedy");
        repository.commit(Map.of("map.yaml", configMap("settings", "1")));
        declare(repository, "team-a", "greedy", "default");
        awaitThat(
                "it is refused",
                () -> status("team-a", "greedy")
                        .at("/conditions/0/message")
                        .asText()
                        .contains("is not permitted to use project 'default'"));
        assertThat(stand.value("greedy-team-a", "settings")).isEmpty();

        stand.apply(Stand.yaml("""
                apiVersion: argoproj.io/v1alpha1
                kind: AppProject
                metadata: {name: later, namespace: argocd}
                spec: {sourceRepos: ["*"], destinations: [{server: "*", namespace: "*"}]}
                """));
        declare(repository, "team-a", "waiting", "later");
        awaitThat(
                "it is refused too",
                () -> !status("team-a", "waiting").path("conditions").isEmpty());
        stand.apply(Stand.yaml("""
                apiVersion: argoproj.io/v1alpha1
                kind: AppProject
                metadata: {name: later, namespace: argocd}
                spec: {sourceNamespaces: [team-a], sourceRepos: ["*"], destinations: [{server: "*", namespace: "*"}]}
                """));
        awaitThat(
                "the changed project lets it in",
                () -> stand.value("waiting-team-a", "settings").equals("1"));
    }

    @Test
    void anApplicationOfANamespaceThatIsNotNamedIsNobodys() throws Exception {
        Repository repository = stand.repository("foreign");
        repository.commit(Map.of("map.yaml", configMap("settings", "1")));
        declare(repository, "other", "foreign", "teams");
        declare(repository, "team-a", "known", "teams");
        awaitThat(
                "its neighbour is delivered",
                () -> stand.value("known-team-a", "settings").equals("1"));
        assertThat(status("other", "foreign").isMissingNode()).isTrue();
        assertThat(stand.web()
                        .get("/api/v1/applications/foreign?appNamespace=other")
                        .code())
                .isEqualTo(404);
        Web.Answer created = stand.web().post("/api/v1/applications", """
                {"metadata": {"name": "mine", "namespace": "other"}, "spec": {"project": "teams",
                 "source": {"repoURL": "%s", "path": "."},
                 "destination": {"server": "https://kubernetes.default.svc", "namespace": "mine"}}}
                """.formatted(repository.url()));
        assertThat(created.code()).isEqualTo(403);
        assertThat(created.text()).contains("namespace 'other' is not permitted");
    }
}
