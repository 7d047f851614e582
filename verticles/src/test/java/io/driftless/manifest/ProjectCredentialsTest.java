package io.driftless.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ClusterUnreachableException;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationName;
import io.driftless.events.ApplicationSpec;
import io.driftless.events.PushEvent.Origin;
import io.driftless.events.PushEvent.RepositoryPushed;
import io.driftless.events.RepositoryUrl;
import io.driftless.manifest.ManifestNews.Answered;
import io.driftless.manifest.ManifestNews.HeadMoved;
import io.driftless.manifest.ManifestNews.Refused;
import io.driftless.manifest.ManifestNews.Rendered;
import io.driftless.manifest.RenderTask.Order;
import io.driftless.manifest.git.Credentials;
import io.driftless.manifest.git.GitException;
import io.driftless.manifest.git.MirrorSettings;
import io.driftless.manifest.git.Opening;
import io.driftless.manifest.git.RepositoryMirrors;
import io.driftless.manifest.web.HostRule;
import io.driftless.manifest.web.WebFiles;
import io.driftless.redact.Redaction;
import io.driftless.redact.Seal;
import io.driftless.redact.SealKey;
import io.driftless.sandbox.git.GitServer;
import io.driftless.sandbox.git.GitServerOptions;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// C08: one repository, and several projects with credentials of their own, or with none.
class ProjectCredentialsTest {
    private static final Credentials BLUE = new Credentials("blue", "b-s3cret");
    private static final Credentials AMBER = new Credentials("amber", "a-s3cret");
    private static final Credentials ALL = new Credentials("all", "c-s3cret");

    @TempDir
    Path temp;

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, Credentials> declared = new ConcurrentHashMap<>();
    private final Map<String, ManifestNews> news = new ConcurrentHashMap<>();
    private final RepositoryIndex index = new RepositoryIndex();
    private GitServer server;
    private String url;
    private RepositoryMirrors mirrors;
    private RepositoryInspector inspector;
    private ManifestPerformer performer;
    private RevisionPerformer revisions;
    private PushIntake intake;

    /// As Secrets declare them: by project, and those of all.
    private final class Declared implements Credentials.Source {
        @Override
        public Optional<Credentials> forRepository(String url, String owner) {
            return Optional.ofNullable(declared.get(owner));
        }

        @Override
        public String owner(String url, String project) {
            return declared.containsKey(project) ? project : declared.containsKey(Opening.ALL) ? Opening.ALL : "";
        }
    }

    @BeforeEach
    void start() {
        GitServerOptions options = GitServerOptions.defaults();
        for (Credentials known : List.of(BLUE, AMBER, ALL)) {
            options = options.withBasicAuth(known.username(), known.password());
        }
        server = GitServer.start(vertx, "127.0.0.1", 0, temp.resolve("served"), options);
        url = server.create("config").toString();
        mirrors = new RepositoryMirrors(vertx, temp.resolve("mirrors"), MirrorSettings.defaults(), new Declared());
        RemoteStates remotes = new RemoteStates(
                new RemoteCommits(mirrors), new WebFiles(vertx, HostRule.PUBLIC, WebFiles.Settings.DEFAULT));
        inspector = RepositoryInspector.sharing(mirrors, remotes);
        SealKey key = SealKey.of(new byte[32]);
        Manifests manifests = new Manifests(new Redaction(key), new Seal(key));
        HeadComparison comparison = new HeadComparison(news::put);
        performer = new ManifestPerformer(
                mirrors, remotes, index, comparison, ProjectCredentialsTest::noCluster, manifests, "argocd");
        revisions = new RevisionPerformer(
                mirrors,
                remotes,
                new RenderTargets(ProjectCredentialsTest::noCluster, "argocd"),
                manifests,
                text -> JsonNodeFactory.instance.arrayNode());
        intake = new PushIntake(mirrors, index, news::put, comparison);
    }

    private static io.driftless.cluster.Cluster noCluster(String server) {
        throw new ClusterUnreachableException(server);
    }

    @AfterEach
    void stop() {
        mirrors.close();
        server.close();
        vertx.close().await();
    }

