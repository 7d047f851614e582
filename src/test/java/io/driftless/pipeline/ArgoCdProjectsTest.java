package io.driftless.pipeline;

import static io.driftless.pipeline.Outcomes.awaitThat;
import static io.driftless.pipeline.Stand.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.pipeline.ArgoCd.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What a project forbids, syncs to other revisions, and local manifests, with the unmodified `argocd` command line.
@EnabledIf(
        value = "io.driftless.pipeline.ArgoCd#present",
        disabledReason = "the program argocd is not there; src/test/argocd/build makes it")
@ExtendWith(SharedStand.class)
class ArgoCdProjectsTest {
    private static final String CLUSTER = "https://kubernetes.default.svc";

    @TempDir
    Path home;

    @TempDir
    Path folder;

    private Stand stand;
    private ArgoCd argocd;

    @BeforeEach
    void on(Stand shared) {
        stand = shared;
        argocd = new ArgoCd(home, "--plaintext", "--server", ArgoCd.host(stand.url()));
    }

    @Test
    void aRollbackDeploysWhatTheHistorySays() throws Exception {
        Repository repository = stand.repository("roll");
        repository.commit(Map.of("a/map.yaml", configMap("settings", "1")));
        create("roll", repository, "a", "default");
        ok("app", "sync", "roll");
        repository.commit(Map.of("a/map.yaml", configMap("settings", "2"), "a/more.yaml", configMap("more", "2")));
        ok("app", "get", "roll", "--refresh");
        ok("app", "sync", "roll");
        assertThat(stand.value("roll", "settings")).isEqualTo("2");

        ok("app", "rollback", "roll", "0", "--prune");

        assertThat(stand.value("roll", "settings")).isEqualTo("1");
        assertThat(stand.value("roll", "more")).isEmpty();
        awaitThat(
                "the rollback is in the history",
                () -> ok("app", "history", "roll", "-o", "id").lines().toList().equals(List.of("0", "1", "2")));
        awaitThat(
                "it differs from what Git has now",
                () -> stand.status("roll").at("/sync/status").asText().equals("OutOfSync"));
        assertThat(argocd.run("app", "rollback", "roll", "99").code()).isEqualTo(20);

        ok("app", "sync", "roll");
        assertThat(stand.value("roll", "settings")).isEqualTo("2");
        assertThat(stand.value("roll", "more")).isEqualTo("2");
    }

    @Test
    void aSyncToAnotherRevisionUsesItsManifestsAndIsRefusedWhileSyncIsAutomated() throws Exception {
        Repository repository = stand.repository("other");
        repository.commit(Map.of("a/map.yaml", configMap("settings", "1")));
        String first = Objects.requireNonNull(repository.head());
        repository.commit(Map.of("a/map.yaml", configMap("settings", "2")));
        create("other", repository, "a", "default");

        ok("app", "sync", "other", "--revision", first);
        assertThat(stand.value("other", "settings")).isEqualTo("1");
        awaitThat(
                "the revision is in the status",
                () -> stand.status("other")
                        .at("/operationState/syncResult/revision")
                        .asText()
                        .equals(first));

        Result missing = argocd.run("app", "sync", "other", "--revision", "nowhere");
        assertThat(missing.code()).isNotZero();
        awaitThat(
                "the status says why",
                () -> stand.status("other")
                        .at("/operationState/message")
                        .asText()
                        .contains("nowhere"));

        ok("app", "set", "other", "--sync-policy", "automated");
        awaitThat("the newest is synced", () -> stand.value("other", "settings").equals("2"));
        assertThat(argocd.run("app", "sync", "other", "--revision", first).err())
                .contains("Cannot sync to " + first + ": auto-sync currently set to main");
        assertThat(argocd.run("app", "rollback", "other", "0").err())
                .contains("rollback cannot be initiated when auto-sync is enabled");
    }

