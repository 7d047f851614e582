package io.driftless.manifest.git;

import static io.driftless.manifest.git.GitClient.git;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTreeTest {
    @TempDir
    Path temp;

    private Path work;
    private final Vertx vertx = Vertx.vertx();
    private RepositoryMirrors mirrors;
    private Mirror mirror;

    @BeforeEach
    void start() throws Exception {
        work = temp.resolve("work");
        git(temp, "init", "-q", "-b", "main", work.toString());
        mirrors = new RepositoryMirrors(
                vertx, temp.resolve("mirrors"), MirrorSettings.defaults().withFileUrls(true), Credentials.Source.NONE);
        mirror = mirrors.mirror(work.resolve(".git").toUri().toString());
        write("apps/web/app.yaml", "web");
        write("apps/web/deep/x.yaml", "x");
        write("apps/api/app.yaml", "api");
        write("common/values.yaml", "v1");
    }

    @AfterEach
    void stop() {
        mirrors.close();
        vertx.close().await();
    }

    private void write(String path, String text) throws Exception {
        Files.createDirectories(work.resolve(path).getParent());
        Files.writeString(work.resolve(path), text);
    }

    private void link(String path, String target) throws Exception {
        Files.createSymbolicLink(work.resolve(path), Path.of(target));
    }

    private SourceTree commit() throws Exception {
        git(work, "add", "-A");
        git(work, "commit", "-qm", "c");
        mirror.fetch(FetchHint.everything());
        return mirror.tree(mirror.resolve("main").sha());
    }

    private static String text(SourceTree tree, String path) {
        return new String(tree.read(path, 1000), StandardCharsets.UTF_8);
    }

    @Test
    void readsListsAndNormalisesPaths() throws Exception {
        SourceTree tree = commit();
        assertThat(text(tree, "apps/web/app.yaml")).isEqualTo("web");
        assertThat(text(tree, "./apps//api/../web/app.yaml")).isEqualTo("web");
        assertThat(tree.entry("apps/web").kind()).isEqualTo(SourceTree.Kind.DIRECTORY);
        assertThat(tree.entry("apps/web/app.yaml").size()).isEqualTo(3);
        assertThat(tree.entry("apps/none/app.yaml")).isNull();
        assertThat(tree.entry("apps/web/app.yaml/below")).isNull();
        assertThat(tree.list("apps/web"))
                .extracting(SourceTree.Entry::path)
                .containsExactly("apps/web/app.yaml", "apps/web/deep");
        assertThat(tree.list("")).extracting(SourceTree.Entry::name).containsExactly("apps", "common");
        assertThat(tree.list("nowhere")).isEmpty();
        assertThatThrownBy(() -> tree.read("apps", 10)).isInstanceOf(GitException.NotAFile.class);
        assertThatThrownBy(() -> tree.read("none", 10)).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> tree.read("apps/web/app.yaml", 2)).isInstanceOf(GitException.TooLarge.class);
    }

    @Test
    void pathsThatLeaveTheRepositoryAreRefused() throws Exception {
        SourceTree tree = commit();
        for (String path : new String[] {"/etc/passwd", "../x", "apps/../../x", "a\\b", "a\u0000b"}) {
            assertThatThrownBy(() -> tree.entry(path)).as(path).isInstanceOf(GitException.PathOutside.class);
        }
    }

    @Test
    void linksAreFollowedInsideAndRefusedOutside() throws Exception {
        link("apps/web/values.yaml", "../../common/values.yaml");
        link("shared", "common");
        link("dangling", "common/none");
        link("out", "../../etc/passwd");
        link("apps/climbs", "../shared/../../x");
        link("absolute", "/etc/passwd");
        link("loop", "pool");
        link("pool", "loop");
        SourceTree tree = commit();
        assertThat(text(tree, "apps/web/values.yaml")).isEqualTo("v1");
        assertThat(text(tree, "shared/values.yaml")).isEqualTo("v1");
        assertThat(tree.list("shared")).extracting(SourceTree.Entry::path).containsExactly("shared/values.yaml");
        assertThat(tree.entry("dangling")).isNull();
        assertThat(tree.lookup("shared/values.yaml").trail()).containsExactly("shared", "common/values.yaml");
        for (String bad : new String[] {"out", "apps/climbs", "absolute", "loop"}) {
            assertThatThrownBy(() -> tree.read(bad, 10)).as(bad).isInstanceOf(GitException.PathOutside.class);
        }
    }

    @Test
    void submodulesAreNamedAsNotSupported() throws Exception {
        commit();
        git(work, "update-index", "--add", "--cacheinfo", "160000," + "1".repeat(40) + ",vendor/lib");
        git(work, "commit", "-qm", "module");
        mirror.fetch(FetchHint.everything());
        SourceTree tree = mirror.tree(mirror.resolve("main").sha());
        assertThatThrownBy(() -> tree.read("vendor/lib", 10)).hasMessageContaining("submodules are not supported yet");
        assertThatThrownBy(() -> tree.read("vendor/lib/x", 10))
                .hasMessageContaining("submodules are not supported yet");
        assertThatThrownBy(() -> tree.list("vendor/lib")).hasMessageContaining("submodules are not supported yet");
    }

    @Test
    void aReadSetChangesOnlyWithWhatWasSeen() throws Exception {
        link("shared", "common");
        RecordingTree seen = new RecordingTree(commit());
        seen.read("apps/web/app.yaml", 100);
        seen.read("shared/values.yaml", 100);
        seen.list("apps/web");
        seen.entry("apps/web/kustomization.yaml");
        seen.entry("apps/web/deep");
        ReadSet set = seen.readSet();
        assertThat(set.paths())
                .containsExactlyInAnyOrder(
                        "apps/web/app.yaml",
                        "shared/values.yaml",
                        "shared",
                        "common/values.yaml",
                        "apps/web",
                        "apps/web/kustomization.yaml",
                        "apps/web/deep");

        write("apps/api/app.yaml", "api 2");
        write("apps/web/deep/x.yaml", "x 2");
        write("common/other.yaml", "o");
        assertThat(set.unchangedIn(commit())).isTrue();

        write("common/values.yaml", "v2");
        assertThat(set.unchangedIn(commit())).isFalse();
        write("common/values.yaml", "v1");
        assertThat(set.unchangedIn(commit())).isTrue();
        write("apps/web/more.yaml", "m");
        assertThat(set.unchangedIn(commit())).isFalse();
        Files.delete(work.resolve("apps/web/more.yaml"));
        write("apps/web/kustomization.yaml", "k");
        assertThat(set.unchangedIn(commit())).isFalse();
        Files.delete(work.resolve("apps/web/kustomization.yaml"));
        Files.delete(work.resolve("shared"));
        link("shared", "apps");
        assertThat(set.unchangedIn(commit())).isFalse();
    }

    @Test
    void changedPathsNameFilesAndTheirDirectories() throws Exception {
        link("shared", "common");
        String before = commit().revision();
        write("apps/web/deep/new.yaml", "n");
        Files.delete(work.resolve("apps/api/app.yaml"));
        Files.delete(work.resolve("shared"));
        write("shared/values.yaml", "own");
        String after = commit().revision();
        assertThat(TreeDiff.changedPaths(mirror, before, after))
                .containsExactlyInAnyOrder(
                        "",
                        "apps",
                        "apps/web",
                        "apps/web/deep",
                        "apps/web/deep/new.yaml",
                        "apps/api",
                        "apps/api/app.yaml",
                        "shared",
                        "shared/values.yaml");
        assertThat(TreeDiff.changedPaths(mirror, after, after)).isEmpty();
        assertThatThrownBy(() -> TreeDiff.changedPaths(mirror, "1".repeat(40), after))
                .isInstanceOf(GitException.RevisionNotFound.class);
    }
}
