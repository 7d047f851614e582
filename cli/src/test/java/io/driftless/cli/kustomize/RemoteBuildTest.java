package io.driftless.cli.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.driftless.sandbox.git.GitServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `driftless kustomize build` of what lies on other hosts. Outputs and phrases are those of the 5.8.1 binary.
class RemoteBuildTest {
    private static final String WITH_GIT = String.valueOf(System.getenv("PATH"));
    private static final String WITHOUT_GIT = "";

    @TempDir
    Path work;

    private final Vertx vertx = Vertx.vertx();
    private GitServer git;
    private HttpServer web;
    private String first;

    @BeforeEach
    void start() throws IOException {
        git = GitServer.start(vertx, "127.0.0.1", 0, work.resolve("served"));
        git.create("bases");
        Map<String, byte[]> base = Map.of(
                "web/kustomization.yaml", bytes("resources: [a.yaml]"),
                "web/a.yaml", bytes(map("a", "one")),
                "over/kustomization.yaml", bytes("resources: [../web]\nbuildMetadata: [originAnnotations]"),
                "up/kustomization.yaml", bytes("resources: [../../etc]"));
        first = git.commit("bases", "v1", "one", base);
        git.commit("bases", "main", "one", base);
        git.commit("bases", "main", "two", Map.of("web/a.yaml", bytes(map("a", "two"))));
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> answer(exchange, 404, "nothing"));
        web.createContext("/file.yaml", exchange -> answer(exchange, 200, map("w", "web")));
        web.createContext("/moved", exchange -> redirect(exchange, "/file.yaml"));
        web.createContext("/round", exchange -> redirect(exchange, "/round"));
        web.createContext("/large", exchange -> answer(exchange, 200, "#".repeat((32 << 20) + 1)));
        web.createContext("/private", exchange -> {
            String expected = Base64.getEncoder().encodeToString(bytes("me:secret"));
            boolean known =
                    ("Basic " + expected).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            answer(exchange, known ? 200 : 401, map("p", "mine"));
        });
        web.start();
    }

    @AfterEach
    void stop() {
        web.stop(0);
        git.close();
        vertx.close().await();
    }

    @ParameterizedTest
    @CsvSource({"ref=v1, one", "ref=main, two", "'', two", "version=v1, one", "ref=refs/heads/v1, one"})
    void readsABaseAtItsRefWithAndWithoutTheGitClient(String query, String value) throws IOException {
        for (String base : List.of(git.url("bases") + "//web?" + query, folder() + "//web?" + query)) {
            for (String programs : List.of(WITH_GIT, WITHOUT_GIT)) {
                Run run = build(programs, "resources: ['" + base + "']\nnamePrefix: x-");

                assertThat(run.err()).as(base).isEmpty();
                assertThat(run.out()).contains("v: " + value, "name: x-a");
            }
        }
    }

    @Test
    void readsABaseAtACommit() throws IOException {
        for (String programs : List.of(WITH_GIT, WITHOUT_GIT)) {
            Run run = build(programs, "resources: ['" + git.url("bases") + "//web?ref=" + first + "']");

            assertThat(run.err()).isEmpty();
            assertThat(run.out()).contains("v: one");
        }
    }

    @Test
    void buildsARepositoryThatIsNamedInPlaceOfADirectory() {
        for (String programs : List.of(WITH_GIT, WITHOUT_GIT)) {
            Run run = Run.of(work, programs, List.of("build", git.url("bases") + "//over?ref=v1"));

            assertThat(run.err()).isEmpty();
            assertThat(run.out()).isEqualTo("""
                    apiVersion: v1
                    data:
                      v: one
                    kind: ConfigMap
                    metadata:
                      annotations:
                        config.kubernetes.io/origin: |
                          path: ../web/a.yaml
                      name: a
                    """);
        }
    }

    @Test
    void notesWhereAResourceComesFrom() throws IOException {
        Run run = build(WITH_GIT, "resources: ['" + folder() + "//web?ref=v1']\nbuildMetadata: [originAnnotations]");

        assertThat(run.out()).contains("path: web/a.yaml\n      repo: " + folder() + "\n      ref: v1\n");
    }

    @Test
    void readsFilesOfWebServersWhereverAFileMayStand() throws IOException {
        Run run = build(WITH_GIT, """
                resources: ['WEB/file.yaml']
                configMapGenerator: [{name: c, files: ['key=WEB/moved'], options: {disableNameSuffixHash: true}}]
                patches: [{path: 'WEB/file.yaml'}]
                """.replace("WEB", web()));

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains(
                        "name: w\n",
                        "key: |\n    " + map("w", "web").lines().findFirst().orElseThrow());
    }

    @Test
    void usesThePasswordOfAnAddressAndShowsItNowhere() throws IOException {
        String good = web().replace("://", "://me:secret@");
        assertThat(build(WITH_GIT, "resources: ['" + good + "/private']").out()).contains("v: mine");

        Run refused = build(WITH_GIT, "resources: ['" + web().replace("://", "://me:hidden@") + "/private']");

        assertThat(refused.err())
                .contains("HTTP Error: status code 401 (Unauthorized)")
                .doesNotContain("hidden");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WEB/nothing | accumulating resources: accumulating resources from 'WEB/nothing': HTTP Error: status code 404"
                        + " (Not Found)",
                "WEB/round | Get \"WEB/round\": stopped after 10 redirects",
                "WEB/large | Get \"WEB/large\": ",
                "http://127.0.0.1:1/a | Get \"http://127.0.0.1:1/a\": dial tcp 127.0.0.1:1: connect: connection refused",
                "GIT//nothing | URL is a git repository': evalsymlink failure on '",
                "GIT//web/a.yaml | /web/a.yaml' refers to file 'a.yaml'; expecting directory",
                "GIT//up | bases in kustomizations found in cloned git repos must be within the repo",
                "GIT//web?ref=-x | the ref '-x' of 'GIT//web?ref=-x' is refused",
            })
    void tellsWhatIsWrong(String resource, String message) throws IOException {
        Run run = build(WITH_GIT, "resources: ['" + named(resource) + "']");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).startsWith("Error: ").contains(named(message)).doesNotContain("Exception");
    }

    @Test
    void tellsWhichRefIsMissing() throws IOException {
        String resources = "resources: ['" + git.url("bases") + "//web?ref=gone']";

        assertThat(build(WITH_GIT, resources).err())
                .contains(
                        "URL is a git repository'",
                        "fetch --depth=1 " + git.url("bases") + " gone'",
                        "exit status 128");
        assertThat(build(WITHOUT_GIT, resources).err()).contains("couldn't find remote ref gone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"git@host.example:org/repo//dir", "ssh://git@host.example/org/repo//dir"})
    void keysNeedTheGitClient(String url) throws IOException {
        Run run = build(WITHOUT_GIT, "resources: ['" + url + "']");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("'" + url + "' is fetched over SSH", "install git");
    }

    @Test
    void aSlowHostIsGivenUpInTheTimeOfTheAddress() throws IOException {
        Run run = build(WITH_GIT, "resources: ['" + folder() + "//web?timeout=1ms']");

        assertThat(run.err()).contains("hit 1ms timeout running '");
    }

    @Test
    void leavesNothingBehind() throws IOException {
        List<Path> before = temporary();

        build(WITH_GIT, "resources: ['" + folder() + "//web', '" + folder() + "//up']");
        build(WITHOUT_GIT, "resources: ['" + folder() + "//web']");

        assertThat(temporary()).isEqualTo(before);
    }

    private static List<Path> temporary() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("driftless-kustomize-")
                            || file.getFileName().toString().startsWith("driftless-git-"))
                    .sorted()
                    .toList();
        }
    }

    private Run build(String programs, String kustomization) throws IOException {
        Path directory = Files.createDirectories(work.resolve("app"));
        Files.writeString(directory.resolve("kustomization.yaml"), kustomization);
        return Run.of(directory, programs, List.of("build"));
    }

    private String named(String text) {
        return text.replace("WEB", web()).replace("GIT", git.url("bases").toString());
    }

    private String web() {
        return "http://127.0.0.1:" + web.getAddress().getPort();
    }

    private String folder() {
        return "file://" + git.directory("bases");
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().add("Location", to);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = bytes(text);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String map(String name, String value) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\ndata: {v: " + value + "}\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
