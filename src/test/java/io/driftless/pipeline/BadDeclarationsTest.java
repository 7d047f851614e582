package io.driftless.pipeline;

import static io.driftless.pipeline.Outcomes.awaitThat;
import static io.driftless.pipeline.Stand.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster.Delete;
import io.driftless.events.ResourceId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Applications that are written past the API and make trouble. Each test is named after the inputs it plays.
@ExtendWith(SharedStand.class)
class BadDeclarationsTest {
    private static final String CYCLE = "ApplicationCycleWarning";
    private Stand stand;

    @BeforeEach
    void on(Stand shared) {
        stand = shared;
    }

    @Test
    void a07AnApplicationThatDeploysItselfIsToldSoUntilItDoesNot() {
        Repository repository = stand.repository("a07-self");
        Declaration self = child("a07-self", repository, ".");
        String commit = repository.push(Map.of("self.yaml", self.yaml(), "a.yaml", configMap("a", "1")));
        stand.declare(self);
        stand.awaitApplied("a07-self", commit);

        assertThat(stand.awaitCondition("a07-self", CYCLE, "deploys itself"))
                .contains("argocd/a07-self > argocd/a07-self", "take it out of the repository");
        assertThat(stand.value("a07-self", "a")).isEqualTo("1");
    }

    @Test
    void a07ApplicationsThatDeployOneAnotherAreToldTheCircle() {
        Repository repository = stand.repository("a07-circle");
        Declaration one = child("a07-one", repository, "one");
        Declaration two = child("a07-two", repository, "two");
        String commit = repository.push(Map.of(
                "one/two.yaml", two.yaml(),
                "two/one.yaml", one.yaml(),
                "one/a.yaml", configMap("a", "1"),
                "two/b.yaml", configMap("b", "1")));
        stand.declare(one);

        stand.awaitApplied("a07-one", commit);
        stand.awaitApplied("a07-two", commit);
        assertThat(stand.awaitCondition("a07-one", CYCLE, "in a circle"))
                .contains("argocd/a07-one > argocd/a07-two > argocd/a07-one");
        stand.awaitCondition("a07-two", CYCLE, "in a circle");
        assertThat(stand.value("a07-two", "b")).isEqualTo("1");
    }

    @Test
    void a07AChainOfApplicationsEndsAtTheTenthBelowTheFirst() {
        Repository repository = stand.repository("a07-chain");
        Map<String, String> files = new HashMap<>();
        for (int level = 0; level < 30; level++) {
            files.put(
                    level + "/next.yaml",
                    child("a07-level-" + (level + 1), repository, level + 1 + "")
                            .yaml());
        }
        files.put("30/a.yaml", configMap("a", "1"));
        String commit = repository.push(files);
        stand.declare(child("a07-level-0", repository, "0"));

        assertThat(stand.awaitCondition("a07-level-11", "InvalidSpecError", "more than 10 Applications"))
                .contains("argocd/a07-level-0 > argocd/a07-level-1 > ", "let one further up deploy it");
        stand.awaitApplied("a07-level-9", commit);
        assertThat(stand.application("a07-level-12").isMissingNode()).isTrue();
        neighbour("a07-neighbour");
    }

    @Test
    void a07AnApplicationThatDeletesItsOwnProjectKeepsWhatRuns() {
        Repository repository = stand.repository("a07-project");
        String project = """
                apiVersion: argoproj.io/v1alpha1
                kind: AppProject
                metadata: {name: a07-own, namespace: argocd}
                spec: {sourceRepos: ["*"], destinations: [{server: "*", namespace: "*"}]}
                """;
        repository.commit(Map.of("project.yaml", project, "a.yaml", configMap("a", "1")));
        stand.apply(Stand.yaml(project));
        stand.apply(
                Stand.yaml(Declaration.automated(repository).yaml().replace("project: default", "project: a07-own")));
        stand.awaitApplied("a07-project", repository.head());

        repository.pushWithout("project.yaml");

        assertThat(stand.awaitCondition("a07-project", "InvalidSpecError", "a07-own which does not exist"))
                .contains("create the AppProject in namespace argocd");
        repository.push("a.yaml", configMap("a", "never"));
        assertThat(stand.value("a07-project", "a")).isEqualTo("1");
    }

    @Test
    void a08RulesOfDifferencesThatCannotBeFollowedAreNamed() {
        Repository repository = stand.repository("a08");
        String commit = repository.push("a.yaml", configMap("a", "1"));
        stand.declare(Declaration.automated(repository));
        stand.awaitSynced("a08", commit);

        ignoring(repository, "jsonPointers: [spec/replicas]");
        stand.awaitCondition(
                "a08", "InvalidSpecError", "spec.ignoreDifferences[0].jsonPointers: spec/replicas must begin");
        ignoring(repository, "jsonPointers: ['/data/a~2b']");
        stand.awaitCondition("a08", "InvalidSpecError", "write ~ as ~0");
        ignoring(repository, "jsonPointers: ['']");
        stand.awaitCondition("a08", "InvalidSpecError", "hides whole objects");
        ignoring(repository, "jqPathExpressions: ['.']");
        stand.awaitCondition("a08", "InvalidSpecError", "hides whole objects");
        ignoring(repository, "jqPathExpressions: ['.[]']");
        stand.awaitCondition("a08", "InvalidSpecError", "hides whole objects");
        ignoring(repository, "jsonPointers: [" + "/a,".repeat(10_000) + "/b]");
        stand.awaitCondition("a08", "InvalidSpecError", "more than 1000");
        ignoring(repository, "jqPathExpressions: ['last(repeat(.))', 'def f: f; f', '[range(1e9)]']");
        stand.awaitCondition("a08", "ComparisonError", "last(repeat(.)) is not supported yet");
        assertThat(stand.value("a08", "a")).isEqualTo("1");

        stand.declare(Declaration.automated(repository));
        stand.awaitSynced("a08", commit);
        awaitThat("it is over", () -> !stand.status("a08").has("conditions"));
    }

