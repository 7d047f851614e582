package io.driftless.manifest.git;

import static io.driftless.manifest.git.GitClient.git;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MirrorRevisionsTest extends MirrorStand {
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
}
