package io.driftless.manifest.git;

import static io.driftless.manifest.git.GitClient.git;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftless.sandbox.git.GitRequests;
import io.driftless.sandbox.git.GitServer;
import io.driftless.sandbox.git.GitServerOptions;
import io.driftless.security.SecurityEvent;
import io.driftless.security.SecurityLines;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorTest {
    private static final String MAIN = "refs/heads/main";
    private static final String ZERO = "0".repeat(40);

    @TempDir
    Path temp;

    private final Vertx vertx = Vertx.vertx();
    private GitServer server;
    private RepositoryMirrors mirrors;
    private String url;

    @BeforeEach
    void start() {
        serve(GitServerOptions.defaults());
        mirrors = new RepositoryMirrors(vertx, temp.resolve("mirrors"));
    }

    private void serve(GitServerOptions options) {
        server = GitServer.start(vertx, "127.0.0.1", 0, temp.resolve("served"), options);
        url = server.create("config").toString();
    }

    private void restart(GitServerOptions options) {
        server.close();
        serve(options);
    }

    @AfterEach
    void stop() {
        mirrors.close();
        server.close();
        vertx.close().await();
    }

    private String commit(String branch, String file, String text) {
        return server.commit("config", branch, text, Map.of(file, text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(Mirror mirror, String sha, String path) {
        return new String(mirror.tree(sha).read(path, 1000), StandardCharsets.UTF_8);
    }

    private Path cloned() throws Exception {
        Path clone = temp.resolve("clone");
        git(temp, "clone", "-q", url, clone.toString());
        return clone;
    }

    @Test
    void bringsAPushedCommitWithOneListingAndOneSpeculativeFetch() {
        String first = commit("main", "a/f", "one");
        Mirror mirror = mirrors.mirror(url);
        assertThat(mirror.resolve("HEAD")).isEqualTo(new ResolvedRevision(first, MAIN));
        String second = commit("main", "a/f", "two");
        GitRequests before = server.requests();

        Fetched fetched = mirror.fetch(FetchHint.of(MAIN, first, second));

        assertThat(fetched)
                .isEqualTo(new Fetched(true, Fetched.Way.SPECULATIVE, List.of(new RefMove(MAIN, first, second))));
        assertThat(server.requests().minus(before)).isEqualTo(new GitRequests(0, 1, 1, 0));
        assertThat(mirror.resolve("main").sha()).isEqualTo(second);
        assertThat(text(mirror, second, "a/f")).isEqualTo("two");
        assertThat(text(mirror, first, "a/f")).isEqualTo("one");
    }

    @Test
    void aRepeatedHintAsksNobody() {
        String first = commit("main", "f", "one");
        Mirror mirror = mirrors.mirror(url);
        mirror.heads();
        GitRequests before = server.requests();
        assertThat(mirror.fetch(FetchHint.of(MAIN, ZERO, first)).asked()).isFalse();
        assertThat(mirror.fetch(FetchHint.of("refs/pull/7/head", ZERO, ZERO)).asked())
                .isFalse();
        assertThat(server.requests()).isEqualTo(before);
        assertThat(mirrors.fetches()).isEqualTo(1);
    }

    @Test
    void aPollWithoutNewsDownloadsNothing() {
        commit("main", "f", "one");
        Mirror mirror = mirrors.mirror(url);
        mirror.heads();
        GitRequests before = server.requests();
        assertThat(mirror.fetch(FetchHint.everything())).isEqualTo(new Fetched(true, Fetched.Way.NOTHING, List.of()));
        assertThat(server.requests().minus(before)).isEqualTo(new GitRequests(0, 1, 0, 0));
    }

    @Test
    void aForgedOrLateHintMovesNothingButToWhatTheHostSays() throws Exception {
        String first = commit("main", "f", "one");
        String side = commit("side", "f", "side");
        Mirror mirror = mirrors.mirror(url);
        mirror.heads();
        String unseen = commit("other", "f", "other");

        Fetched forged = mirror.fetch(FetchHint.of(MAIN, first, "1234567890".repeat(4)));
        assertThat(forged.moves()).isEmpty();
        assertThat(mirror.fetch(FetchHint.of(MAIN, first, unseen)).moves()).isEmpty();
        assertThat(mirror.has(unseen)).isFalse();
        assertThat(mirror.fetch(FetchHint.of(MAIN, first, side)).moves()).isEmpty();
        assertThat(mirror.resolve("main").sha()).isEqualTo(first);

        String second = commit("main", "f", "two");
        String third = commit("main", "f", "three");
        Fetched late = mirror.fetch(FetchHint.of(MAIN, first, second));
        assertThat(late.moves()).containsExactly(new RefMove(MAIN, first, third));
        assertThat(text(mirror, third, "f")).isEqualTo("three");
        assertThat(mirror.fetch(FetchHint.of(MAIN, third, second)).moves()).isEmpty();
    }

    @Test
    void followsForcedPushesNewAndDeletedBranchesAndTags() throws Exception {
        String first = commit("main", "f", "one");
        commit("gone", "f", "gone");
        Mirror mirror = mirrors.mirror(url);
        mirror.heads();
        Path clone = cloned();
        Files.writeString(clone.resolve("f"), "forced");
        git(clone, "commit", "-qa", "--amend", "-m", "forced");
        git(clone, "tag", "-a", "v1", "-m", "one");
        git(clone, "tag", "light");
        git(clone, "branch", "topic/x");
        git(clone, "push", "-q", "-f", "origin", "main", "v1", "light", "topic/x", ":gone");
        String forced = git(clone, "rev-parse", "HEAD");

        Fetched fetched = mirror.fetch(FetchHint.of(MAIN, first, forced));
        assertThat(fetched.moves()).containsExactly(new RefMove(MAIN, first, forced));
        assertThat(mirror.fetch(FetchHint.of("refs/heads/gone", null, ZERO)).moves())
                .extracting(RefMove::after)
                .containsExactly((String) null);
        assertThatThrownBy(() -> mirror.resolve("gone")).isInstanceOf(GitException.RevisionNotFound.class);

        assertThat(mirror.fetch(FetchHint.everything()).moves())
                .extracting(RefMove::ref)
                .containsExactlyInAnyOrder("refs/tags/v1", "refs/tags/light", "refs/heads/topic/x");
        assertThat(mirror.resolve("v1")).isEqualTo(new ResolvedRevision(forced, "refs/tags/v1"));
        assertThat(mirror.resolve("refs/tags/v1").sha()).isEqualTo(forced);
        assertThat(mirror.resolve("light").sha()).isEqualTo(forced);
        assertThat(mirror.resolve("topic/x").sha()).isEqualTo(forced);
        assertThat(mirror.resolve("refs/heads/topic/x").sha()).isEqualTo(forced);
        assertThat(mirror.resolve(forced.substring(0, 8)).sha()).isEqualTo(forced);
        assertThat(mirror.resolve(first).sha()).isEqualTo(first);
        assertThat(mirror.resolve(null).sha()).isEqualTo(forced);
    }

    @Test
    void aCommitThatNoBranchHoldsIsFetchedByItsSha() throws Exception {
        commit("main", "f", "one");
        Path clone = cloned();
        git(clone, "checkout", "-q", "--detach");
        Files.writeString(clone.resolve("f"), "pull");
        git(clone, "commit", "-qam", "pull");
        git(clone, "push", "-q", "origin", "HEAD:refs/pull/1/head");
        String pull = git(clone, "rev-parse", "HEAD");
        Mirror mirror = mirrors.mirror(url);
        mirror.heads();
        assertThat(mirror.has(pull)).isFalse();
        assertThat(mirror.resolve(pull).sha()).isEqualTo(pull);
        assertThat(text(mirror, pull, "f")).isEqualTo("pull");
        assertThat(mirror.resolve("refs/pull/1/head")).isEqualTo(new ResolvedRevision(pull, "refs/pull/1/head"));
    }

    @Test
    void saysWhichRevisionIsMissingAndWhatIsNotSupported() {
        commit("main", "f", "one");
        Mirror mirror = mirrors.mirror(url);
        for (String unknown : List.of("nope", "1".repeat(40), "abcdef1", "refs/heads/nope", "a..b", "-x", "refs/x/y")) {
            assertThatThrownBy(() -> mirror.resolve(unknown))
                    .as(unknown)
                    .isInstanceOf(GitException.RevisionNotFound.class)
                    .hasMessageContaining(unknown)
                    .hasMessageContaining(url);
        }
        for (String range : List.of("^1.2", "~1", ">=1.0 <2", "1.2.*", "1.x", "*")) {
            assertThatThrownBy(() -> mirror.resolve(range))
                    .as(range)
                    .isInstanceOf(GitException.NotSupported.class)
                    .hasMessageContaining("not supported yet");
        }
    }

    @Test
    void aNameThatAppearedLaterIsFoundWithoutAPoll() {
        commit("main", "f", "one");
        try (var eager = new RepositoryMirrors(
                vertx,
                temp.resolve("eager"),
                MirrorSettings.defaults().withMissRefresh(Duration.ZERO),
                Credentials.Source.NONE)) {
            Mirror mirror = eager.mirror(url);
            mirror.heads();
            String late = commit("late", "f", "late");
            assertThat(mirror.resolve("late").sha()).isEqualTo(late);
        }
    }

    @Test
    void anEmptyRepositoryHasNoHeadUntilItsFirstCommit() {
        Mirror mirror = mirrors.mirror(url);
        assertThatThrownBy(() -> mirror.resolve("HEAD")).hasMessageContaining("no commits");
        String first = commit("main", "f", "one");
        mirror.fetch(FetchHint.everything());
        assertThat(mirror.resolve("HEAD").sha()).isEqualTo(first);
    }

    @Test
    void withoutVersionTwoTheOrdinaryFetchDoesTheSame() {
        restart(GitServerOptions.defaults().withProtocolV2(false));
        String first = commit("main", "f", "one");
        Mirror mirror = mirrors.mirror(url);
        assertThat(mirror.resolve("HEAD")).isEqualTo(new ResolvedRevision(first, MAIN));
        String second = commit("main", "f", "two");
        assertThat(mirror.fetch(FetchHint.of(MAIN, first, second)))
                .isEqualTo(new Fetched(true, Fetched.Way.JGIT, List.of(new RefMove(MAIN, first, second))));
        assertThat(text(mirror, second, "f")).isEqualTo("two");
    }

    @Test
    void foldersOfThisMachineAreMirroredOnlyWhereAllowed() {
        String first = commit("main", "f", "one");
        String folder = server.directory("config").toUri().toString();
        assertThatThrownBy(() -> mirrors.mirror(folder)).isInstanceOf(GitException.NotSupported.class);
        try (var allowed = new RepositoryMirrors(
                vertx, temp.resolve("files"), MirrorSettings.defaults().withFileUrls(true), Credentials.Source.NONE)) {
            Mirror mirror = allowed.mirror(folder);
            assertThat(mirror.resolve("main").sha()).isEqualTo(first);
            String second = commit("main", "f", "two");
            mirror.fetch(FetchHint.everything());
            assertThat(text(mirror, mirror.resolve("main").sha(), "f")).isEqualTo("two");
            assertThat(second).isEqualTo(mirror.resolve("HEAD").sha());
        }
    }

    @Test
    void callersWhoWaitShareOneExchange() {
        String first = commit("main", "f", "one");
        Mirror mirror = mirrors.mirror(url);
        mirror.heads();
        String second = commit("main", "f", "two");
        GitRequests before = server.requests();
        List<CompletableFuture<Fetched>> asked = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            asked.add(mirror.fetchAsync(FetchHint.of(MAIN, first, second)));
        }
        asked.forEach(CompletableFuture::join);
        assertThat(server.requests().minus(before)).isEqualTo(new GitRequests(0, 1, 1, 0));
        assertThat(mirrors.fetches()).isEqualTo(2);
        assertThat(mirror.resolve("main").sha()).isEqualTo(second);
    }

    @Test
    void credentialsAreSentAndTheirAbsenceIsNamed() {
        restart(GitServerOptions.defaults().withBasicAuth("ann", "s3cret"));
        String first = commit("main", "f", "one");
        assertThatThrownBy(() -> mirrors.mirror(url).heads())
                .isInstanceOf(GitException.AuthenticationFailed.class)
                .hasMessageContaining(url);
        try (var known = new RepositoryMirrors(
                vertx,
                temp.resolve("known"),
                MirrorSettings.defaults(),
                (any, owner) -> Optional.of(new Credentials("ann", "s3cret")))) {
            assertThat(known.mirror(url).resolve("main").sha()).isEqualTo(first);
        }
        try (var wrong = new RepositoryMirrors(
                vertx,
                temp.resolve("wrong"),
                MirrorSettings.defaults(),
                (any, owner) -> Optional.of(new Credentials("ann", "hunter2")))) {
            assertThatThrownBy(() -> wrong.mirror(url).heads())
                    .isInstanceOf(GitException.AuthenticationFailed.class)
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void anAbsentRepositoryAndASilentHostAreTold() throws Exception {
        assertThatThrownBy(() -> mirrors.mirror(url.replace("config", "absent")).heads())
                .isInstanceOf(GitException.RepositoryUnreachable.class)
                .hasMessageContaining("404");
        try (var silent = new java.net.ServerSocket(0);
                var brisk = new RepositoryMirrors(
                        vertx,
                        temp.resolve("brisk"),
                        MirrorSettings.defaults().withFetchTimeout(Duration.ofMillis(400)),
                        Credentials.Source.NONE)) {
            Mirror mirror = brisk.mirror("http://127.0.0.1:" + silent.getLocalPort() + "/x");
            assertThatThrownBy(mirror::heads).isInstanceOf(GitException.RepositoryUnreachable.class);
        }
        assertThatThrownBy(() -> mirrors.mirror("http://127.0.0.1:1/x").heads())
                .isInstanceOf(GitException.RepositoryUnreachable.class);
    }

    @Test
    void aWebPageIsNoGitServerAndARedirectElsewhereIsRefused() {
        var pages = vertx.createHttpServer()
                .requestHandler(request -> {
                    if (request.path().startsWith("/away")) {
                        request.response()
                                .setStatusCode(302)
                                .putHeader("Location", "http://192.0.2.1/away/info/refs?service=git-upload-pack")
                                .end();
                    } else {
                        request.response()
                                .putHeader("Content-Type", "text/html")
                                .end("<h1>secret page</h1>");
                    }
                })
                .listen(0, "127.0.0.1")
                .await();
        String base = "http://127.0.0.1:" + pages.actualPort();
        assertThatThrownBy(() -> mirrors.mirror(base + "/login").heads())
                .isInstanceOf(GitException.NotAGitServer.class)
                .hasMessageNotContaining("secret page");
        try (SecurityLines heard = new SecurityLines()) {
            assertThatThrownBy(() -> mirrors.mirror(base + "/away").heads())
                    .isInstanceOf(GitException.RepositoryUnreachable.class)
                    .hasMessageContaining("192.0.2.1");
            assertThat(heard.of(SecurityEvent.REDIRECT_REFUSED))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line)
                            .startsWith("security=3 CWE=918 ")
                            .contains("repository=\"" + base + "/away\"", "to=\"http://192.0.2.1/away"));
        }
    }

    @Test
    void aDownloadBeyondTheLimitIsRefused() {
        byte[] noise = new byte[200_000];
        new java.util.Random(3).nextBytes(noise);
        server.commit("config", "main", "noise", Map.of("noise", noise));
        try (var small = new RepositoryMirrors(
                vertx,
                temp.resolve("small"),
                MirrorSettings.defaults().withMaxPackBytes(50_000),
                Credentials.Source.NONE)) {
            assertThatThrownBy(() -> small.mirror(url).heads()).isInstanceOf(GitException.TooLarge.class);
        }
    }

    @Test
    void packsAreCombinedInTheBackground() {
        MirrorSettings settings = MirrorSettings.defaults().withMaxPacks(4).withSettleAfter(Duration.ZERO);
        try (var tidy = new RepositoryMirrors(vertx, temp.resolve("tidy"), settings, Credentials.Source.NONE)) {
            Mirror mirror = tidy.mirror(url);
            String sha = commit("main", "f", "0");
            mirror.heads();
            for (int i = 1; i <= 12; i++) {
                String next = commit("main", "f", "" + i);
                mirror.fetch(FetchHint.of(MAIN, sha, next));
                sha = next;
            }
            Awaitility.await().untilAsserted(() -> assertThat(mirror.packs()).isBetween(1, 5));
            assertThat(text(mirror, mirror.resolve("main").sha(), "f")).isEqualTo("12");
        }
    }

    @Test
    void afterARestartOnlyTheDifferenceIsFetched() {
        String first = commit("main", "f", "one");
        mirrors.mirror(url).heads();
        mirrors.close();
        mirrors = new RepositoryMirrors(vertx, temp.resolve("mirrors"));
        GitRequests before = server.requests();
        assertThat(mirrors.mirror(url).resolve("main").sha()).isEqualTo(first);
        assertThat(server.requests().minus(before)).isEqualTo(new GitRequests(1, 1, 0, 0));
    }

    @Test
    void aMirrorThatMayHoldWhatOthersReadIsFetchedAnew() throws Exception {
        String first = commit("main", "f", "one");
        mirrors.mirror(url).heads();
        mirrors.close();
        Path config;
        try (var files = Files.walk(temp.resolve("mirrors"))) {
            config = files.filter(file -> file.endsWith("config")).findFirst().orElseThrow();
        }
        Files.writeString(config, Files.readString(config).replace("layout = 2", ""));

        mirrors = new RepositoryMirrors(vertx, temp.resolve("mirrors"));
        assertThat(mirrors.mirror(url).has(first)).isFalse();
        assertThat(mirrors.mirror(url).resolve("main").sha()).isEqualTo(first);
    }

    @Test
    void aDamagedMirrorIsFetchedAnew() throws Exception {
        String first = commit("main", "f", "one");
        mirrors.mirror(url).heads();
        mirrors.close();
        try (var files = Files.walk(temp.resolve("mirrors"))) {
            for (Path pack : files.filter(f -> f.toString().endsWith(".pack")).toList()) {
                Files.delete(pack);
            }
        }
        mirrors = new RepositoryMirrors(vertx, temp.resolve("mirrors"));
        Mirror mirror = mirrors.mirror(url);
        assertThat(text(mirror, mirror.resolve("main").sha(), "f")).isEqualTo("one");
        assertThat(mirror.resolve(first).sha()).isEqualTo(first);
    }

    @Test
    void addressesThatAreNoneAreRefusedWithoutTheirCredentials() {
        for (String bad : List.of(
                "",
                "-oProxyCommand=x",
                "ext::sh -c x",
                "git://h/x",
                "/tmp/x",
                "amazon-s3://b/x",
                "http://h/\nx",
                "git@github.com:a/b.git",
                "ssh://git@h/x",
                "https://h/x?y=z",
                "file:///tmp/x")) {
            assertThatThrownBy(() -> mirrors.mirror(bad)).as(bad).isInstanceOf(GitException.NotSupported.class);
        }
        assertThatThrownBy(() -> mirrors.mirror("ftp://ann:s3cret@h/x")).hasMessageNotContaining("s3cret");
        assertThat(mirrors.mirror("https://ann:s3cret@EXAMPLE.com:443/x/").url())
                .isEqualTo("https://example.com/x");
        assertThat(URI.create(url).getPath()).isEqualTo("/config.git");
    }
}
