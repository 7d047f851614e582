package io.driftless.pipeline;

import static io.driftless.pipeline.Outcomes.awaitThat;
import static io.driftless.pipeline.Stand.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.cli.Main;
import io.driftless.objects.yaml.GoYaml;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `driftless app …` against a running server: what it prints and the code it ends with.
@ExtendWith(SharedStand.class)
class CommandLineTest {
    @TempDir
    Path files;

    private Stand stand;

    private record Result(int code, String out, String err) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    @BeforeEach
    void on(Stand shared) {
        stand = shared;
    }

    @Test
    void anApplicationIsCreatedDiffedSyncedAndDeleted() throws IOException {
        Repository repository = stand.repository("cli");
        repository.push("map.yaml", configMap("settings", "1"));
        Path file = Files.writeString(
                files.resolve("app.yaml"), Declaration.manual(repository).yaml());

        Result created = run("create", "-f", file.toString());
        assertThat(created).isEqualTo(new Result(0, "application 'cli' created\n", ""));
        Result again = run("create", "-f", file.toString());
        assertThat(again.code()).as("the same again is no change: %s", again).isZero();
        awaitThat(
                "it was compared",
                () -> stand.status("cli").at("/sync/status").asText().equals("OutOfSync"));

        Result missing = run("diff", "cli");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.out())
                .startsWith("\n===== /ConfigMap cli/settings ======\n0a1,")
                .contains("> data:\n>   value: \"1\"\n");

        Result synced = run("sync", "cli", "--timeout", "60");
        assertThat(synced.code()).as(synced.err()).isZero();
        assertThat(synced.out()).contains("Operation:          Sync\n", "Phase:              Succeeded\n");
        assertThat(stand.value("cli", "settings")).isEqualTo("1");
        assertThat(run("wait", "argocd/cli", "--timeout", "60").code()).isZero();
        assertThat(run("diff", "cli")).isEqualTo(new Result(0, "", ""));

        repository.push("map.yaml", configMap("settings", "2"));
        awaitThat("the commit was compared", () -> run("diff", "cli").code() == 1);
        assertThat(run("diff", "cli").out())
                .isEqualTo("\n===== /ConfigMap cli/settings ======\n3c3\n<   value: \"1\"\n---\n>   value: \"2\"\n");
        assertThat(run("diff", "cli", "-o", "json")
                        .json()
                        .get(0)
                        .path("resource")
                        .asText())
                .isEqualTo("/ConfigMap:cli/settings");

