package io.driftless.pipeline;

import static io.driftless.pipeline.Outcomes.awaitThat;
import static io.driftless.pipeline.Stand.configMap;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.pipeline.ArgoCd.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The commands of `driftless app` that change what an Application is, go back to what it was, and reach into what it
/// deployed.
@ExtendWith(SharedStand.class)
class CommandLineBreadthTest {
    private static final String CLUSTER = "https://kubernetes.default.svc";

    @TempDir
    Path files;

    private Stand stand;

    @BeforeEach
    void on(Stand shared) {
        stand = shared;
    }

    @Test
    void anApplicationIsMadeFromFlagsAndChanged() throws IOException {
        Repository repository = stand.repository("made");
        repository.push(
                Map.of("a/kustomization.yaml", "resources: [map.yaml]\n", "a/map.yaml", configMap("settings", "1")));

        assertThat(create(repository, "a", "--label", "team=shop", "--annotations", "note=a=b", "--set-finalizer"))
                .isEqualTo(new Result(0, "application 'made' created\n", ""));
        assertThat(create(repository, "a").out()).isEqualTo("application 'made' unchanged\n");
        Result other = create(repository, "b", "--validate=false");
        assertThat(other.code()).isEqualTo(20);
        assertThat(other.err()).contains("upsert");
        JsonNode made = shown("made");
        assertThat(made.at("/metadata/labels/team").asText()).isEqualTo("shop");
        assertThat(made.at("/metadata/annotations/note").asText()).isEqualTo("a=b");
        assertThat(made.at("/metadata/finalizers/0").asText()).isEqualTo("resources-finalizer.argocd.argoproj.io");
        assertThat(made.at("/spec/syncPolicy/syncOptions/0").asText()).isEqualTo("CreateNamespace=true");

        assertThat(run(
                        "set made --sync-policy automated --auto-prune --self-heal --allow-empty --sync-option !CreateNamespace=true"
                                + " --nameprefix x- --namesuffix -y --kustomize-image nginx:1 --kustomize-image nginx:2"
                                + " --kustomize-replica web=2 --dest-namespace elsewhere --validate=false"))
                .isEqualTo(new Result(0, "", ""));
        JsonNode spec = shown("made").path("spec");
        assertThat(spec.path("syncPolicy"))
                .isEqualTo(json("{\"automated\":{\"prune\":true,\"selfHeal\":true,\"allowEmpty\":true}}"));
        assertThat(spec.at("/source/kustomize"))
                .isEqualTo(json("{\"namePrefix\":\"x-\",\"nameSuffix\":\"-y\",\"images\":[\"nginx:2\"],"
                        + "\"replicas\":[{\"name\":\"web\",\"count\":2}]}"));
        assertThat(spec.at("/destination/namespace").asText()).isEqualTo("elsewhere");

        assertThat(run("unset made --nameprefix --kustomize-image nginx").code())
                .isZero();
        assertThat(shown("made").at("/spec/source/kustomize"))
                .isEqualTo(json("{\"nameSuffix\":\"-y\",\"replicas\":[{\"name\":\"web\",\"count\":2}]}"));
        assertThat(run("unset made --namesuffix --kustomize-replica web").code())
                .isZero();
        assertThat(shown("made").at("/spec/source").has("kustomize")).isFalse();
        assertThat(run("set made --sync-retry-backoff-factor 3").code()).isEqualTo(1);
        assertThat(run("set made --sync-retry-limit 2 --sync-retry-backoff-duration 1s --sync-retry-backoff-factor 3")
                        .code())
                .isZero();
        assertThat(shown("made").at("/spec/syncPolicy/retry"))
                .isEqualTo(json("{\"limit\":2,\"backoff\":{\"duration\":\"1s\",\"factor\":3}}"));
        assertThat(run("set made --sync-policy none --sync-retry-limit 0").code())
                .isZero();
        assertThat(shown("made").at("/spec").has("syncPolicy")).isFalse();

        assertThat(run("set made --auto-prune").err()).contains("--sync-policy automated");
        assertThat(run("set made --sync-policy sometimes").code()).isEqualTo(1);
        assertThat(run("set made").code()).isEqualTo(1);
        assertThat(run("unset made").code()).isEqualTo(1);
        assertThat(run("set made --path nowhere").code()).isEqualTo(20);
        assertThat(run("set nobody --path a").code()).isEqualTo(20);
        assertThat(run("create").code()).isEqualTo(1);
    }