    @Test
    void syncWindowsHoldSyncsUpUntilTheyLetPeopleThrough() throws Exception {
        Repository repository = stand.repository("windows");
        repository.commit(Map.of("a/map.yaml", configMap("settings", "1")));
        ok("proj", "create", "windows", "-d", CLUSTER + ",*", "-s", "*");
        ok("proj", "allow-cluster-resource", "windows", "", "Namespace");
        ok(
                "proj",
                "windows",
                "add",
                "windows",
                "--kind",
                "deny",
                "--schedule",
                "* * * * *",
                "--duration",
                "1h",
                "--applications",
                "*");
        create("windows", repository, "a", "windows");

        Result blocked = argocd.run("app", "sync", "windows");
        assertThat(blocked.code()).isEqualTo(20);
        assertThat(blocked.err()).contains("PermissionDenied desc = cannot sync: blocked by sync window");
        assertThat(argocd.run("app", "get", "windows").out()).contains("SyncWindow:         Sync Denied");
        JsonNode windows =
                stand.web().get("/api/v1/applications/windows/syncwindows").json();
        assertThat(windows.path("canSync").asBoolean()).isFalse();
        assertThat(windows.at("/activeWindows/0/duration").asText()).isEqualTo("1h");

        ok("app", "set", "windows", "--sync-policy", "automated");
        ok("proj", "windows", "enable-manual-sync", "windows", "0");
        awaitThat(
                "the project is read",
                () -> argocd.run("app", "sync", "windows").code() == 0);
        assertThat(stand.value("windows", "settings")).isEqualTo("1");
        assertThat(stand.status("windows")
                        .at("/history/0/initiatedBy/automated")
                        .asBoolean())
                .isFalse();
        assertThat(argocd.run(
                                "proj",
                                "windows",
                                "add",
                                "windows",
                                "--kind",
                                "deny",
                                "--schedule",
                                "61 * * * *",
                                "--duration",
                                "1h",
                                "--applications",
                                "*")
                        .code())
                .isEqualTo(20);
    }

