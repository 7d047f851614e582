package io.driftless.pipeline;

import static io.driftless.pipeline.Outcomes.awaitThat;
import static io.driftless.pipeline.Stand.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.Topic;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Repositories and specs that cannot be worked with: each says where and what to do, keeps what runs, and is over with
/// the change that mends it.
@ExtendWith(SharedStand.class)
class BadRepositoryTest {
    private Stand stand;

    @BeforeEach
    void on(Stand shared) {
        stand = shared;
    }

    @Test
    void brokenYamlNamesFileAndLineAndKeepsWhatRuns() {
        Repository repository = deployed("broken-yaml");
        String good = repository.head();

        repository.push(Map.of(
                "b.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\n   namespace: x\n",
                "a.yaml",
                configMap("a", "never")));

        String message = stand.awaitCondition("broken-yaml", "ComparisonError", "b.yaml");
        assertThat(message).contains("5");
        keeps("broken-yaml", good);
        mends(repository, Map.of("b.yaml", configMap("b", "2"), "a.yaml", configMap("a", "2")));
    }

    @Test
    void aManifestWithoutNameNamesTheFile() {
        Repository repository = deployed("no-name");
        String good = repository.head();

        repository.push("b.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {labels: {a: b}}\n");

        assertThat(stand.awaitCondition("no-name", "ComparisonError", "b.yaml")).contains("metadata.name");
        keeps("no-name", good);
        mends(repository, Map.of("a.yaml", configMap("a", "2"), "b.yaml", configMap("b", "2")));
    }

    @Test
    void aKustomizationThatNamesAMissingFileSaysWhich() {
        Repository repository = stand.repository("kustomized");
        Map<String, String> good = Map.of(
                "a.yaml", configMap("a", "1"),
                "b.yaml", configMap("b", "1"),
                "kustomization.yaml", "resources: [a.yaml, b.yaml]\n");
        repository.push(good);
        stand.declare(Declaration.automated(repository));
        stand.awaitSynced("kustomized", repository.head());
        String commit = repository.head();

        repository.push("kustomization.yaml", "resources:\n- a.yaml\n- absent.yaml\n");

        assertThat(stand.awaitCondition("kustomized", "ComparisonError", "absent.yaml"))
                .contains("kustomization.yaml");
        keeps("kustomized", commit);
        mends(
                repository,
                Map.of(
                        "a.yaml", configMap("a", "2"),
                        "b.yaml", configMap("b", "2"),
                        "kustomization.yaml", "resources: [a.yaml, b.yaml]\n"));
    }

    @Test
    void aPathThatLeavesGitPrunesNothing() {
        Repository repository = stand.repository("missing-path");
        repository.push(Map.of("app/a.yaml", configMap("a", "1"), "README.md", "x"));
        stand.declare(Declaration.automated(repository).withPath("app"));
        stand.awaitSynced("missing-path", repository.head());

        repository.pushWithout("app/a.yaml");

        assertThat(stand.awaitCondition("missing-path", "ComparisonError", "app"))
                .contains("not exist");
        assertThat(stand.value("missing-path", "a")).isEqualTo("1");
        String mended = repository.push("app/a.yaml", configMap("a", "2"));
        stand.awaitSynced("missing-path", mended);
        assertThat(stand.value("missing-path", "a")).isEqualTo("2");
        assertThat(stand.status("missing-path").has("conditions")).isFalse();
    }

    @Test
    void anUnknownRevisionNamesItAndIsOverOnceItExists() {
        Repository repository = deployed("unknown-revision");
        stand.declare(Declaration.automated(repository).withRevision("v2"));

        assertThat(stand.awaitCondition("unknown-revision", "ComparisonError", "v2"))
                .contains("targetRevision");
        assertThat(stand.value("unknown-revision", "a")).isEqualTo("1");

        String commit =
                stand.git().commit("unknown-revision", "v2", "Begin v2", Map.of("a.yaml", bytes(configMap("a", "2"))));
        stand.web().get("/api/v1/applications/unknown-revision?refresh=normal");
        stand.awaitApplied("unknown-revision", commit);
        assertThat(stand.value("unknown-revision", "a")).isEqualTo("2");
    }