    @Test
    void directoriesAreChosenFrom() throws IOException {
        Repository repository = stand.repository("made");
        repository.push("d/below/map.yaml", configMap("settings", "1"));
        assertThat(create(
                                repository,
                                "d",
                                "--upsert",
                                "--directory-recurse",
                                "--directory-include",
                                "*.yaml",
                                "--directory-exclude",
                                "*.json")
                        .code())
                .isZero();
        assertThat(shown("made").at("/spec/source/directory"))
                .isEqualTo(json("{\"recurse\":true,\"include\":\"*.yaml\",\"exclude\":\"*.json\"}"));
    }

    @Test
    void anApplicationIsPatchedAndEdited() throws IOException {
        Repository repository = stand.repository("edited");
        repository.push("map.yaml", configMap("settings", "1"));
        stand.declare(Declaration.manual(repository));
        awaitThat("the API shows it", () -> run("get edited").code() == 0);

        Result patched = run("patch edited --type merge --patch {\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
        assertThat(patched.code()).as(patched.err()).isZero();
        assertThat(patched.out()).contains("a: b", "kind: Application");
        assertThat(
                        run("patch edited --patch [{\"op\":\"replace\",\"path\":\"/spec/destination/namespace\",\"value\":\"there\"}]")
                                .out())
                .contains("namespace: there");
        assertThat(run("patch edited --patch {}").code()).isEqualTo(20);
        assertThat(run("patch edited --type strategic --patch {}").code()).isEqualTo(1);

        assertThat(edit("s/namespace: there/namespace: here/"))
                .isEqualTo(new Result(0, "application 'edited' edited\n", ""));
        assertThat(shown("edited").at("/spec/destination/namespace").asText()).isEqualTo("here");
        assertThat(edit("")).isEqualTo(new Result(0, "", "nothing was changed\n"));
        Result refused = edit("s/path: .*/path: nowhere/");
        assertThat(refused.code()).isEqualTo(20);
        Path kept = Path.of(refused.err().strip().replaceAll(".* ", ""));
        assertThat(Files.readString(kept)).contains("path: nowhere");
        Files.delete(kept);
    }

    private Result edit(String change) throws IOException {
        Path editor = Files.writeString(files.resolve("editor"), "#!/bin/sh\nsed -i '" + change + "' \"$1\"\n", UTF_8);
        assertThat(editor.toFile().setExecutable(true)).isTrue();
        System.setProperty("driftless.editor", editor.toString());
        try {
            return run("edit edited");
        } finally {
            System.clearProperty("driftless.editor");
        }
    }

    @Test
    void aRollbackDeploysAgainWhatWasDeployedBefore() {
        Repository repository = stand.repository("rolled");
        repository.push("map.yaml", configMap("settings", "1"));
        stand.declare(Declaration.manual(repository));
        awaitThat("it was compared", () -> run("get rolled").out().contains("OutOfSync"));
        assertThat(run("sync rolled --timeout 60").code()).isZero();
        assertThat(run("rollback rolled").code()).isEqualTo(20);
        String first = repository.head();
        repository.push("map.yaml", configMap("settings", "2"));
        awaitThat("the commit was compared", () -> run("diff rolled").code() == 1);
        assertThat(run("sync rolled --timeout 60").code()).isZero();
        awaitThat("both are remembered", () -> run("history rolled -o id").out().equals("0\n1\n"));

        Result history = run("history rolled");
        assertThat(history.out()).startsWith("SOURCE  " + repository.url() + "\n");
        assertThat(history.rows().getFirst()).containsExactly("ID", "DATE", "REVISION");
        assertThat(history.rows().get(1))
                .hasSize(7)
                .startsWith("0")
                .endsWith("UTC", "main", "(" + first.substring(0, 7) + ")");

        Result rolled = run("rollback rolled --timeout 60");
        assertThat(rolled.code()).as(rolled.err()).isZero();
        assertThat(rolled.out()).contains("Phase:              Succeeded");
        assertThat(stand.value("rolled", "settings")).isEqualTo("1");
        Result back = run("rollback rolled 1 --timeout 60");
        assertThat(back.code()).as(back.err()).isZero();
        assertThat(stand.value("rolled", "settings")).isEqualTo("2");
        assertThat(run("rollback rolled 99").err()).contains("99");
        assertThat(run("rollback rolled first").code()).isEqualTo(1);
        assertThat(run("terminate-op rolled").err()).contains("No operation is in progress");

        assertThat(run("manifests rolled").out()).startsWith("---\n").contains("value: \"2\"");
        assertThat(run("manifests rolled --revision " + first).out()).contains("value: \"1\"");
        assertThat(run("manifests rolled --source live").out()).contains("value: \"2\"", "uid: ");
        assertThat(run("manifests rolled --source both").code()).isEqualTo(1);
    }

    @Test
    void whatWasDeployedIsReachedInto() throws IOException {
        Repository repository = stand.repository("reached");
        repository.push(Map.of("map.yaml", configMap("settings", "1"), "web.yaml", """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  replicas: 2
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec: {containers: [{name: main, image: "registry.example.com/web:1"}]}
                """));
        stand.declare(Declaration.manual(repository));
        awaitThat("it was compared", () -> run("get reached").out().contains("OutOfSync"));
        assertThat(run("sync reached --timeout 60").code()).isZero();
        awaitThat(
                "the pods are known",
                () -> run("get-resource reached --kind Pod")
                        .out()
                        .lines()
                        .anyMatch(line -> line.startsWith("status.podIP")));

        assertThat(run("resources reached").rows())
                .containsExactlyInAnyOrder(
                        List.of("ConfigMap", "reached", "settings", "No"),
                        List.of("apps", "Deployment", "reached", "web", "No"));
        assertThat(run("resources reached -o tree").out())
                .containsSubsequence("Deployment/web", "ReplicaSet/web-", "Pod/web-");
        assertThat(
                        run("get-resource reached --kind Deployment --resource-name web --filter-fields spec.replicas,metadata.name")
                                .rows())
                .containsExactly(List.of("spec.replicas", "2"), List.of("metadata.name", "web"));
        assertThat(run("get-resource reached --kind Pod --filter-fields spec.containers.image -o yaml")
                        .out())
                .contains("image: registry.example.com/web:1")
                .doesNotContain("status");
        assertThat(json(run("get-resource reached --kind ConfigMap -o json").out())
                        .at("/data/value")
                        .asText())
                .isEqualTo("1");
        assertThat(run("get-resource reached --kind Secret").code()).isEqualTo(20);

        assertThat(run(
                        "patch-resource reached --kind ConfigMap --resource-name settings --patch {\"data\":{\"value\":\"9\"}}"
                                + " --patch-type application/merge-patch+json"))
                .isEqualTo(new Result(0, "Resource 'settings' patched\n", ""));
        assertThat(stand.value("reached", "settings")).isEqualTo("9");
        assertThat(run("patch-resource reached --kind ConfigMap --resource-name no --patch {}")
                        .err())
                .contains("No matching resource");

        assertThat(run("actions list reached --kind Deployment").rows())
                .contains(List.of("apps", "Deployment", "web", "restart", "false"));
        assertThat(json(run("actions list reached -o json").out()).findValuesAsText("Action"))
                .contains("restart", "scale");
        assertThat(run("actions run reached scale --kind Deployment --param replicas=3"))
                .isEqualTo(new Result(0, "", ""));
        awaitThat(
                "it was scaled",
                () -> run("get-resource reached --kind Deployment --filter-fields spec.replicas")
                        .out()
                        .contains("3"));
        assertThat(run("actions run reached dance --kind Deployment").code()).isEqualTo(20);
        assertThat(run("actions run reached restart").code()).isEqualTo(1);

        assertThat(run("delete-resource reached --kind Pod").err()).contains("--all");
        assertThat(run("delete-resource reached --kind ConfigMap"))
                .isEqualTo(new Result(0, "Resource 'settings' deleted\n", ""));
        awaitThat("it has gone", () -> stand.value("reached", "settings").isEmpty());
        Result logs = run("logs reached --kind Deployment --name web");
        assertThat(logs.code()).isEqualTo(20);
        assertThat(run("logs reached --kind StatefulSet").err()).contains("no such pod");
    }

    private Result create(Repository repository, String path, String... more) {
        List<String> line =
                new ArrayList<>(List.of("app", "create", "made", "--repo", repository.url(), "--path", path));
        line.addAll(List.of("--revision", "main", "--dest-server", CLUSTER, "--dest-namespace", "made"));
        line.addAll(List.of("--sync-option", "CreateNamespace=true"));
        line.addAll(List.of(more));
        return OwnCommandLine.run(stand.url(), line.toArray(String[]::new));
    }

    private JsonNode shown(String name) {
        return json(run("get " + name + " -o json").out());
    }

    private Result run(String line) {
        return OwnCommandLine.run(stand.url(), ("app " + line).split(" "));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }
}
