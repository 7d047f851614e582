package io.driftless.pipeline;

import static io.driftless.pipeline.Outcomes.awaitThat;
import static io.driftless.pipeline.Stand.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.ResourceId;
import io.driftless.events.Topic;
import io.driftless.pipeline.Records.Said;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// From a push to what runs in the cluster.
@ExtendWith(SharedStand.class)
class DeliveryTest {
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: web, image: "%s"}]}
            """;
    private Stand stand;

    @BeforeEach
    void on(Stand shared) {
        stand = shared;
    }

    @Test
    void aPushReachesTheClusterAsOneChainOfEvents() {
        Repository repository = stand.repository("push");
        repository.push(Map.of("map.yaml", configMap("settings", "one"), "web.yaml", deployment("nginx:1")));
        stand.declare(Declaration.automated(repository));
        stand.awaitSynced("push", repository.head());
        assertThat(stand.value("push", "settings")).isEqualTo("one");

        String commit = repository.push("map.yaml", configMap("settings", "two"));

        awaitThat("the new value is live", () -> stand.value("push", "settings").equals("two"));
        stand.awaitSynced("push", commit);
        List<Said> said = stand.records().all();
        Said push = said.stream()
                .filter(record -> record.topic().equals("pushes")
                        && record.json().path("after").asText().equals(commit))
                .findFirst()
                .orElseThrow();
        Set<String> types = said.stream()
                .filter(record -> record.chain().equals(push.chain()))
                .map(Said::type)
                .collect(Collectors.toSet());
        assertThat(types)
                .contains(
                        "repository-pushed",
                        "manifests-rendered",
                        "application-compared",
                        "sync-started",
                        "resource-applied",
                        "sync-succeeded",
                        "operation-recorded");
        assertThat(applied(said, push.chain()))
                .as("only what differs is written")
                .containsExactly("/ConfigMap:push/settings");
    }

    @Test
    void theStatusTellsSyncHealthOperationAndHistoryUnderTheNamesOfArgoCd() {
        Repository repository = stand.repository("status");
        String first = repository.push("web.yaml", deployment("nginx:1"));
        stand.declare(Declaration.automated(repository));
        stand.awaitSynced("status", first);
        String second = repository.push("web.yaml", deployment("nginx:2"));
        stand.awaitSynced("status", second);

        JsonNode status = stand.status("status");
        assertThat(status.at("/sync/comparedTo/source/repoURL").asText()).isEqualTo(repository.url());
        assertThat(status.at("/health/lastTransitionTime").asText()).isNotEmpty();
        assertThat(status.at("/operationState/phase").asText()).isEqualTo("Succeeded");
        assertThat(status.at("/operationState/operation/initiatedBy/automated").asBoolean())
                .isTrue();
        assertThat(status.at("/operationState/syncResult/revision").asText()).isEqualTo(second);
        assertThat(status.at("/operationState/syncResult/resources/0/name").asText())
                .isEqualTo("web");
        assertThat(status.at("/operationState/syncResult/resources/0/status").asText())
                .isEqualTo("Synced");
        assertThat(status.path("history").findValuesAsText("revision")).containsExactly(first, second);
        assertThat(status.path("history").findValuesAsText("id")).containsExactly("0", "1");
        assertThat(status.at("/resources/0/kind").asText()).isEqualTo("Deployment");
        assertThat(status.at("/resources/0/status").asText()).isEqualTo("Synced");
        assertThat(status.at("/summary/images/0").asText()).isEqualTo("nginx:2");
        assertThat(status.at("/sourceType").asText()).isEqualTo("Directory");
        assertThat(status.has("conditions")).as("%s", status).isFalse();
        assertThat(status.has("observedAt") || status.has("reconciledAt")).isTrue();
    }

    @Test
    void driftMadeByHandIsHealed() {
        Repository repository = stand.repository("heal");
        String commit = repository.push(Map.of("web.yaml", deployment("nginx:1"), "map.yaml", configMap("kept", "1")));
        stand.declare(Declaration.automated(repository));
        stand.awaitSynced("heal", commit);

        merge(new ResourceId("apps", "Deployment", "heal", "web"), """
                {"spec":{"template":{"spec":{"containers":[{"name":"web","image":"tampered:1"}]}}}}""");
        awaitThat("the image of Git is back", () -> image("heal").equals("nginx:1"));
        stand.cluster()
                .delete(
                        new ResourceId("", "ConfigMap", "heal", "kept"),
                        "v1",
                        new io.driftless.cluster.Cluster.Delete(null, null, "Background", false));
        awaitThat(
                "the deleted object is back", () -> stand.value("heal", "kept").equals("1"));

        stand.awaitSynced("heal", commit);
        assertThat(stand.status("heal").path("history"))
                .as("healing is no deployment")
                .hasSize(1);
    }

    @Test
    void withoutAutomatedSyncNothingIsWrittenUntilSomebodyAsks() {
        Repository repository = stand.repository("manual");
        String commit = repository.push("map.yaml", configMap("settings", "one"));
        stand.declare(Declaration.manual(repository));
        awaitThat("it is OutOfSync", () -> sync("manual").equals("OutOfSync"));
        assertThat(stand.status("manual").at("/health/status").asText()).isEqualTo("Missing");
        assertThat(stand.status("manual").has("operationState")).isFalse();
        assertThat(stand.value("manual", "settings")).isEmpty();

        Web.Answer answer = stand.web().post("/api/v1/applications/manual/sync", "{}");

        assertThat(answer.code()).as(answer.text()).isEqualTo(200);
        stand.awaitSynced("manual", commit);
        assertThat(stand.value("manual", "settings")).isEqualTo("one");
        JsonNode operation = stand.status("manual").path("operationState");
        assertThat(operation.path("phase").asText()).isEqualTo("Succeeded");
        assertThat(operation.at("/operation/initiatedBy/username").asText()).isNotEmpty();
        assertThat(stand.status("manual").path("history")).hasSize(1);
    }

    @Test
    void whatLeavesGitIsPrunedWhereThatIsAllowedAndOnlyMarkedElsewhere() {
        Repository repository = stand.repository("prune");
        repository.push(Map.of("a.yaml", configMap("stays", "1"), "b.yaml", configMap("goes", "1")));
        Declaration keeping = Declaration.automated(repository)
                .named("prune-not")
                .withSpec("syncPolicy: {automated: {}, syncOptions: [CreateNamespace=true]}");
        stand.declare(Declaration.automated(repository));
        stand.declare(keeping);
        stand.awaitSynced("prune", repository.head());
        stand.awaitSynced("prune-not", repository.head());

        String commit = repository.pushWithout("b.yaml");

        awaitThat("it is pruned", () -> stand.value("prune", "goes").isEmpty());
        stand.awaitSynced("prune", commit);
        assertThat(stand.value("prune", "stays")).isEqualTo("1");
        awaitThat("it waits to be pruned", () -> sync("prune-not").equals("OutOfSync"));
        assertThat(stand.value("prune-not", "goes")).isEqualTo("1");
        JsonNode left = resource("prune-not", "goes");
        assertThat(left.path("requiresPruning").asBoolean()).isTrue();
    }

    @Test
    void aRepositoryThatIsEmptiedPrunesNothing() {
        Repository repository = stand.repository("emptied");
        repository.push(Map.of("a.yaml", configMap("only", "1"), "README.md", "A test."));
        stand.declare(Declaration.automated(repository));
        stand.awaitSynced("emptied", repository.head());

        String commit = repository.pushWithout("a.yaml");

        awaitThat(
                "the empty commit was compared",
                () -> stand.status("emptied").at("/sync/revision").asText().equals(commit));
        stand.awaitCondition("emptied", "SyncError", "allowEmpty");
        assertThat(stand.value("emptied", "only")).isEqualTo("1");
    }

    @Test
    void ignoredFieldsMayBeOwnedByOthers() {
        Repository repository = stand.repository("ignore");
        repository.push("web.yaml", deployment("nginx:1"));
        stand.declare(Declaration.automated(repository).withSpec("""
                ignoreDifferences: [{group: apps, kind: Deployment, jsonPointers: [/spec/replicas]}]
                syncPolicy:
                  automated: {selfHeal: true}
                  syncOptions: [CreateNamespace=true, RespectIgnoreDifferences=true]
                """));
        stand.awaitSynced("ignore", repository.head());
        merge(new ResourceId("apps", "Deployment", "ignore", "web"), "{\"spec\":{\"replicas\":5}}");

        String commit = repository.push("web.yaml", deployment("nginx:2"));

        awaitThat("the new image runs", () -> image("ignore").equals("nginx:2"));
        stand.awaitSynced("ignore", commit);
        assertThat(stand.object("apps/v1", "Deployment", "ignore", "web")
                        .at("/spec/replicas")
                        .asInt())
                .isEqualTo(5);
    }

    @Test
    void aWaveWaitsUntilTheOneBeforeItIsHealthy() {
        Repository repository = stand.repository("waves");
        repository.push(Map.of(
                "first.yaml", inWave(configMap("first", "1"), -1),
                "web.yaml", deployment("never-ready:1"),
                "last.yaml", inWave(configMap("last", "1"), 2)));
        stand.declare(Declaration.automated(repository));
        awaitThat("the middle wave is written", () -> image("waves").equals("never-ready:1"));
        awaitThat(
                "the operation waits",
                () -> stand.status("waves").at("/operationState/phase").asText().equals("Running"));
        assertThat(stand.value("waves", "first")).isEqualTo("1");
        assertThat(stand.value("waves", "last")).isEmpty();

        merge(new ResourceId("apps", "Deployment", "waves", "web"), """
                {"spec":{"template":{"spec":{"containers":[{"name":"web","image":"ready:1"}]}}}}""");

        awaitThat("the last wave is written", () -> stand.value("waves", "last").equals("1"));
        List<String> order = applied(stand.records().of(Topic.SYNCS), null).stream()
                .filter(resource -> resource.contains(":waves/"))
                .distinct()
                .toList();
        assertThat(order)
                .containsExactly("/ConfigMap:waves/first", "apps/Deployment:waves/web", "/ConfigMap:waves/last");
    }

    @Test
    void aMissingNamespaceIsCreatedWhereAskedForAndElsewhereNamedByTheFailure() {
        Repository repository = stand.repository("namespaced");
        String commit = repository.push("map.yaml", configMap("settings", "one"));
        Declaration without = Declaration.automated(repository)
                .named("namespaceless")
                .withSpec("syncPolicy: {automated: {}, retry: {limit: 0}}");
        stand.declare(Declaration.automated(repository));
        stand.declare(without);

        stand.awaitSynced("namespaced", commit);
        assertThat(stand.object("v1", "Namespace", "", "namespaced").isObject()).isTrue();
        awaitThat(
                "the sync fails",
                () -> stand.status("namespaceless")
                        .at("/operationState/phase")
                        .asText()
                        .equals("Failed"),
                () -> stand.status("namespaceless"));
        assertThat(stand.status("namespaceless").path("operationState").toString())
                .contains("namespaceless")
                .contains("not found");
    }

    @Test
    void deletingWithCascadeTakesTheResourcesAndWithoutLeavesThem() {
        Repository repository = stand.repository("cascade");
        repository.push(Map.of("map.yaml", configMap("settings", "one"), "web.yaml", deployment("nginx:1")));
        Declaration other = Declaration.automated(repository).named("cascade-not");
        stand.declare(Declaration.automated(repository));
        stand.declare(other);
        stand.awaitSynced("cascade", repository.head());
        stand.awaitSynced("cascade-not", repository.head());

        assertThat(stand.web().delete("/api/v1/applications/cascade").code()).isEqualTo(200);
        assertThat(stand.web()
                        .delete("/api/v1/applications/cascade-not?cascade=false")
                        .code())
                .isEqualTo(200);

        awaitThat("the Application is gone", () -> stand.application("cascade").isMissingNode());
        awaitThat("so is the other", () -> stand.application("cascade-not").isMissingNode());
        assertThat(stand.value("cascade", "settings")).isEmpty();
        assertThat(stand.object("apps/v1", "Deployment", "cascade", "web").isMissingNode())
                .isTrue();
        assertThat(stand.value("cascade-not", "settings")).isEqualTo("one");
        awaitThat(
                "nothing about them is left in the tables",
                () -> stand.records().of(Topic.DRIFT).stream()
                        .filter(record -> record.key().equals("argocd/cascade"))
                        .reduce((before, after) -> after)
                        .map(last -> last.data().length == 0)
                        .orElse(true));
    }

    @Test
    void kubectlDeleteCascadesWhereTheApplicationHasTheFinalizer() {
        Repository repository = stand.repository("finalized");
        repository.push("map.yaml", configMap("settings", "one"));
        stand.declare(Declaration.automated(repository).withFinalizer());
        stand.awaitSynced("finalized", repository.head());

        stand.cluster()
                .delete(
                        new ResourceId("argoproj.io", "Application", "argocd", "finalized"),
                        "argoproj.io/v1alpha1",
                        new io.driftless.cluster.Cluster.Delete(null, null, "Background", false));

        awaitThat(
                "the Application is gone", () -> stand.application("finalized").isMissingNode());
        assertThat(stand.value("finalized", "settings")).isEmpty();
    }

    private static List<String> applied(List<Said> said, String chain) {
        return said.stream()
                .filter(record -> record.type().equals("resource-applied"))
                .filter(record -> chain == null || record.chain().equals(chain))
                .map(record -> record.json().path("resource").asText())
                .toList();
    }

    private void merge(ResourceId id, String patch) {
        stand.cluster().mergePatch(id, null, "", Stand.yaml("---\n" + patch));
    }

    private String image(String namespace) {
        return stand.object("apps/v1", "Deployment", namespace, "web")
                .at("/spec/template/spec/containers/0/image")
                .asText();
    }

    private String sync(String application) {
        return stand.status(application).at("/sync/status").asText();
    }

    private JsonNode resource(String application, String name) {
        for (JsonNode resource : stand.status(application).path("resources")) {
            if (resource.path("name").asText().equals(name)) {
                return resource;
            }
        }
        throw new AssertionError("no resource " + name + " in " + stand.status(application));
    }

    private static String deployment(String image) {
        return DEPLOYMENT.formatted(image);
    }

    private static String inWave(String manifest, int wave) {
        return manifest.replace(
                "metadata: {", "metadata: {annotations: {argocd.argoproj.io/sync-wave: \"" + wave + "\"}, ");
    }
}