    @Test
    void a11OneThatIsDeletedWhileItsClusterIsAwaySaysWhyAndCanBeForced() throws Exception {
        try (FarCluster far = FarCluster.declare(stand, "a11")) {
            Repository repository = stand.repository("a11");
            String commit = repository.push("a.yaml", configMap("a", "1"));
            stand.apply(Stand.yaml(Declaration.automated(repository)
                    .withFinalizer()
                    .yaml()
                    .replace("https://kubernetes.default.svc", far.url())));
            stand.awaitSynced("a11", commit);

            far.goAway();
            delete("a11");

            assertThat(stand.awaitCondition("a11", "ComparisonError", "does not answer"))
                    .contains(far.url());
            assertThat(stand.application("a11")
                            .at("/metadata/deletionTimestamp")
                            .asText())
                    .isNotEmpty();
            assertThat(stand.value("a11", "a"))
                    .as("nothing is known to be gone")
                    .isEqualTo("1");
            neighbour("a11-neighbour");

            stand.cluster().mergePatch(id("a11"), null, "", Stand.yaml("metadata: {finalizers: null}\n"));
            awaitThat("it is let go", () -> stand.application("a11").isMissingNode());
            assertThat(stand.value("a11", "a")).isEqualTo("1");
        }
    }

    @Test
    void a13FieldsOfANewerVersionStayWhereTheyAre() throws Exception {
        Repository repository = stand.repository("a13");
        String commit = repository.push("a.yaml", configMap("a", "1"));
        JsonNode definition =
                stand.object("apiextensions.k8s.io/v1", "CustomResourceDefinition", "", "applications.argoproj.io");
        ObjectNode newer = definition.deepCopy();
        newer.withObject("/metadata").remove("managedFields");
        ObjectNode properties = (ObjectNode) newer.at("/spec/versions/0/schema/openAPIV3Schema/properties");
        for (String part :
                new String[] {"/spec/properties", "/spec/properties/syncPolicy/properties", "/status/properties"}) {
            ((ObjectNode) properties.at(part)).putObject("ofLater").put("type", "string");
        }
        stand.cluster().replace(newer.deepCopy(), "kubectl");
        ObjectNode application = Stand.yaml(Declaration.automated(repository).yaml());
        application
                .withObject("/spec")
                .put("ofLater", "x")
                .withObject("/syncPolicy")
                .put("ofLater", "y");
        awaitThat("the fields are kept by the server", () -> {
            stand.apply(application);
            stand.cluster().mergePatch(id("a13"), null, "", Stand.yaml("status: {ofLater: z}\n"));
            return later().equals("x y z");
        });

        stand.awaitSynced("a13", commit);
        assertThat(later()).isEqualTo("x y z");

        ObjectNode spec =
                (ObjectNode) stand.web().get("/api/v1/applications/a13").json().path("spec");
        spec.put("revisionHistoryLimit", 7).remove("ofLater");
        spec.withObject("/syncPolicy").remove("ofLater");
        assertThat(stand.web()
                        .put("/api/v1/applications/a13/spec", spec.toString())
                        .code())
                .isEqualTo(200);
        awaitThat(
                "the change is there",
                () -> stand.application("a13").at("/spec/revisionHistoryLimit").asInt() == 7);
        assertThat(later()).isEqualTo("x y z");
        stand.awaitSynced("a13", repository.push("a.yaml", configMap("a", "2")));
        assertThat(later()).isEqualTo("x y z");
    }

    private String later() {
        JsonNode found = stand.application("a13");
        return found.at("/spec/ofLater").asText()
                + ' '
                + found.at("/spec/syncPolicy/ofLater").asText()
                + ' '
                + found.at("/status/ofLater").asText();
    }

    /// Another Application that is delivered meanwhile.
    private String neighbour(String name) {
        Repository repository = stand.repository(name);
        String commit = repository.push("a.yaml", configMap("a", "1"));
        stand.declare(Declaration.automated(repository));
        stand.awaitSynced(name, commit);
        return name;
    }

    private static Declaration child(String name, Repository repository, String path) {
        return Declaration.automated(repository).named(name).withPath(path);
    }

    private void ignoring(Repository repository, String rule) {
        stand.declare(Declaration.automated(repository)
                .withSpec("ignoreDifferences:\n- kind: ConfigMap\n  " + rule + "\n" + Declaration.AUTOMATED));
    }

    private void delete(String name) {
        stand.cluster().delete(id(name), null, new Delete(null, null, "Background", false));
    }

    private static ResourceId id(String name) {
        return new ResourceId("argoproj.io", "Application", Stand.NAMESPACE, name);
    }
}
