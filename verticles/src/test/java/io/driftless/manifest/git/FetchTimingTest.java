package io.driftless.manifest.git;

import static io.driftless.manifest.git.GitClient.git;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.sandbox.git.GitServer;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Prints what one pushed commit costs by the mirror and by the `git` client. Only the results are asserted: times on a
/// shared machine say nothing.
class FetchTimingTest {
    private static final int WARM_UP = 30;
    private static final int ROUNDS = 30;

    @TempDir
    Path temp;

    @Test
    void everyPushedCommitArrivesByBothWays() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (GitServer server = GitServer.start(vertx, "127.0.0.1", 0, temp.resolve("served"));
                RepositoryMirrors mirrors = new RepositoryMirrors(vertx, temp.resolve("mirrors"))) {
            String url = server.create("config").toString();
            Map<String, byte[]> files = new HashMap<>();
            for (int i = 0; i < 200; i++) {
                files.put("apps/app-" + i + "/app.yaml", ("name: app-" + i).getBytes(StandardCharsets.UTF_8));
            }
            String sha = server.commit("config", "main", "all", files);
            git(temp, "clone", "-q", url, "clone");
            Path clone = temp.resolve("clone");
            Mirror mirror = mirrors.mirror(url);
            mirror.heads();
            double[] fast = new double[ROUNDS];
            double[] client = new double[ROUNDS];
            for (int i = -WARM_UP; i < ROUNDS; i++) {
                byte[] text = ("tag: " + i).getBytes(StandardCharsets.UTF_8);
                String next = server.commit("config", "main", "c" + i, Map.of("apps/app-7/app.yaml", text));
                long start = System.nanoTime();
                Fetched fetched = mirror.fetch(FetchHint.of("refs/heads/main", sha, next));
                long fetchedAt = System.nanoTime();
                assertThat(fetched.way()).isEqualTo(Fetched.Way.SPECULATIVE);
                if (i >= 0) {
                    fast[i] = (fetchedAt - start) / 1e6;
                    long clientStart = System.nanoTime();
                    git(clone, "fetch", "-q", "origin", "main");
                    client[i] = (System.nanoTime() - clientStart) / 1e6;
                }
                sha = next;
            }
            assertThat(git(clone, "rev-parse", "FETCH_HEAD")).isEqualTo(sha);
            assertThat(mirror.resolve("main").sha()).isEqualTo(sha);
            Arrays.sort(fast);
            Arrays.sort(client);
            System.out.printf(
                    "one commit, median of %d: mirror %.1f ms (p90 %.1f), git client %.1f ms (p90 %.1f)%n",
                    ROUNDS, fast[ROUNDS / 2], fast[ROUNDS * 9 / 10], client[ROUNDS / 2], client[ROUNDS * 9 / 10]);
        } finally {
            vertx.close().await();
        }
    }
}
