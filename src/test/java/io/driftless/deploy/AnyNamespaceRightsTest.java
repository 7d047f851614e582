package io.driftless.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.app.Stage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// An Application of a team's namespace goes through its life in an installation with the component `any-namespace`;
/// what the component says is held against what happened.
class AnyNamespaceRightsTest {
    private static final String COMPONENT = "deploy/any-namespace/rights.yaml";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String TEAM = "team-a";

    @TempDir
    private static Path data;

    private static Installation installation;
    private static HttpClient http;

    @BeforeAll
    static void liveThroughIt() throws Exception {
        http = HttpClient.newHttpClient();
        installation = new Installation(data, List.of(COMPONENT), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: argocd-cmd-params-cm, namespace: argocd}
                data: {application.namespaces: "team-*"}
                ---
                apiVersion: v1
                kind: Namespace
                metadata: {name: team-a}
                ---
                apiVersion: argoproj.io/v1alpha1
                kind: AppProject
                metadata: {name: teams, namespace: argocd}
                spec:
                  sourceNamespaces: [team-*]
                  sourceRepos: ["*"]
                  destinations: [{server: "*", namespace: "*"}]
                """);
        String repository = installation.git().create("config").toString();
        installation
                .git()
                .commit(
                        "config",
                        "main",
                        "first",
                        Map.of(
                                "app/map.yaml",
                                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map}\ndata: {a: b}\n"
                                        .getBytes(UTF_8)));
        String spec = """
                {"project":"teams","source":{"repoURL":"%s","path":"app","targetRevision":"main"},
                 "destination":{"name":"in-cluster","namespace":"shop"},
                 "syncPolicy":{"automated":{"prune":true},"syncOptions":["CreateNamespace=true"]}%s}""";
        send("POST", "/api/v1/applications", """
                {"metadata":{"name":"web","namespace":"team-a","finalizers":["resources-finalizer.argocd.argoproj.io"]},
                 "spec":%s}""".formatted(spec.formatted(repository, "")));
        await("it is synced").atMost(LIMIT).until(() -> {
            JsonNode application = application();
            return application != null
                    && application.at("/status/sync/status").asText().equals("Synced")
                    && configMap() != null;
        });
        send(
                "PUT",
                "/api/v1/applications/web/spec?appNamespace=" + TEAM,
                spec.formatted(repository, ",\"revisionHistoryLimit\":3"));
        send("GET", "/api/v1/applications/web?refresh=hard&appNamespace=" + TEAM, "");
        send("DELETE", "/api/v1/applications/web?cascade=true&appNamespace=" + TEAM, "");
        await("it is gone with what it deployed")
                .atMost(LIMIT)
                .until(() -> application() == null && configMap() == null);
    }

    @AfterAll
    static void end() {
        if (installation != null) {
            installation.close();
        }
        http.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyStageDoesItsWorkWithTheRightsOfItsAccount(Stage stage) {
        Set<Access> refused = new HashSet<>(installation.guard(stage).refused());
        if (stage == Stage.OBSERVE) {
            refused.remove(new Access("create", "", "secrets", Installation.NAMESPACE, ""));
        }
        assertThat(refused).isEmpty();
    }

    /// What is watched is listed only by API servers that do not stream lists.
    @ParameterizedTest
    @EnumSource
    void theComponentGivesNoRightThatIsNotUsedOutsideTheControlPlane(Stage stage) {
        List<Access> used = installation.guard(stage).allowed().stream()
                .filter(access -> !access.namespace().equals(Installation.NAMESPACE))
                .toList();
        for (Rights.Rule rule :
                Rights.in(COMPONENT, Installation.account(stage)).rules()) {
            for (String verb : rule.verbs()) {
                if (!verb.equals("list") || !rule.verbs().contains("watch")) {
                    Rights.Rule single = new Rights.Rule(
                            rule.groups(), rule.resources(), rule.names(), Set.of(verb), rule.namespace());
                    assertThat(used).as("%s uses %s", stage, single).anyMatch(single::allows);
                }
            }
        }
    }

    @Test
    void theComponentIsAboutApplicationsAndTwoStagesAlone() {
        for (Stage stage : Stage.values()) {
            List<Rights.Rule> rules =
                    Rights.in(COMPONENT, Installation.account(stage)).rules();
            if (Set.of(Stage.REGISTRY, Stage.API).contains(stage)) {
                assertThat(rules).hasSize(1).allSatisfy(rule -> {
                    assertThat(rule.groups()).containsExactly("argoproj.io");
                    assertThat(rule.resources()).containsExactly("applications");
                    assertThat(rule.verbs()).doesNotContain("*");
                });
            } else {
                assertThat(rules).isEmpty();
            }
        }
        JsonNode component = Checkout.document("deploy/any-namespace/kustomization.yaml");
        assertThat(Checkout.texts(component.path("resources"))).containsExactly("rights.yaml");
        for (String kind : List.of("ClusterRole", "ClusterRoleBinding")) {
            assertThat(Checkout.ofKind(COMPONENT, kind)).hasSize(2);
        }
        assertThat(Checkout.documents(COMPONENT)).hasSize(4);
    }

    private static @Nullable JsonNode application() {
        return installation.cluster().get("argoproj.io/v1alpha1", "Application", TEAM, "web");
    }

    private static @Nullable JsonNode configMap() {
        return installation.cluster().get("v1", "ConfigMap", "shop", "map");
    }

    private static void send(String method, String path, String body) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(web().resolve(path))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode())
                .as("%s %s: %s", method, path, answer.body())
                .isEqualTo(200);
    }

    private static URI web() {
        return installation.web(Stage.API);
    }
}
