package io.driftless.manifest.git;

import static io.driftless.manifest.git.GitClient.git;

import io.driftless.sandbox.git.GitServer;
import io.driftless.sandbox.git.GitServerOptions;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A Git host with one repository, `config`, and mirrors of it.
abstract class MirrorStand {
    static final String MAIN = "refs/heads/main";
    static final String ZERO = "0".repeat(40);

    @TempDir
    Path temp;

    final Vertx vertx = Vertx.vertx();
    GitServer server;
    RepositoryMirrors mirrors;
    String url;

    @BeforeEach
    void start() {
        serve(GitServerOptions.defaults());
        mirrors = new RepositoryMirrors(vertx, temp.resolve("mirrors"));
    }

    void serve(GitServerOptions options) {
        server = GitServer.start(vertx, "127.0.0.1", 0, temp.resolve("served"), options);
        url = server.create("config").toString();
    }

    void restart(GitServerOptions options) {
        server.close();
        serve(options);
    }

    @AfterEach
    void stop() {
        mirrors.close();
        server.close();
        vertx.close().await();
    }

    String commit(String branch, String file, String text) {
        return server.commit("config", branch, text, Map.of(file, text.getBytes(StandardCharsets.UTF_8)));
    }

    static String text(Mirror mirror, String sha, String path) {
        return new String(mirror.tree(sha).read(path, 1000), StandardCharsets.UTF_8);
    }

    Path cloned() throws Exception {
        Path clone = temp.resolve("clone");
        git(temp, "clone", "-q", url, clone.toString());
        return clone;
    }
}
