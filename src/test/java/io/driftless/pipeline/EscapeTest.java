package io.driftless.pipeline;

import static io.driftless.pipeline.Stand.configMap;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.driftless.events.GroupKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Content of a repository that points out of it. Outside lies a manifest that would be deployed if anything followed.
@ExtendWith(SharedStand.class)
class EscapeTest {
    private static final String MARK = "outside-of-every-repository";

    @TempDir
    Path outside;

    private Stand stand;
    private Path file;

    @BeforeEach
    void on(Stand shared) throws IOException {
        stand = shared;
        file = Files.writeString(outside.resolve("escaped.yaml"), configMap("escaped", MARK));
    }

    @AfterEach
    void nothingFromOutsideIsAnywhere() {
        assertThat(stand.cluster().list(GroupKind.parse("/ConfigMap"), "", "").toString())
                .doesNotContain(MARK);
        assertThat(stand.records().all()).noneMatch(record -> new String(record.data(), UTF_8).contains(MARK));
        assertThat(stand.web().get("/api/v1/applications").text()).doesNotContain(MARK);
    }

    @Test
    void symbolicLinksToFilesAndFoldersAreNotFollowed() throws IOException {
        io.driftless.pipeline.Repository repository = stand.repository("links");
        link(
                "links",
                Map.of("escaped.yaml", file.toString(), "folder", outside.toString(), "up.yaml", "../../up.yaml"));
        Logger security = (Logger) LoggerFactory.getLogger("io.driftless.security");
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        heard.start();
        security.addAppender(heard);
        try {
            stand.declare(Declaration.automated(repository));

            assertThat(stand.awaitCondition("links", "ComparisonError", "link")).isNotEmpty();
            assertThat(List.copyOf(heard.list))
                    .anySatisfy(event -> assertThat(event.getFormattedMessage())
                            .startsWith("security=3 CWE=22 event=path-outside")
                            .contains("application=\"" + stand.namespace() + "/links\"", "path=\"escaped.yaml\""));
        } finally {
            security.detachAppender(heard);
        }
    }

    @Test
    void aLinkAsThePathOfTheSourceIsNotFollowed() throws IOException {
        io.driftless.pipeline.Repository repository = stand.repository("link-path");
        link("link-path", Map.of("folder", outside.toString()));
        stand.declare(Declaration.automated(repository).withPath("folder"));

        assertThat(stand.awaitCondition("link-path", "ComparisonError", "folder"))
                .isNotEmpty();
    }

    @Test
    void aSourcePathCannotLeaveTheRepository() {
        int number = 0;
        for (String path : new String[] {"../..", outside.toString(), "a/../../b", "..", "~", "a\\\\..\\\\..\\\\b"}) {
            String name = "path-" + number++;
            io.driftless.pipeline.Repository repository = stand.repository(name);
            repository.push("map.yaml", configMap("settings", "1"));
            stand.declare(Declaration.automated(repository).withPath(path));

            Outcomes.awaitThat(
                    path + " is refused",
                    () -> !stand.condition(name, "ComparisonError").isEmpty()
                            || !stand.condition(name, "InvalidSpecError").isEmpty(),
                    () -> stand.status(name));
            assertThat(stand.value(name, "settings")).isEmpty();
        }
    }

    @Test
    void aKustomizationCannotNameFilesOutside() {
        int number = 0;
        for (String entry : new String[] {
            "resources: [" + file + "]",
            "resources: [../../../../../../../../.." + file + "]",
            "resources: [file://" + file + "]",
            "configMapGenerator: [{name: taken, files: [" + file + "]}]",
            "configMapGenerator: [{name: taken, files: [../../../../../.." + file + "]}]",
            "secretGenerator: [{name: taken, envs: [" + file + "]}]",
            "patches: [{path: " + file + "}]",
            "components: [" + outside + "]"
        }) {
            String name = "kustomization-" + number++;
            io.driftless.pipeline.Repository repository = stand.repository(name);
            repository.push(Map.of("kustomization.yaml", entry + "\n", "x/y/z.yaml", configMap("inside", "1")));
            stand.declare(Declaration.automated(repository));

            assertThat(stand.awaitCondition(name, "ComparisonError", "kustomization.yaml"))
                    .as(entry)
                    .isNotEmpty();
        }
    }

    @Test
    void aTreeWhoseEntriesAreNamedDotDotOrDotGitWritesNowhere() throws IOException {
        io.driftless.pipeline.Repository repository = stand.repository("hostile-tree");
        repository.push("map.yaml", configMap("settings", "1"));
        stand.declare(Declaration.automated(repository));
        stand.awaitSynced("hostile-tree", repository.head());

        try (Repository bare = bare("hostile-tree");
                ObjectInserter inserter = bare.newObjectInserter()) {
            ObjectId blob = inserter.insert(
                    Constants.OBJ_BLOB, configMap("escaped", "x").getBytes(UTF_8));
            TreeFormatter inner = new TreeFormatter();
            inner.append("escaped.yaml", FileMode.REGULAR_FILE, blob);
            ObjectId folder = inserter.insert(inner);
            TreeFormatter tree = new TreeFormatter();
            tree.append("..", FileMode.TREE, folder);
            tree.append(".git", FileMode.TREE, folder);
            commit(bare, inserter, inserter.insert(tree));
        }
        String after = repository.head();
        assertThat(stand.web()
                        .push(repository, null, after == null ? "" : after)
                        .code())
                .isEqualTo(200);

        Outcomes.awaitThat(
                "the tree was looked at",
                () -> stand.status("hostile-tree").has("conditions"),
                () -> stand.status("hostile-tree"));
        assertThat(stand.value("hostile-tree", "settings")).isEqualTo("1");
        try (Stream<Path> files = Files.walk(stand.data())) {
            assertThat(files.filter(path -> path.endsWith("escaped.yaml"))).isEmpty();
        }
        String mended = repository.push("map.yaml", configMap("settings", "2"));
        stand.awaitSynced("hostile-tree", mended);
    }

    /// Commits symbolic links: name → target.
    private void link(String name, Map<String, String> links) throws IOException {
        try (Repository bare = bare(name);
                ObjectInserter inserter = bare.newObjectInserter()) {
            TreeFormatter tree = new TreeFormatter();
            for (Map.Entry<String, String> link : new java.util.TreeMap<>(links).entrySet()) {
                ObjectId target =
                        inserter.insert(Constants.OBJ_BLOB, link.getValue().getBytes(UTF_8));
                tree.append(link.getKey(), FileMode.SYMLINK, target);
            }
            commit(bare, inserter, inserter.insert(tree));
        }
    }

    private static void commit(Repository bare, ObjectInserter inserter, ObjectId tree) throws IOException {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        ObjectId head = bare.resolve("refs/heads/main");
        if (head != null) {
            commit.setParentId(head);
        }
        PersonIdent author = new PersonIdent("Mallory", "mallory@example.com");
        commit.setAuthor(author);
        commit.setCommitter(author);
        commit.setMessage("Point elsewhere");
        ObjectId id = inserter.insert(commit);
        inserter.flush();
        RefUpdate update = bare.updateRef("refs/heads/main");
        update.setNewObjectId(id);
        assertThat(update.update()).isIn(RefUpdate.Result.NEW, RefUpdate.Result.FAST_FORWARD);
    }

    private Repository bare(String name) throws IOException {
        return new FileRepositoryBuilder()
                .setGitDir(stand.git().directory(name).toFile())
                .setBare()
                .build();
    }
}