        assertThat(run("delete", "cli", "--yes")).isEqualTo(new Result(0, "application 'cli' deleted\n", ""));
        awaitThat("it is gone", () -> run("get", "cli").code() == 20);
        assertThat(stand.value("cli", "settings")).isEmpty();
    }

    @Test
    void applicationsAreListedAndShownInEveryFormat() throws IOException {
        Repository repository = stand.repository("listed");
        repository.push("map.yaml", configMap("settings", "1"));
        stand.declare(Declaration.automated(repository));
        stand.awaitSynced("listed", repository.head());
        awaitThat("the API shows it", () -> run("list").out().contains("argocd/listed"));
        awaitThat("as Synced", () -> run("get", "listed").out().contains("Synced"));

        Result table = run("list");
        assertThat(table.code()).isZero();
        assertThat(table.out().lines().findFirst().orElse("")).matches("NAME +CLUSTER +NAMESPACE +PROJECT +STATUS.*");
        assertThat(table.out().lines().filter(line -> line.startsWith("argocd/listed ")))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("Synced", "Healthy", "Auto-Prune", repository.url()));
        assertThat(run("list", "-o", "name").out().lines()).contains("argocd/listed");
        assertThat(run("list", "-o", "json").json().findValuesAsText("repoURL")).contains(repository.url());
        assertThat(run("list", "-l", "no=such").out().lines()).hasSize(1);

        assertThat(run("get", "listed").out()).contains("Sync Status:", "Synced", "ConfigMap", "settings");
        assertThat(run("get", "listed", "-o", "json")
                        .json()
                        .at("/status/health/status")
                        .asText())
                .isEqualTo("Healthy");
        JsonNode yaml =
                GoYaml.readOne("out.yaml", run("get", "listed", "-o", "yaml").out());
        assertThat(yaml.at("/metadata/name").asText()).isEqualTo("listed");
        assertThat(run("get", "listed", "--refresh").code()).isZero();
    }

    @Test
    void aSyncThatFailsEndsWith1AndAWaitInVainWith20() {
        Repository repository = stand.repository("failing");
        repository.push("map.yaml", configMap("settings", "1"));
        stand.declare(Declaration.manual(repository).withSpec(""));
        awaitThat(
                "it was compared",
                () -> stand.status("failing").at("/sync/status").asText().equals("OutOfSync"));
        awaitThat("the API shows it", () -> run("get", "failing").out().contains("OutOfSync"));

        Result failed = run("sync", "failing", "--timeout", "60");
        assertThat(failed.code()).as(failed.err()).isEqualTo(1);
        assertThat(failed.out()).contains("Failed").contains("not found");

        Result waited = run("wait", "failing", "--sync", "--timeout", "1");
        assertThat(waited.code()).isEqualTo(20);
        assertThat(waited.err()).contains("timed out (1s) waiting for app \"failing\"");
        assertThat(run("wait", "failing", "--operation", "--timeout", "10").code())
                .isZero();
    }

    @Test
    void aDryRunAndASelectionWriteNoMoreThanAsked() {
        Repository repository = stand.repository("selected");
        repository.push(Map.of("a.yaml", configMap("a", "1"), "b.yaml", configMap("b", "1")));
        stand.apply(Stand.yaml("apiVersion: v1\nkind: Namespace\nmetadata: {name: selected}"));
        stand.declare(Declaration.manual(repository));
        awaitThat("it was compared", () -> run("get", "selected").out().contains("OutOfSync"));

        Result dry = run("sync", "selected", "--dry-run", "--timeout", "60");
        assertThat(dry.code()).isZero();
        assertThat(stand.value("selected", "a")).isEmpty();

        Result one = run("sync", "selected", "--resource", ":ConfigMap:selected/a", "--timeout", "60");
        assertThat(one.code()).as(one.err() + one.out()).isZero();
        assertThat(stand.value("selected", "a")).isEqualTo("1");
        assertThat(stand.value("selected", "b")).isEmpty();
    }

    @Test
    void whatCannotBeChangedIsMadeAnewByForceAlone() {
        Repository repository = stand.repository("anew");
        repository.push(Map.of("web.yaml", deployment("a"), "hook.yaml", """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: migrate, annotations: {argocd.argoproj.io/hook: PreSync}}
                spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: "i:1"}]}}}
                """));
        stand.declare(Declaration.manual(repository));
        awaitThat("it was compared", () -> run("get", "anew").out().contains("OutOfSync"));

        Result first = run("sync", "anew", "--timeout", "60");
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(stand.status("anew")
                        .at("/operationState/syncResult/resources")
                        .findValuesAsText("message"))
                .contains("skipped: hooks are not supported yet");
        String uid = stand.object("apps/v1", "Deployment", "anew", "web")
                .at("/metadata/uid")
                .asText();

        repository.push("web.yaml", deployment("b"));
        awaitThat("the change is seen", () -> run("get", "anew").out().contains("OutOfSync"));
        Result refused = run("sync", "anew", "--strategy", "apply", "--timeout", "60");
        assertThat(refused.code()).as(refused.out()).isEqualTo(1);
        JsonNode state = stand.status("anew").path("operationState");
        assertThat(state.at("/operation/sync/syncStrategy")).hasToString("{\"apply\":{}}");
        assertThat(state.toString()).contains("field is immutable").doesNotContain("hooks are not supported");

        Result forced = run("sync", "anew", "--force", "--timeout", "60");
        assertThat(forced.code()).as(forced.out() + forced.err()).isZero();
        assertThat(stand.status("anew").at("/operationState/operation/sync/syncStrategy"))
                .hasToString("{\"hook\":{\"force\":true}}");
        JsonNode web = stand.object("apps/v1", "Deployment", "anew", "web");
        assertThat(web.at("/metadata/uid").asText()).isNotEmpty().isNotEqualTo(uid);
        assertThat(web.at("/spec/selector/matchLabels/app").asText()).isEqualTo("b");
        awaitThat(
                "it is synced",
                () -> stand.status("anew").at("/sync/status").asText().equals("Synced"));
    }

    private static String deployment(String label) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  selector: {matchLabels: {app: %s}}
                  template:
                    metadata: {labels: {app: %s}}
                    spec: {containers: [{name: c, image: "i:1"}]}
                """.formatted(label, label);
    }

    @Test
    void whatDoesNotExistOrCannotBeReachedEndsWith20AndWrongUsageWith1() {
        Result unknown = run("get", "nobody");
        assertThat(unknown.code()).isEqualTo(20);
        assertThat(unknown.err()).contains("nobody").contains("does not exist");
        assertThat(run("sync", "nobody").code()).isEqualTo(20);
        assertThat(run("delete", "nobody").code()).isEqualTo(20);

        Result unreachable = runAt("http://127.0.0.1:1", "list");
        assertThat(unreachable.code()).isEqualTo(20);
        assertThat(unreachable.err())
                .contains("cannot reach http://127.0.0.1:1")
                .contains("--server");

        assertThat(run("get").code()).isEqualTo(1);
        assertThat(run("frobnicate").code()).isEqualTo(1);
        assertThat(run("sync", "nobody", "--no-such-option").code()).isEqualTo(1);
        assertThat(run("create", "-f", files.resolve("absent.yaml").toString()).code())
                .isEqualTo(1);
    }

    private Result run(String... arguments) {
        return runAt(stand.url().toString(), arguments);
    }

    private static Result runAt(String server, String... arguments) {
        List<String> line = new ArrayList<>(List.of("app"));
        line.addAll(List.of(arguments));
        boolean known = !List.of("frobnicate").contains(arguments[0]);
        if (known) {
            line.addAll(2, List.of("--server", server));
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        int code = command.execute(line.toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }
}