    @Test
    void aKindThatTheProjectForbidsFailsTheWholeSync() throws Exception {
        Repository repository = stand.repository("kinds");
        repository.commit(Map.of("a/map.yaml", configMap("settings", "1"), "a/account.yaml", """
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: robot}
                """));
        ok("proj", "create", "kinds", "-d", CLUSTER + ",*", "-s", "*");
        ok("proj", "deny-namespace-resource", "kinds", "", "ServiceAccount");
        create("kinds", repository, "a", "kinds");

        Result refused = argocd.run("app", "sync", "kinds");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out()).contains("resource :ServiceAccount is not permitted in project kinds");
        assertThat(stand.value("kinds", "settings")).isEmpty();
    }

    @Test
    void anApplicationMadeWithKubectlIsHeldToItsProject() throws Exception {
        Repository repository = stand.repository("held");
        repository.commit(Map.of("map.yaml", configMap("settings", "1")));
        ok("proj", "create", "held", "-d", CLUSTER + ",held", "-s", "https://nowhere.example/*");
        stand.apply(Stand.yaml("""
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: held, namespace: argocd}
                spec:
                  project: held
                  source: {repoURL: "%s", path: .}
                  destination: {server: "%s", namespace: held}
                  syncPolicy: {automated: {}, syncOptions: [CreateNamespace=true]}
                """.formatted(repository.url(), CLUSTER)));

        stand.awaitCondition("held", "InvalidSpecError", "is not permitted in project 'held'");
        assertThat(stand.value("held", "settings")).isEmpty();

        ok("proj", "add-source", "held", "*");
        awaitThat("it is deployed", () -> stand.value("held", "settings").equals("1"));
    }

    @Test
    void localManifestsAreComparedAndApplied() throws Exception {
        Repository repository = stand.repository("handmade");
        repository.commit(Map.of("a/map.yaml", configMap("settings", "1")));
        create("handmade", repository, "a", "default");
        ok("app", "sync", "handmade");
        Files.createDirectories(folder.resolve("a"));
        Files.writeString(folder.resolve("a/map.yaml"), configMap("settings", "mine"));
        String[] place = {"--local", folder.resolve("a").toString(), "--local-repo-root", folder.toString()};

        Result diff = argocd.run("app", "diff", "handmade", place[0], place[1], place[2], place[3]);
        assertThat(diff.code()).as(diff.out() + diff.err()).isEqualTo(1);
        assertThat(diff.out()).contains("mine");

        ok("app", "sync", "handmade", place[0], place[1], place[2], place[3]);
        assertThat(stand.value("handmade", "settings")).isEqualTo("mine");
        assertThat(ok("app", "history", "handmade", "-o", "id").lines()).containsExactly("0");
        assertThat(argocd.run("app", "diff", "handmade", "--exit-code=false").out())
                .contains("mine");
    }

    @Test
    void filesThatAreSentAreRenderedByTheServer() throws Exception {
        Repository repository = stand.repository("sent");
        repository.commit(Map.of("a/map.yaml", configMap("settings", "1")));
        create("sent", repository, "a", "default");
        ok("app", "sync", "sent");
        Files.createDirectories(folder.resolve("a"));
        Files.writeString(folder.resolve("a/map.yaml"), configMap("settings", "mine"));
        Files.writeString(folder.resolve("a/kustomization.yaml"), "resources: [map.yaml]\nnamePrefix: my-\n");
        Files.writeString(folder.resolve("a/notes.txt"), "not sent");
        String[] diff = {"app", "diff", "sent", "--local", folder.toString(), "--server-side-generate"};

        Result theirs = argocd.run(diff);
        Result ours = OwnCommandLine.run(stand.url(), diff);

        for (Result result : List.of(theirs, ours)) {
            assertThat(result.code()).as(result.out() + result.err()).isEqualTo(1);
            assertThat(result.out()).contains("/ConfigMap sent/my-settings ======", "mine");
        }
        Files.writeString(folder.resolve("a/kustomization.yaml"), "resources: [../../map.yaml]\n");
        for (Result result : List.of(argocd.run(diff), OwnCommandLine.run(stand.url(), diff))) {
            assertThat(result.code()).isEqualTo(20);
            assertThat(result.err()).contains("../../map.yaml");
        }
        assertThat(stand.value("sent", "settings")).isEqualTo("1");
    }

    @Test
    void theApiServerIsAskedWhatItWouldMakeOfAManifest() throws Exception {
        Repository repository = stand.repository("asked");
        repository.commit(Map.of("a/map.yaml", configMap("settings", "1")));
        create("asked", repository, "a", "default");
        ok("app", "sync", "asked");
        awaitThat(
                "it is synced",
                () -> stand.status("asked").at("/sync/status").asText().equals("Synced"));
        ok("app", "diff", "asked", "--server-side-diff");

        repository.commit(Map.of("a/map.yaml", configMap("settings", "2"), "a/more.yaml", configMap("more", "3")));
        ok("app", "get", "asked", "--refresh");
        awaitThat(
                "it was compared",
                () -> stand.status("asked").at("/sync/status").asText().equals("OutOfSync"));
        Result diff = argocd.run("app", "diff", "asked", "--server-side-diff");

        assertThat(diff.code()).as(diff.out() + diff.err()).isEqualTo(1);
        assertThat(diff.out()).contains("===== /ConfigMap asked/settings ======", "value: \"2\"", "value: \"3\"");
        assertThat(stand.value("asked", "settings")).isEqualTo("1");
    }

    private void create(String name, Repository repository, String path, String project) throws Exception {
        ok(
                "app",
                "create",
                name,
                "--repo",
                repository.url(),
                "--path",
                path,
                "--dest-server",
                CLUSTER,
                "--dest-namespace",
                name,
                "--revision",
                "main",
                "--sync-option",
                "CreateNamespace=true",
                "--project",
                project);
        awaitThat(
                "it was compared",
                () -> !stand.status(name).at("/sync/status").asText().isEmpty());
    }

    private String ok(String... command) throws IOException, InterruptedException {
        Result result = argocd.run(command);
        assertThat(result.code())
                .as(List.of(command) + result.out() + result.err())
                .isZero();
        return result.out();
    }
}
