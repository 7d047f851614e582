package io.driftless.pipeline;

import static io.driftless.pipeline.Stand.awaitThat;
import static io.driftless.pipeline.Stand.configMap;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.pipeline.ArgoCd.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// The unmodified `argocd` command line against Driftless with accounts and TLS: native gRPC, and gRPC-Web where said.
@EnabledIf(
        value = "io.driftless.pipeline.ArgoCd#present",
        disabledReason = "the program argocd is not there; src/test/argocd/build makes it")
class ArgoCdTest {
    private static final String CLUSTER = "https://kubernetes.default.svc";

    @TempDir
    static Path data;

    @TempDir
    static Path home;

    @TempDir
    Path other;

    private static Stand stand;
    private static ArgoCd argocd;
    private static String password;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        stand = Stand.prepare(data);
        stand.sandbox().create(Stand.yaml("""
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: argocd-cm, namespace: argocd}
                        data: {accounts.ci: "apiKey, login", accounts.dev: apiKey}
                        """));
        stand.sandbox().create(Stand.yaml("""
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: argocd-rbac-cm, namespace: argocd}
                        data:
                          policy.csv: |
                            p, dev, applications, get, default/*, allow
                            p, dev, applications, sync, default/allowed, allow
                        """));
        stand.start(new Stand.Settings(null, Duration.ofHours(1), true));
        String encoded = stand.object("v1", "Secret", "argocd", "argocd-initial-admin-secret")
                .at("/data/password")
                .asText();
        password = new String(Base64.getDecoder().decode(encoded), UTF_8);
        argocd = new ArgoCd(home, "--insecure");
        assertThat(login(argocd, "admin", password).code()).isZero();
    }

    @AfterAll
    static void stop() {
        stand.close();
    }

    private static Result login(ArgoCd client, String user, String secret) throws IOException, InterruptedException {
        return client.run("login", ArgoCd.host(stand.url()), "--username", user, "--password", secret);
    }

    @Test
    void loginsAccountsAndTokens() throws Exception {
        ArgoCd fresh = new ArgoCd(other, "--insecure");
        Result wrong = login(fresh, "admin", "wrong");
        assertThat(wrong.code()).isEqualTo(20);
        assertThat(wrong.err()).contains("code = Unauthenticated desc = Invalid username or password");
        assertThat(login(fresh, "admin", password).out()).contains("'admin:login' logged in successfully");
        assertThat(fresh.run("account", "get-user-info").out()).contains("Logged In: true", "Username: admin");
        assertThat(fresh.run("account", "list").rows())
                .contains(List.of("admin", "true", "login"), List.of("ci", "true", "apiKey,", "login"));
        assertThat(fresh.run("account", "can-i", "sync", "applications", "default/app")
                        .out())
                .isEqualTo("yes\n");
        assertThat(fresh.run("version", "--short").out()).contains("argocd-server: v3.4.6+driftless.0.1.0");

        Result update = fresh.run(
                "account",
                "update-password",
                "--account",
                "ci",
                "--current-password",
                password,
                "--new-password",
                "correct horse");
        assertThat(update.code()).as(update.err()).isZero();
        ArgoCd ci = new ArgoCd(other.resolve("."), "--insecure");
        assertThat(login(ci, "ci", "correct horse").code()).isZero();
        assertThat(login(fresh, "admin", password).code()).isZero();

        String token = fresh.run("account", "generate-token", "--account", "ci", "--id", "nightly")
                .out()
                .strip();
        ArgoCd byToken = new ArgoCd(other, "--insecure", "--server", ArgoCd.host(stand.url()), "--auth-token", token);
        assertThat(byToken.run("account", "get-user-info").out()).contains("Username: ci");
        assertThat(fresh.run("account", "delete-token", "--account", "ci", "nightly")
                        .code())
                .isZero();
        assertThat(byToken.run("app", "list").code()).isEqualTo(20);

        assertThat(fresh.run("logout", ArgoCd.host(stand.url())).code()).isZero();
        assertThat(fresh.run("app", "list").err()).contains("Unauthenticated");
    }

    @Test
    void anApplicationFromCreationToDeletion() throws Exception {
        Repository repository = stand.repository("life");
        repository.commit(java.util.Map.of("a/map.yaml", configMap("settings", "1")));
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
        repository.commit(java.util.Map.of("a/map.yaml", configMap("settings", "2")));
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
        repository.commit(java.util.Map.of("map.yaml", configMap("settings", "1")));
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

    @Test
    void anAccountMayDoWhatThePolicySays() throws Exception {
        String token = argocd.run("account", "generate-token", "--account", "dev")
                .out()
                .strip();
        ArgoCd dev = new ArgoCd(other, "--insecure", "--server", ArgoCd.host(stand.url()), "--auth-token", token);
        Repository repository = stand.repository("rights");
        repository.commit(java.util.Map.of("map.yaml", configMap("settings", "1")));
        for (String name : List.of("allowed", "forbidden")) {
            argocd.run(
                    "app",
                    "create",
                    name,
                    "--repo",
                    repository.url(),
                    "--path",
                    ".",
                    "--dest-server",
                    CLUSTER,
                    "--dest-namespace",
                    name,
                    "--sync-option",
                    "CreateNamespace=true");
        }
        assertThat(dev.run("app", "sync", "allowed").code()).isZero();
        Result refused = dev.run("app", "sync", "forbidden");
        assertThat(refused.code()).isEqualTo(20);
        assertThat(refused.err()).contains("permission denied: applications, sync, default/forbidden, sub: dev");
        assertThat(dev.run("cluster", "list").rows()).isEmpty();
        assertThat(dev.run("proj", "list").rows()).isEmpty();
    }

    @Test
    void projectsAndTheirRoles() throws Exception {
        assertThat(argocd.run("proj", "create", "team", "-d", CLUSTER + ",team-*", "-s", "*", "--description", "d")
                        .code())
                .isZero();
        assertThat(argocd.run("proj", "get", "team").out()).contains("Destinations:", CLUSTER + ",team-*");
        assertThat(argocd.run("proj", "role", "create", "team", "ci").code()).isZero();
        assertThat(argocd.run("proj", "role", "add-policy", "team", "ci", "-a", "get", "-o", "*")
                        .code())
                .isZero();
        Result token = argocd.run("proj", "role", "create-token", "team", "ci", "--token-only");
        ArgoCd role = new ArgoCd(
                other,
                "--insecure",
                "--server",
                ArgoCd.host(stand.url()),
                "--auth-token",
                token.out().strip());
        assertThat(role.run("proj", "list").rows()).hasSize(1);
        assertThat(role.run("proj", "delete", "team").code()).isEqualTo(20);
        assertThat(argocd.run("proj", "get", "nope").err()).contains("NotFound");
        assertThat(argocd.run("proj", "delete", "team").code()).isZero();
        assertThat(argocd.run("proj", "delete", "default").code()).isEqualTo(20);
    }

    @Test
    void repositoriesAndClusters() throws Exception {
        Repository repository = stand.repository("declared");
        repository.commit(java.util.Map.of("map.yaml", configMap("settings", "1")));
        assertThat(argocd.run("repo", "add", repository.url(), "--name", "mine", "--password", "p", "--username", "u")
                        .code())
                .isZero();
        Result list = argocd.run("repo", "list", "-o", "json");
        assertThat(json(list).at("/0/connectionState/status").asText()).isEqualTo("Successful");
        assertThat(list.out()).doesNotContain("\"password\": \"p\"");
        assertThat(argocd.run("repo", "add", repository.url() + "x").code()).isEqualTo(20);
        assertThat(argocd.run("repo", "rm", repository.url()).code()).isZero();
        assertThat(argocd.run("cluster", "list").rows())
                .anyMatch(row -> row.contains(CLUSTER) && row.contains("in-cluster"));
        assertThat(argocd.run("cluster", "get", "in-cluster").code()).isZero();
    }

    @Test
    void x12OurCommandLineRefusesACertificateThatNobodyVouchesFor() {
        Result refused = OwnCommandLine.run(stand.url(), "cert", "list", "--auth-token", "x");
        assertThat(refused.code()).as(refused.out() + refused.err()).isEqualTo(20);
        assertThat(OwnCommandLine.run(stand.url(), "cert", "list", "--auth-token", "x", "--insecure")
                        .err())
                .contains("log in with");
    }

    @Test
    void whatCannotBeDoneSaysSo() throws Exception {
        assertThat(argocd.run("cluster", "rotate-auth", CLUSTER).err()).contains("credentials of its Pod");
        assertThat(argocd.run("appset", "list").code()).isZero();
    }

    private static JsonNode json(Result result) throws IOException {
        return new ObjectMapper().readTree(result.out());
    }
}