    @Test
    void anUnreachableRepositoryKeepsWhatRuns() {
        Repository repository = deployed("unreachable");
        String good = repository.head();
        stand.declare(Declaration.automated(repository).withRepository("http://127.0.0.1:1/unreachable.git"));

        String message = stand.awaitCondition("unreachable", "ComparisonError", "127.0.0.1:1");

        assertThat(message).containsIgnoringCase("connect");
        keeps("unreachable", good);
        stand.declare(Declaration.automated(repository));
        mends(repository, Map.of("a.yaml", configMap("a", "2"), "b.yaml", configMap("b", "2")));
    }

    @Test
    void aRepositoryThatDoesNotExistIsNamed() {
        Repository repository = stand.repository("existing");
        stand.declare(Declaration.automated(repository)
                .named("nonexisting")
                .withRepository(repository.url().replace("existing", "nonexisting")));

        assertThat(stand.awaitCondition("nonexisting", "ComparisonError", "nonexisting.git"))
                .isNotEmpty();
        assertThat(stand.status("nonexisting").at("/sync/status").asText()).isEqualTo("Unknown");
    }

    @Test
    void anInvalidSpecIsToldAndStopsEverythingUntilItIsMended() {
        Repository repository = deployed("invalid");
        String good = repository.head();
        JsonNode application = Stand.yaml(Declaration.automated(repository).yaml());
        ((com.fasterxml.jackson.databind.node.ObjectNode) application.path("spec"))
                .putObject("destination")
                .put("namespace", "invalid");
        stand.apply(application);

        assertThat(stand.awaitCondition("invalid", "InvalidSpecError", "destination"))
                .isNotEmpty();
        repository.push("a.yaml", configMap("a", "never"));
        repository.push("c.yaml", configMap("c", "never"));
        assertThat(stand.value("invalid", "a")).isEqualTo("1");

        stand.declare(Declaration.automated(repository));
        stand.awaitSynced("invalid", repository.head());
        assertThat(stand.value("invalid", "a")).isEqualTo("never");
        assertThat(stand.status("invalid").has("conditions")).isFalse();
        assertThat(good).isNotEqualTo(repository.head());
    }

    @Test
    void whatIsNotSupportedIsRefusedByName() {
        Repository repository = stand.repository("chart");
        repository.push(Map.of("Chart.yaml", "apiVersion: v2\nname: chart\nversion: 1.0.0\n", "x.yaml", "a: 1\n"));
        stand.declare(Declaration.automated(repository));

        assertThat(stand.awaitCondition("chart", "ComparisonError", "Helm")).contains("not supported");
    }

    /// An Application that runs two ConfigMaps of value 1.
    private Repository deployed(String name) {
        Repository repository = stand.repository(name);
        repository.push(Map.of("a.yaml", configMap("a", "1"), "b.yaml", configMap("b", "1")));
        stand.declare(Declaration.automated(repository));
        stand.awaitSynced(name, repository.head());
        return repository;
    }

    /// Both ConfigMaps are as they were, and no operation was begun for anything but the good commit.
    private void keeps(String name, String good) {
        assertThat(stand.value(name, "a")).isEqualTo("1");
        assertThat(stand.value(name, "b")).isEqualTo("1");
        assertThat(stand.records().of(Topic.SYNCS))
                .filteredOn(record -> record.key().equals("argocd/" + name))
                .filteredOn(record -> record.type().equals("sync-started"))
                .allSatisfy(record ->
                        assertThat(record.json().path("revision").asText()).isEqualTo(good));
    }

    private void mends(Repository repository, Map<String, String> files) {
        String mended = repository.push(files);
        stand.awaitSynced(repository.name(), mended);
        assertThat(stand.value(repository.name(), "a")).isEqualTo("2");
        assertThat(stand.value(repository.name(), "b")).isEqualTo("2");
        awaitThat(
                "the condition is gone", () -> !stand.status(repository.name()).has("conditions"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
