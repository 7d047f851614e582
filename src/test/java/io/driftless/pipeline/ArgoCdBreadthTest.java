package io.driftless.pipeline;

import static io.driftless.pipeline.Outcomes.awaitThat;
import static io.driftless.pipeline.Stand.configMap;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.http.SelfSigned;
import io.driftless.pipeline.ArgoCd.Result;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// Certificates, keys, ApplicationSets, sources and patches through the unmodified `argocd` command line, and the same
/// through ours.
@EnabledIf(
        value = "io.driftless.pipeline.ArgoCd#present",
        disabledReason = "the program argocd is not there; src/test/argocd/build makes it")
class ArgoCdBreadthTest {
    private static final String CLUSTER = "https://kubernetes.default.svc";
    private static final String HOST_KEY = "AAAAC3NzaC1lZDI1NTE5AAAAILEHtTQDeaYcL3SFDr9+77jLk0TQESNxgLiHfpBnG3dj";

    @TempDir
    static Path data;

    @TempDir
    static Path home;

    private static Stand stand;
    private static ArgoCd argocd;

    @BeforeAll
    static void start() throws Exception {
        stand = Stand.prepare(data).start(Stand.Settings.usual());
        argocd = new ArgoCd(home, "--plaintext", "--server", ArgoCd.host(stand.url()));
    }

    @AfterAll
    static void stop() {
        stand.close();
    }

    @Test
    void certificatesAndHostKeys() throws Exception {
        Path pem = Files.writeString(
                data.resolve("c.pem"),
                SelfSigned.make(List.of("git.example.com"), Instant.now()).certificate());
        Path hosts = Files.writeString(data.resolve("hosts"), "git.example.com ssh-ed25519 " + HOST_KEY + "\n");
        assertThat(ok(argocd.run("cert", "add-tls", "git.example.com", "--from", pem.toString())))
                .contains("Created entry with 1 PEM certificates for repository server git.example.com");
        assertThat(ok(argocd.run("cert", "add-ssh", "--batch", "--from", hosts.toString())))
                .contains("Successfully created 1 SSH known host entries");
        List<List<String>> theirs = argocd.run("cert", "list").rows();
        assertThat(theirs)
                .contains(
                        List.of("git.example.com", "https", "ecdsa", "CN=git.example.com"),
                        List.of(
                                "git.example.com",
                                "ssh",
                                "ssh-ed25519",
                                "SHA256:dN9fl/Za8kJjxTKxui/JlqXiWhpbRa/l0s8Sii+VmIQ"));
        Result ours = ours("cert", "list");
        assertThat(ours.rows()).containsExactlyInAnyOrderElementsOf(theirs);
        assertThat(ours.out().lines().findFirst().orElse("").split(" +"))
                .containsExactly("HOSTNAME", "TYPE", "SUBTYPE", "INFO");
        assertThat(ok(argocd.run("cert", "rm", "git.example.com", "--cert-type", "ssh")))
                .contains("Removed cert for 'git.example.com' of type 'ssh' (subtype 'ssh-ed25519')");
        assertThat(ours("cert", "rm", "git.example.com").out())
                .contains("Removed cert for 'git.example.com' of type 'https'");
        assertThat(argocd.run("cert", "list").rows()).isEmpty();
        assertThat(ok(ours("cert", "add-ssh", "--batch", "--from", hosts.toString())))
                .contains("Successfully created 1 SSH known host entries");
        assertThat(ok(ours("cert", "add-tls", "git.example.com", "--from", pem.toString())))
                .contains("Created entry with 1 PEM certificates");
        assertThat(ours("cert", "add-ssh").code()).isEqualTo(1);
    }

    @Test
    void publicKeys() throws Exception {
        Path keys = data.resolve("keys.asc");
        try (var in = ArgoCdBreadthTest.class.getResourceAsStream("/two-public-keys.asc")) {
            Files.write(keys, in.readAllBytes());
        }
        assertThat(ok(argocd.run("gpg", "add", "--from", keys.toString()))).contains("Created 2 key(s)");
        List<List<String>> rows = argocd.run("gpg", "list").rows();
        assertThat(rows).contains(List.of("06C60C78CD6D846D", "ED25519", "Ann", "Example", "<ann@example.com>"));
        assertThat(ours("gpg", "list").rows()).isEqualTo(rows);
        assertThat(ok(argocd.run("gpg", "get", "06C60C78CD6D846D")))
                .contains("350E6EEEABD19F3E4460CDAC06C60C78CD6D846D");
        assertThat(ok(ours("gpg", "get", "06C60C78CD6D846D"))).contains("BEGIN PGP PUBLIC KEY BLOCK");
        assertThat(ok(argocd.run("gpg", "rm", "06C60C78CD6D846D"))).contains("06C60C78CD6D846D");
        assertThat(ok(ours("gpg", "add", "-f", keys.toString()))).contains("Created 1 key(s)");
        assertThat(ok(ours("gpg", "rm", "79697B3D5776E62B"))).contains("Deleted key");
        assertThat(argocd.run("gpg", "get", "79697B3D5776E62B").code()).isEqualTo(20);
    }

