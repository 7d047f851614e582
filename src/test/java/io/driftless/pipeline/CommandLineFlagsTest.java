package io.driftless.pipeline;

import static io.driftless.pipeline.Outcomes.awaitThat;
import static io.driftless.pipeline.Stand.configMap;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.pipeline.ArgoCd.Result;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What the flags of `driftless app sync`, `wait`, `get`, `list`, `diff` and `delete` bring about.
@ExtendWith(SharedStand.class)
class CommandLineFlagsTest {
    @TempDir
    Path files;

    private Stand stand;

    @BeforeEach
    void on(Stand shared) {
        stand = shared;
    }

    @Test
    void severalApplicationsAreSyncedWaitedForListedAndDeletedTogether() {
        for (String name : List.of("flock-a", "flock-b", "stray")) {
            Repository repository = stand.repository(name);
            repository.push("map.yaml", configMap("settings", "1"));
            stand.declare(Declaration.manual(repository));
            awaitThat("it was compared", () -> run("get " + name).out().contains("OutOfSync"));
        }
        for (String name : List.of("flock-a", "flock-b")) {
            assertThat(run("patch " + name + " --type merge --patch {\"metadata\":{\"labels\":{\"flock\":\"x\"}}}")
                            .code())
                    .isZero();
        }

        assertThat(run("sync --project nobodys").code()).isEqualTo(1);
        Result synced = run("sync -l flock=x --timeout 60");
        assertThat(synced.code()).as(synced.err()).isZero();
        assertThat(synced.out()).contains("Name:               argocd/flock-a", "Name:               argocd/flock-b");
        assertThat(stand.value("flock-a", "settings")).isEqualTo("1");
        assertThat(stand.value("flock-b", "settings")).isEqualTo("1");
        assertThat(stand.value("stray", "settings")).isEmpty();
        Result waited = run("wait flock-a flock-b --timeout 60");
        assertThat(waited.code()).as(waited.err()).isZero();
        assertThat(waited.out()).contains("argocd/flock-a", "argocd/flock-b");
        assertThat(run("wait -l flock=none --timeout 1")).isEqualTo(new Result(0, "", ""));

        assertThat(run("list -l flock=x -c https://kubernetes.default.svc -P . -p default -p other -o name")
                        .out())
                .isEqualTo("argocd/flock-a\nargocd/flock-b\n");
        assertThat(run("list -l flock=x -c elsewhere -o name").out()).isEmpty();
        assertThat(run("list -l flock=x -P elsewhere -o name").out()).isEmpty();
        assertThat(run("list -l flock=x -p other -o name").out()).isEmpty();

        assertThat(run("delete -l flock=none -y").err()).contains("no apps match selector flock=none");
        assertThat(run("delete -l flock=x -p background --wait -y"))
                .isEqualTo(new Result(0, "application 'flock-a' deleted\napplication 'flock-b' deleted\n", ""));
        assertThat(run("list -l flock=x -o name").out()).isEmpty();
        assertThat(stand.application("flock-a").isMissingNode()).isTrue();
        assertThat(run("delete stray --cascade=false -y").code()).isZero();
        Result gone = run("wait stray --delete --timeout 60");
        assertThat(gone.code()).isIn(0, 20);
        awaitThat(
                "it is gone", () -> run("wait stray --delete --timeout 5").err().contains("does not exist"));
    }

    @Test
    void aSyncTellsWhatItWasToldAndWantsPruningWhereSomethingIsLeft() throws IOException {
        Repository repository = stand.repository("told");
        repository.push(Map.of(
                "a.yaml", configMap("a", "1"),
                "b.yaml", configMap("b", "1").replace("{name: b}", "{name: b, labels: {tier: back}}")));
        stand.declare(Declaration.manual(repository));
        awaitThat("it was compared", () -> run("get told").out().contains("OutOfSync"));

        Result labelled = run("sync told --label tier=back --strategy apply --info why=test --timeout 60");
        assertThat(labelled.code()).as(labelled.err()).isZero();
        assertThat(stand.value("told", "b")).isEqualTo("1");
        assertThat(stand.value("told", "a")).isEmpty();
        assertThat(shown("told").at("/status/operationState/operation/info").findValuesAsText("name"))
                .contains("why");
        Result others = run("sync told --resource !:ConfigMap:b --replace --retry-limit 1 --timeout 60");
        assertThat(others.code()).as(others.err()).isZero();
        assertThat(stand.value("told", "a")).isEqualTo("1");
        assertThat(shown("told")
                        .at("/status/operationState/operation/retry/limit")
                        .asInt())
                .isEqualTo(1);

        repository.push(Map.of("b.yaml", ""));
        awaitThat("the surplus is known", () -> run("get told -o json").out().contains("\"requiresPruning\" : true"));
        Result left = run("sync told --server-side --apply-out-of-sync-only --timeout 60");
        assertThat(left.code()).isEqualTo(1);
        assertThat(left.err()).contains("1 resources require pruning");
        assertThat(shown("told").at("/status/operationState/operation/sync/syncOptions"))
                .hasToString("[\"ServerSideApply=true\",\"ApplyOutOfSyncOnly=true\"]");
        Result pruned = run("sync told --prune --timeout 60");
        assertThat(pruned.code()).as(pruned.err()).isZero();
        assertThat(stand.value("told", "b")).isEmpty();
    }

