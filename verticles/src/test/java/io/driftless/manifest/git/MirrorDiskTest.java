package io.driftless.manifest.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.sandbox.git.GitRequests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class MirrorDiskTest extends MirrorStand {
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
}