    @Test
    void aSourceThatIsNotThereIsRefusedUnlessUnseen() throws Exception {
        Repository repository = stand.repository("looked");
        String commit =
                repository.commit(Map.of("a/map.yaml", configMap("settings", "1"), "chart/Chart.yaml", "name: c\n"));
        Result bad = argocd.run(create("looked", repository, "nope"));
        assertThat(bad.code()).isEqualTo(20);
        assertThat(bad.err()).contains("InvalidArgument", "app path does not exist");
        assertThat(argocd.run(create("looked", repository, "chart")).err())
                .contains("Helm charts are not supported yet");
        assertThat(argocd.run("app", "get", "looked").code()).isEqualTo(20);
        assertThat(ok(argocd.run(create("looked", repository, "a")))).contains("created");
        assertThat(argocd.run("app", "set", "looked", "--path", "nope").code()).isEqualTo(20);
        assertThat(ok(argocd.run("app", "set", "looked", "--path", "nope", "--validate=false")))
                .isEmpty();
        assertThat(argocd.run("app", "set", "looked", "--path", "a").code()).isZero();

        JsonNode metadata = get("/api/v1/applications/looked/revisions/" + commit + "/metadata");
        assertThat(metadata.path("author").asText()).contains("<");
        assertThat(metadata.path("message").asText()).isNotEmpty();
        String url = java.net.URLEncoder.encode(repository.url(), UTF_8);
        assertThat(get("/api/v1/repositories/" + url + "/apps?revision=main")
                        .at("/items/0/path")
                        .asText())
                .isEqualTo("chart");
        assertThat(get("/api/v1/repositories/" + url + "/refs")
                        .at("/branches/0")
                        .asText())
                .isEqualTo("main");
    }

    @Test
    void patchesOfEveryForm() throws Exception {
        Repository repository = stand.repository("patched");
        repository.commit(Map.of("a/map.yaml", configMap("settings", "1")));
        assertThat(argocd.run(create("patched", repository, "a")).code()).isZero();
        assertThat(argocd.run("app", "sync", "patched").code()).isZero();
        String[][] patches = {
            {"application/merge-patch+json", "{\"data\":{\"value\":\"2\"}}"},
            {"application/json-patch+json", "[{\"op\":\"replace\",\"path\":\"/data/value\",\"value\":\"3\"}]"},
            {"application/strategic-merge-patch+json", "{\"data\":{\"value\":\"4\"}}"}
        };
        for (int i = 0; i < patches.length; i++) {
            Result patch = argocd.run(
                    "app",
                    "patch-resource",
                    "patched",
                    "--kind",
                    "ConfigMap",
                    "--resource-name",
                    "settings",
                    "--patch-type",
                    patches[i][0],
                    "--patch",
                    patches[i][1]);
            assertThat(patch.code()).as(patches[i][0] + patch.err()).isZero();
            assertThat(stand.value("patched", "settings")).isEqualTo(String.valueOf(i + 2));
        }
        awaitThat(
                "it was compared",
                () -> stand.status("patched").at("/sync/status").asText().equals("OutOfSync"));
    }

    @Test
    void applicationSetsAreKept() throws Exception {
        Path file = Files.writeString(data.resolve("set.yaml"), """
                apiVersion: argoproj.io/v1alpha1
                kind: ApplicationSet
                metadata: {name: many}
                spec:
                  generators: [{list: {elements: [{name: a}]}}]
                  template:
                    metadata: {name: "{{name}}"}
                    spec:
                      project: default
                      source: {repoURL: "https://git.example.com/r", path: .}
                      destination: {server: "https://kubernetes.default.svc", namespace: default}
                """);
        assertThat(ok(argocd.run("appset", "create", file.toString())))
                .contains("argocd/many", "expanding ApplicationSets is not supported yet");
        assertThat(argocd.run("appset", "list").rows()).anyMatch(row -> row.contains("argocd/many"));
        assertThat(ok(argocd.run("appset", "get", "many"))).contains("many");
        assertThat(argocd.run("appset", "create", "--dry-run", file.toString()).err())
                .contains("not supported yet");
        assertThat(argocd.run("appset", "generate", file.toString()).err()).contains("not supported yet");
        assertThat(ok(argocd.run("appset", "delete", "many", "-y"))).contains("many");
    }

    @Test
    void projectsInDetail() throws Exception {
        assertThat(ok(argocd.run("proj", "get", "default"))).contains("Name:", "default");
        assertThat(get("/api/v1/projects/default/events").has("items")).isTrue();
        assertThat(get("/api/v1/projects/default/globalprojects").path("items")).isEmpty();
    }

    private static String[] create(String name, Repository repository, String path) {
        return new String[] {
            "app",
            "create",
            name,
            "--repo",
            repository.url(),
            "--path",
            path,
            "--revision",
            "main",
            "--dest-server",
            CLUSTER,
            "--dest-namespace",
            name,
            "--sync-option",
            "CreateNamespace=true"
        };
    }

    private static String ok(Result result) {
        assertThat(result.code()).as(result.out() + result.err()).isZero();
        return result.out();
    }

    private static Result ours(String... arguments) {
        return OwnCommandLine.run(stand.url(), arguments);
    }

    private static JsonNode get(String path) throws IOException, InterruptedException {
        return new ObjectMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(stand.url().resolve(path)).build(), BodyHandlers.ofString())
                        .body());
    }
}