    @Test
    void changesArePreviewedAndAskedAbout() {
        Repository repository = stand.repository("previewed");
        repository.push("map.yaml", configMap("settings", "1"));
        stand.declare(Declaration.manual(repository));
        awaitThat("it was compared", () -> run("get previewed").out().contains("OutOfSync"));

        Result refused = answering("perhaps\nn\n", "sync previewed --preview-changes --timeout 60");
        assertThat(refused.code()).isZero();
        assertThat(refused.out())
                .contains(
                        "Previewing differences", "===== /ConfigMap previewed/settings ======", "Please answer y or n.")
                .endsWith("Do you want to continue the sync process? (y/n): ");
        assertThat(answering("", "sync previewed --preview-changes").code()).isEqualTo(20);
        assertThat(stand.value("previewed", "settings")).isEmpty();
        assertThat(answering("y\n", "sync previewed --preview-changes --timeout 60")
                        .code())
                .isZero();
        assertThat(stand.value("previewed", "settings")).isEqualTo("1");
        awaitThat("it was compared again", () -> run("diff previewed").code() == 0);
        assertThat(run("sync previewed --preview-changes --assumeYes --timeout 60")
                        .out())
                .contains("No Differences found");
    }

    @Test
    void whatLiesHereIsComparedShownAndDeployed() throws IOException {
        Repository repository = stand.repository("local");
        repository.push("map.yaml", configMap("settings", "1"));
        String first = repository.head();
        stand.declare(Declaration.manual(repository));
        awaitThat("it was compared", () -> run("get local").out().contains("OutOfSync"));
        assertThat(run("sync local --timeout 60").code()).isZero();
        awaitThat("it is in sync", () -> run("diff local").equals(new Result(0, "", "")));
        repository.push("map.yaml", configMap("settings", "2"));
        awaitThat("the commit was compared", () -> run("diff local").code() == 1);

        Path folder = Files.createDirectory(files.resolve("here"));
        Files.writeString(folder.resolve("kustomization.yaml"), "resources: [../base]\nnameSuffix: -x\n");
        Path base = Files.createDirectory(files.resolve("base"));
        Files.writeString(base.resolve("kustomization.yaml"), "resources: [map.yaml]\n");
        Files.writeString(base.resolve("map.yaml"), configMap("settings", "3"));
        Path plain = Files.createDirectory(files.resolve("plain"));
        Files.writeString(plain.resolve("map.yaml"), configMap("settings", "4"));

        assertThat(run("manifests local --local " + plain).out())
                .contains("value: \"4\"", "argocd.argoproj.io/tracking-id: local:/ConfigMap:local/settings");
        Result refused = run("manifests local --local " + folder + " --local-repo-root " + folder);
        assertThat(refused.code()).isEqualTo(20);
        Result diff = run("diff local --local " + plain);
        assertThat(diff)
                .isEqualTo(new Result(
                        1,
                        "\n===== /ConfigMap local/settings ======\n3c3\n<   value: \"1\"\n---\n>   value: \"4\"\n",
                        ""));
        assertThat(run("diff local --revision " + first)).isEqualTo(new Result(0, "", ""));
        assertThat(run("diff local --revision main").out()).contains(">   value: \"2\"");
        Result serverSide = run("diff local --server-side-diff --exit-code=false");
        assertThat(serverSide.code()).isZero();
        assertThat(serverSide.out()).contains("<   value: \"1\"\n---\n>   value: \"2\"\n");
        assertThat(run("diff local --local " + plain + " --server-side-diff --diff-exit-code 7")
                        .code())
                .isEqualTo(7);
        assertThat(run("diff local --local " + plain + " --revision main").code())
                .isEqualTo(2);
        assertThat(run("diff local --hard-refresh").code()).isEqualTo(1);
        assertThat(run("diff local --local " + files.resolve("nowhere")).err()).contains("there is no such directory");

        Result synced = run("sync local --local " + folder + " --prune --timeout 60");
        assertThat(synced.code()).as(synced.err()).isZero();
        assertThat(stand.value("local", "settings-x")).isEqualTo("3");
    }

