package io.driftless.manifest.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftless.sandbox.git.GitServerOptions;
import io.driftless.security.SecurityEvent;
import io.driftless.security.SecurityLines;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MirrorRefusalsTest extends MirrorStand {
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