    @Test
    void eachProjectUsesItsOwnAndNotTheRightOnesOfAnother() {
        declared.put("blue", BLUE);
        declared.put("amber", AMBER);
        String first = commit("one");
        assertThat(revision("blue", null)).isEqualTo(first);
        assertThat(revision("amber", null)).isEqualTo(first);

        declared.put("blue", new Credentials("blue", "wr0ng"));
        String second = commit("two");
        assertThat(revision("amber", null)).isEqualTo(second);
        assertThat(render("blue", null)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.conditions().getFirst().message())
                    .contains("refused the credentials", "those of the Application's project count")
                    .doesNotContain("wr0ng", "s3cret");
            assertThat(refused.mayPass()).as("somebody may mend the Secret").isTrue();
        });

        declared.put("blue", BLUE);
        assertThat(revision("blue", null)).isEqualTo(second);
    }

    @Test
    void whatOneProjectReadIsShownToNoProjectWithoutCredentials() {
        declared.put("blue", BLUE);
        String commit = commit("one");
        assertThat(revision("blue", null)).isEqualTo(commit);

        assertThat(render("green", null)).isInstanceOf(Refused.class);
        assertThat(render("green", commit)).as("even when it knows the commit").isInstanceOf(Refused.class);
        Answered answer = revisions.answer(
                new RenderTask(application("green", url), null, null, "chain", 0),
                new Order("op", commit, null, null, "chain"));
        assertThat(answer.resources()).isEmpty();
        assertThat(answer.refusals()).isNotEmpty();
        assertThatThrownBy(() -> inspector.commit("green", url, commit)).isInstanceOf(GitException.class);
        assertThatThrownBy(() -> inspector.commit("", url, commit)).isInstanceOf(GitException.class);
        assertThatThrownBy(() -> inspector.applications("green", url, "main")).isInstanceOf(GitException.class);
        assertThat(inspector.commit("blue", url, commit).message()).isEqualTo("one");
    }

    @Test
    void credentialsInAnAddressOpenNothingForAnAddressWithoutThem() {
        String commit = commit("one");
        String open = url.replace("://", "://amber:a-s3cret@");
        assertThat(performer.perform("argocd/open", new RenderTask(application("blue", open), null, null, "chain", 0)))
                .isInstanceOf(Rendered.class);

        assertThat(render("blue", null)).isInstanceOf(Refused.class);
        assertThat(render("blue", commit)).isInstanceOf(Refused.class);
        assertThat(new Opening(open, "blue").toString()).doesNotContain("s3cret");
    }

    @Test
    void aProjectsOwnComeFirstThenThoseOfAll() {
        declared.put(Opening.ALL, ALL);
        declared.put("blue", BLUE);
        commit("one");
        revision("blue", null);
        revision("green", null);
        assertThat(index.strayed(mirrors::opening)).isEmpty();

        declared.remove("blue");
        assertThat(index.strayed(mirrors::opening)).containsExactly("argocd/blue");
        String second = commit("two");
        assertThat(revision("blue", null)).isEqualTo(second);
        assertThat(index.strayed(mirrors::opening)).isEmpty();

        declared.put("green", new Credentials("green", "wr0ng"));
        assertThat(index.strayed(mirrors::opening)).containsExactly("argocd/green");
        assertThat(render("green", null)).as("its own are wrong").isInstanceOf(Refused.class);

        declared.remove("green");
        declared.remove(Opening.ALL);
        assertThat(render("green", second))
                .as("those of all are taken away, and what they showed with them")
                .isInstanceOf(Refused.class);
    }

    @Test
    void aPushIsFetchedOnceForEachOpeningAndHeardByAllProjects() {
        declared.put("blue", BLUE);
        declared.put(Opening.ALL, ALL);
        commit("one");
        for (String project : List.of("blue", "green", "amber")) {
            revision(project, null);
        }
        long before = mirrors.fetches();
        String pushed = commit("two");

        intake.pushed(
                new RepositoryPushed(
                        RepositoryUrl.normalise(url), "refs/heads/main", null, pushed, null, Origin.WEBHOOK, "generic"),
                "chain");

        await().until(() -> news.size() == 3);
        assertThat(news.values())
                .allSatisfy(told -> assertThat(told)
                        .isInstanceOfSatisfying(
                                HeadMoved.class,
                                moved -> assertThat(moved.revision()).isEqualTo(pushed)));
        assertThat(mirrors.fetches()).isEqualTo(before + 2);
    }

    private ManifestNews render(String project, @Nullable String head) {
        return performer.perform(
                "argocd/" + project, new RenderTask(application(project, url), head, null, "chain", 0));
    }

    private String revision(String project, @Nullable String head) {
        return ((Rendered) render(project, head)).revision();
    }

    private String commit(String value) {
        byte[] manifest = ("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {v: " + value + "}}")
                .getBytes(StandardCharsets.UTF_8);
        return server.commit("config", "main", value, Map.of("a.yaml", manifest));
    }

    private static ApplicationDeclared application(String project, String url) {
        ApplicationSpec spec = new ApplicationSpec(
                project,
                new ApplicationSpec.Source(url, ".", "main", null, null),
                new ApplicationSpec.Destination("https://kubernetes.default.svc", "", "prod"),
                null,
                List.of(),
                10);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putObject("source").put("repoURL", url).put("path", ".");
        return new ApplicationDeclared(
                ApplicationName.parse("argocd/" + project), "u1", 1, spec, document, Map.of(), List.of(), false);
    }
}
