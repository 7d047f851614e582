package io.driftless.manifest.git;

import static io.driftless.manifest.git.GitClient.git;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftless.sandbox.git.GitRequests;
import io.driftless.sandbox.git.GitServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MirrorTest extends MirrorStand {
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
}
