package io.driftless.sandbox.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitServerTest {
    private static final String ZERO = "0".repeat(40);

    @TempDir
    Path temp;

    private final Vertx vertx = Vertx.vertx();
    private final List<Push> pushes = Collections.synchronizedList(new ArrayList<>());
    private GitServer server;

    @BeforeEach
    void start() {
        server = serve(GitServerOptions.defaults());
    }

    @AfterEach
    void stop() {
        server.close();
        vertx.close().await();
    }

    private GitServer serve(GitServerOptions options) {
        GitServer started = GitServer.start(vertx, "127.0.0.1", 0, temp.resolve("root"), options);
        started.onPush(pushes::add);
        return started;
    }

    @Test
    void foldersAreReadFromDiskOnce() throws Exception {
        server.create("kept");
        String head = server.commit("kept", "main", "first", Map.of("a/b.txt", bytes("one")));
        try (ServedRepositories repositories = new ServedRepositories(temp.resolve("root"));
                Repository repository = Objects.requireNonNull(repositories.find("kept"))) {
            ObjectId tree = repository.resolve(head + "^{tree}");
            byte[] first = read(repository, tree);
            String name = tree.name();
            Files.delete(repository
                    .getDirectory()
                    .toPath()
                    .resolve("objects/" + name.substring(0, 2) + "/" + name.substring(2)));
            assertThat(read(repository, tree)).isEqualTo(first).isNotEmpty();
        }
    }

    private static byte[] read(Repository repository, ObjectId tree) throws IOException {
        try (ObjectReader reader = repository.newObjectReader()) {
            return reader.open(tree, Constants.OBJ_TREE).getCachedBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"protocol.version=2", "protocol.version=0"})
    void theGitClientClonesPushesAndFetches(String protocol) throws Exception {
        URI url = server.create("team/config");
        String first = server.commit("team/config", "main", "first", Map.of("a/b.txt", bytes("one"), "c", bytes("x")));
        Path clone = temp.resolve("clone");
        git(temp, "-c", protocol, "clone", "-q", url.toString(), clone.toString());
        assertThat(clone.resolve("a/b.txt")).hasContent("one");

        Files.writeString(clone.resolve("a/b.txt"), "two");
        git(clone, "commit", "-qam", "second");
        git(clone, "-c", protocol, "push", "-q", "origin", "main");
        String second = git(clone, "rev-parse", "HEAD");
        assertThat(server.head("team/config", "main")).isEqualTo(second);
        assertThat(pushes)
                .containsExactly(
                        new Push("team/config", "refs/heads/main", ZERO, first),
                        new Push("team/config", "refs/heads/main", first, second));

        var changes = new HashMap<String, byte[]>();
        changes.put("c", null);
        changes.put("a/n/new.txt", bytes("three"));
        String third = server.commit("team/config", "main", "third", changes);
        git(clone, "-c", protocol, "pull", "-q");
        assertThat(git(clone, "rev-parse", "HEAD")).isEqualTo(third);
        assertThat(clone.resolve("c")).doesNotExist();
        assertThat(clone.resolve("a/n/new.txt")).hasContent("three");
        git(clone, "fsck", "--strict");
    }

    @Test
    void takesChunkedAndForcedPushesTagsAndDeletions() throws Exception {
        URI url = server.create("big");
        Path work = temp.resolve("work");
        git(temp, "init", "-q", "-b", "main", work.toString());
        byte[] noise = new byte[3 << 20];
        new Random(7).nextBytes(noise);
        Files.write(work.resolve("noise"), noise);
        git(work, "add", ".");
        git(work, "commit", "-qm", "noise");
        git(work, "tag", "-a", "v1", "-m", "one");
        // Three mebibytes exceed the client's post buffer: it pushes in chunks.
        git(work, "push", "-q", url.toString(), "main", "v1", "main:side");
        git(work, "commit", "-q", "--amend", "-m", "other");
        git(work, "push", "-q", "-f", url.toString(), "main", ":side");
        assertThat(server.head("big", "main")).isEqualTo(git(work, "rev-parse", "HEAD"));
        assertThat(server.head("big", "side")).isNull();
        assertThat(pushes).hasSize(5);
        Path clone = temp.resolve("clone");
        git(temp, "clone", "-q", url.toString(), clone.toString());
        assertThat(clone.resolve("noise")).hasBinaryContent(noise);
        assertThat(git(clone, "tag")).isEqualTo("v1");
    }

    @Test
    void manyFilesInOneCommitArriveWhole() throws Exception {
        URI url = server.create("many");
        Map<String, byte[]> files = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            files.put("apps/app-" + i + "/base.yaml", bytes("n: " + i));
            files.put("apps/app-" + i + ".yaml", bytes("m: " + i));
        }
        server.commit("many", "main", "all", files);
        Path clone = temp.resolve("clone");
        git(temp, "clone", "-q", url.toString(), clone.toString());
        git(clone, "fsck", "--strict");
        assertThat(git(clone, "ls-files").lines()).hasSize(1000);
    }

    @Test
    void countsRequestsByKind() throws Exception {
        URI url = server.create("counted");
        server.commit("counted", "main", "m", Map.of("f", bytes("1")));
        git(temp, "clone", "-q", url.toString(), temp.resolve("clone").toString());
        assertThat(server.requests()).isEqualTo(new GitRequests(1, 1, 1, 0));
    }

    @Test
    void withoutVersionTwoTheClientGetsVersionZero() throws Exception {
        server.close();
        server = serve(GitServerOptions.defaults().withProtocolV2(false));
        URI url = server.create("old");
        server.commit("old", "main", "m", Map.of("f", bytes("1")));
        git(temp, "clone", "-q", url.toString(), temp.resolve("clone").toString());
        assertThat(server.requests().lsRefs()).isZero();
        assertThat(temp.resolve("clone/f")).hasContent("1");
    }

    @Test
    void asksForCredentialsWhenConfigured() throws Exception {
        server.close();
        server = serve(GitServerOptions.defaults().withBasicAuth("ann", "s3cret"));
        URI url = server.create("private");
        server.commit("private", "main", "m", Map.of("f", bytes("1")));
        assertThatThrownBy(() -> git(temp, "ls-remote", url.toString())).hasMessageContaining("git ls-remote");
        String withUser = url.toString().replace("http://", "http://ann:s3cret@");
        assertThat(git(temp, "ls-remote", withUser)).contains("refs/heads/main");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../etc/info/refs", "/%2e%2e/x/info/refs", "/nowhere/info/refs", "/.git/info/refs", "/"})
    void namesOutsideTheRootAreNotFound(String path) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + path + "?service=git-upload-pack"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(404);
        }
        assertThatThrownBy(() -> server.create("../x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> server.commit("a", "main", "m", Map.of())).hasMessageContaining("create it first");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String git(Path dir, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=T", "-c", "user.email=t@example.com"));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(dir.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException("git " + String.join(" ", arguments) + ": " + output);
        }
        return output;
    }
}
