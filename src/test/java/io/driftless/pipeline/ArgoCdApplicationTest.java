package io.driftless.pipeline;

import static io.driftless.pipeline.Outcomes.awaitThat;
import static io.driftless.pipeline.Stand.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.pipeline.ArgoCd.Result;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/// The life of Applications with `argocd`: native gRPC, and gRPC-Web where said.
@EnabledIf(
        value = "io.driftless.pipeline.ArgoCd#present",
        disabledReason = "the program argocd is not there; src/test/argocd/build makes it")
class ArgoCdApplicationTest extends ArgoCdSession {
    @Test
    void anApplicationFromCreationToDeletion() throws Exception {
        Repository repository = stand.repository("life");
        repository.commit(Map.of("a/map.yaml", configMap("settings", "1")));
        String[] create = {
            "app",
            "create",
            "life",
            "--repo",
            repository.url(),
            "--path",
            "a",
            "--dest-server",
            CLUSTER,
            "--dest-namespace",
            "life",
            "--revision",
            "main",
            "--sync-option",
            "CreateNamespace=true"
        };
        assertThat(argocd.run(create).out()).isEqualTo("application 'life' created\n");
        assertThat(argocd.run(create).out()).isEqualTo("application 'life' unchanged\n");
        Result other = argocd.run(
                "app", "create", "life", "--repo", repository.url(), "--path", "a", "--dest-server", CLUSTER);
        assertThat(other.code()).isEqualTo(20);
        assertThat(other.err()).contains("use upsert flag");
        awaitThat(
                "it was compared",
                () -> stand.status("life").at("/sync/status").asText().equals("OutOfSync"));

        Result diff = argocd.run("app", "diff", "life");
        assertThat(diff.code()).isEqualTo(1);
        assertThat(diff.out()).contains("===== /ConfigMap life/settings ======");
        Result sync = argocd.run("app", "sync", "life");
        assertThat(sync.code()).as(sync.out() + sync.err()).isZero();
        assertThat(sync.out()).contains("Phase:              Succeeded");
        assertThat(stand.value("life", "settings")).isEqualTo("1");
        assertThat(argocd.run("app", "wait", "life", "--sync", "--health", "--timeout", "60")
                        .code())
                .isZero();
        assertThat(argocd.run("app", "diff", "life").code()).isZero();

        assertThat(argocd.run("app", "get", "life").out()).contains("Sync Status:        Synced to main");
        assertThat(argocd.run("app", "get", "life", "-o", "tree").code()).isZero();
        assertThat(json(argocd.run("app", "get", "life", "-o", "json"))
                        .at("/status/sync/status")
                        .asText())
                .isEqualTo("Synced");
        assertThat(argocd.run("app", "get", "life", "--refresh").code()).isZero();
        assertThat(argocd.run("app", "history", "life", "-o", "id").out().strip())
                .isEqualTo("0");
        assertThat(argocd.run("app", "resources", "life").rows())
                .contains(List.of("ConfigMap", "life", "settings", "No"));
        assertThat(argocd.run("app", "manifests", "life").out()).contains("name: settings");
        String first = repository.head();
        repository.commit(Map.of("a/map.yaml", configMap("settings", "2")));
        assertThat(argocd.run("app", "manifests", "life", "--revision", first).out())
                .contains("tracking-id: life:/ConfigMap:life/settings")
                .contains("value: \"1\"");
        awaitThat(
                "the branch is asked about again",
                () -> argocd.run("app", "manifests", "life", "--revision", "main")
                        .out()
                        .contains("value: \"2\""));
        assertThat(argocd.run("app", "manifests", "life", "--revision", "nowhere")
                        .err())
                .contains("nowhere");
        assertThat(argocd.run("app", "get-resource", "life", "--kind", "ConfigMap")
                        .out())
                .contains("settings");
        assertThat(argocd.run("app", "list", "-o", "name").out()).contains("argocd/life\n");
        assertThat(argocd.run("app", "sync", "life", "--resource", ":ConfigMap:settings")
                        .code())
                .isZero();
        assertThat(argocd.run("app", "sync", "life", "--dry-run").code()).isZero();
        assertThat(argocd.run("app", "rollback", "life", "0").code()).isZero();
        assertThat(argocd.run("app", "terminate-op", "life").code()).isEqualTo(20);

        assertThat(argocd.run("app", "set", "life", "--sync-policy", "automated", "--self-heal")
                        .code())
                .isZero();
        assertThat(stand.application("life")
                        .at("/spec/syncPolicy/automated/selfHeal")
                        .asBoolean())
                .isTrue();
        assertThat(argocd.run("app", "rollback", "life", "0").err()).contains("FailedPrecondition");
        Result deleted = argocd.run("app", "delete", "life", "-y", "--wait");
        assertThat(deleted.out()).isEqualTo("application 'life' deleted\n");
        assertThat(stand.value("life", "settings")).isEmpty();
        for (String[] command : new String[][] {
            {"app", "get", "life"},
            {"app", "sync", "life"},
            {"app", "diff", "life"},
            {"app", "history", "life"},
            {"app", "delete", "life", "-y"}
        }) {
            Result gone = argocd.run(command);
            assertThat(gone.code()).as(String.join(" ", command)).isEqualTo(20);
            assertThat(gone.err()).contains("code = PermissionDenied desc = permission denied");
        }
    }

    @Test
    void theSameOverGrpcWeb() throws Exception {
        ArgoCd web = argocd.with("--grpc-web");
        Repository repository = stand.repository("web");
        repository.commit(Map.of("map.yaml", configMap("settings", "1")));
        assertThat(web.run(
                                "app",
                                "create",
                                "web",
                                "--repo",
                                repository.url(),
                                "--path",
                                ".",
                                "--dest-server",
                                CLUSTER,
                                "--dest-namespace",
                                "default")
                        .code())
                .isZero();
        Result sync = web.run("app", "sync", "web");
        assertThat(sync.code()).as(sync.out() + sync.err()).isZero();
        assertThat(web.run("app", "list").rows()).anyMatch(row -> row.contains("argocd/web") && row.contains("Synced"));
        assertThat(web.run("app", "get", "nowhere").err()).contains("permission denied");
        assertThat(web.run("app", "delete", "web", "-y", "--wait").code()).isZero();
    }
}
