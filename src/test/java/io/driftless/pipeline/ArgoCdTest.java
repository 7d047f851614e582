package io.driftless.pipeline;

import static io.driftless.pipeline.Stand.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.pipeline.ArgoCd.Result;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/// Accounts, projects, repositories and clusters with `argocd` over native gRPC.
@EnabledIf(
        value = "io.driftless.pipeline.ArgoCd#present",
        disabledReason = "the program argocd is not there; src/test/argocd/build makes it")
class ArgoCdTest extends ArgoCdSession {
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
    void anAccountMayDoWhatThePolicySays() throws Exception {
        String token = argocd.run("account", "generate-token", "--account", "dev")
                .out()
                .strip();
        ArgoCd dev = new ArgoCd(other, "--insecure", "--server", ArgoCd.host(stand.url()), "--auth-token", token);
        Repository repository = stand.repository("rights");
        repository.commit(Map.of("map.yaml", configMap("settings", "1")));
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
        repository.commit(Map.of("map.yaml", configMap("settings", "1")));
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
}