    @Test
    void aWaitIsForWhatItNamesAndShowsWhatItSaw() {
        Repository repository = stand.repository("waited");
        repository.push(Map.of("a.yaml", configMap("a", "1"), "b.yaml", configMap("b", "1")));
        stand.declare(Declaration.manual(repository));
        awaitThat("it was compared", () -> run("get waited").out().contains("OutOfSync"));
        assertThat(run("sync waited --resource :ConfigMap:a --timeout 60").code())
                .isZero();
        awaitThat(
                "one of two is in sync",
                () -> shown("waited").at("/status/resources").toString().contains("\"Synced\""));

        assertThat(run("wait waited --sync --resource :ConfigMap:waited/a --timeout 20")
                        .code())
                .isZero();
        Result other = run("wait waited --sync --resource !*:*:a --timeout 1");
        assertThat(other.code()).isEqualTo(20);
        assertThat(other.out().lines().filter(line -> line.startsWith("TIMESTAMP")))
                .containsExactly(
                        "TIMESTAMP             GROUP                 KIND                NAMESPACE             NAME                    STATUS      HEALTH        HOOK    MESSAGE");
        assertThat(other.out()).contains("This is the state of the app after wait timed out:");
        for (String state : List.of("--suspended", "--degraded")) {
            Result vain = run("wait waited " + state + " --timeout 1");
            assertThat(vain.code()).isEqualTo(20);
            assertThat(vain.err()).contains("timed out (1s) waiting for app \"waited\" match desired state");
        }
        assertThat(run("wait waited --health --suspended --timeout 1 --resource :ConfigMap:a")
                        .code())
                .isZero();
    }

    @Test
    void anApplicationIsShownWithWhatIsAskedFor() {
        Repository repository = stand.repository("seen");
        repository.push(
                Map.of("kustomization.yaml", "resources: [map.yaml]\n", "map.yaml", configMap("settings", "1")));
        stand.declare(Declaration.manual(repository));
        awaitThat("it was compared", () -> run("get seen").out().contains("OutOfSync from main ("));
        assertThat(run("get seen --show-operation").out()).doesNotContain("Operation:");
        assertThat(run("set seen --kustomize-common-label a=b").code()).isZero();
        assertThat(run("sync seen --timeout 60").code()).isZero();

        Result shown = run("get seen --show-operation --show-params --source-position 1 --timeout 20");
        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.out())
                .contains("Operation:          Sync\n", "Phase:              Succeeded\n", "Duration:           ")
                .contains(
                        "kustomize.commonLabels.a  b\n", "URL:                " + stand.url() + "/applications/seen\n");
        assertThat(run("get seen").out()).doesNotContain("Phase:", "commonLabels");
        assertThat(run("get seen -o tree=detailed").out())
                .contains("KIND/NAME           STATUS", "AGE", "REASON", "ConfigMap/settings");
        assertThat(run("resources seen -o tree=detailed").out()).contains("AGE", "ConfigMap/settings");
        Result other = run("get seen --source-name other");
        assertThat(other.code()).isEqualTo(20);
        assertThat(other.err()).contains("several sources are not supported yet");
    }

    @Test
    void aPodThatIsDeletedByForceIsGoneAtOnce() {
        Repository repository = stand.repository("forced");
        repository.push("web.yaml", """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec:
                      terminationGracePeriodSeconds: 3000
                      containers: [{name: main, image: "registry.example.com/web:1"}]
                """);
        stand.declare(Declaration.manual(repository));
        awaitThat("it was compared", () -> run("get forced").out().contains("OutOfSync"));
        assertThat(run("sync forced --timeout 60").code()).isZero();
        String pod = pod();
        assertThat(run("delete-resource forced --kind Pod --resource-name " + pod + " --force"))
                .isEqualTo(new Result(0, "Resource '" + pod + "' deleted\n", ""));
        assertThat(stand.object("v1", "Pod", "forced", pod).isMissingNode()).isTrue();
    }

    private String pod() {
        String[] name = {""};
        awaitThat("there is a pod", () -> {
            for (JsonNode node : json(run("resources forced -o json").out()).path("nodes")) {
                if (node.path("kind").asText().equals("Pod")) {
                    name[0] = node.path("name").asText();
                }
            }
            return !name[0].isEmpty();
        });
        return name[0];
    }

    private JsonNode shown(String name) {
        return json(run("get " + name + " -o json").out());
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    private Result answering(String answers, String line) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(answers.getBytes(UTF_8)));
        try {
            return run(line);
        } finally {
            System.setIn(before);
        }
    }

    private Result run(String line) {
        return OwnCommandLine.run(stand.url(), ("app " + line).split(" "));
    }
}
