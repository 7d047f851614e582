package io.driftless.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ClusterUnreachableException;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationName;
import io.driftless.events.ApplicationSpec;
import io.driftless.manifest.ManifestNews.Refused;
import io.driftless.manifest.ManifestNews.Rendered;
import io.driftless.manifest.ManifestNews.StillValid;
import io.driftless.manifest.git.Credentials;
import io.driftless.manifest.git.MirrorSettings;
import io.driftless.manifest.git.RepositoryMirrors;
import io.driftless.manifest.web.HostRule;
import io.driftless.manifest.web.WebFiles;
import io.driftless.redact.Redaction;
import io.driftless.redact.Seal;
import io.driftless.redact.SealKey;
import io.driftless.sandbox.git.GitServer;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteFileTest {
    private static final String APP = "argocd/shop";

    @TempDir
    Path temp;

    private final Vertx vertx = Vertx.vertx();
    private final WebServer web = new WebServer();
    private final Set<String> told = new TreeSet<>();
    private GitServer server;
    private RepositoryMirrors mirrors;
    private WebFiles files;
    private RemoteBaseWatch watch;
    private ManifestPerformer performer;

    @BeforeEach
    void start() {
        server = GitServer.start(vertx, "127.0.0.1", 0, temp.resolve("served"));
        server.create("config");
        mirrors = new RepositoryMirrors(
                vertx,
                temp.resolve("mirrors"),
                MirrorSettings.defaults().withMissRefresh(Duration.ZERO),
                Credentials.Source.NONE);
        serve(new HostRule(Set.of("127.0.0.1:" + web.port())));
    }

    private void serve(HostRule hosts) {
        files = new WebFiles(vertx, hosts, WebFiles.Settings.DEFAULT.withFreshFor(Duration.ZERO));
        RemoteStates states = new RemoteStates(new RemoteCommits(mirrors), files);
        RepositoryIndex index = new RepositoryIndex();
        watch = new RemoteBaseWatch(states, index, (subject, news) -> told.add(subject));
        SealKey key = SealKey.of(new byte[32]);
        performer = new ManifestPerformer(
                mirrors,
                states,
                index,
                new HeadComparison((subject, news) -> {}),
                server -> {
                    throw new ClusterUnreachableException(server);
                },
                new Manifests(new Redaction(key), new Seal(key)),
                "argocd");
    }

    @AfterEach
    void stop() {
        files.close();
        mirrors.close();
        server.close();
        web.close();
        vertx.close().await();
    }

    @Test
    void rendersAFileAndAgainOnceItChanged() {
        web.file("/a.yaml", "\"1\"", map("one"));
        String head = config("resources: ['" + web.url("/a.yaml") + "']");
        assertThat(value(render(null))).isEqualTo("one");
        assertThat(render(head)).as("nothing changed").isInstanceOf(StillValid.class);

        web.file("/a.yaml", "\"2\"", map("two"));

        assertThat(value(render(head))).isEqualTo("two");
        assertThat(web.answers()).containsExactly("/a.yaml 200", "/a.yaml 304", "/a.yaml 200", "/a.yaml 304");
    }

    @Test
    void tellsTheReadersOfAFileThatItChangedAndNobodyElse() {
        web.file("/a.yaml", "\"1\"", map("one"));
        web.file("/b.yaml", "\"1\"", map("one"));
        config("resources: ['" + web.url("/a.yaml") + "']");
        server.commit(
                "config",
                "main",
                "other",
                Map.of("other/kustomization.yaml", text("resources: ['" + web.url("/b.yaml") + "']")));
        render(null);
        performer.perform("argocd/other", new RenderTask(declared("other"), null, null, "", 0));
        watch.look();
        assertThat(told).isEmpty();

        web.file("/a.yaml", "\"2\"", map("two"));
        watch.look();

        assertThat(told).containsExactly(APP);
        told.clear();
        watch.look();
        assertThat(told).as("it was told already").isEmpty();
    }

    @Test
    void generatorsAndPatchesReadFilesToo() {
        web.file("/app.properties", "\"1\"", "from: web");
        web.file("/patch.json", "\"1\"", "[{\"op\": \"add\", \"path\": \"/data/p\", \"value\": \"patched\"}]");
        config("configMapGenerator: [{name: c, files: ['v=" + web.url("/app.properties") + "']}]\n"
                + "patches: [{path: '" + web.url("/patch.json") + "', target: {kind: ConfigMap}}]");

        Rendered rendered = (Rendered) render(null);

        assertThat(rendered.resources().getFirst().manifest().path("data"))
                .hasToString("{\"p\":\"patched\",\"v\":\"from: web\"}");
    }

    @Test
    void aFileThatIsMissingIsUsedOnceItAppears() {
        String head = config("resources: ['" + web.url("/a.yaml") + "']");
        Refused refused = (Refused) render(null);
        assertThat(refused.mayPass()).isFalse();
        assertThat(message(refused)).contains(web.url("/a.yaml"), "HTTP 404", "check the address");
        watch.look();
        assertThat(told).isEmpty();

        web.file("/a.yaml", "", map("now"));
        watch.look();

        assertThat(told).containsExactly(APP);
        assertThat(value(render(head))).isEqualTo("now");
    }

    @Test
    void aServerInTroubleIsAskedAgainAndPollsDoNotFailARender() {
        web.file("/a.yaml", "", map("one"));
        String head = config("resources: ['" + web.url("/a.yaml") + "']");
        render(null);
        web.fail("/a.yaml", 503);

        watch.look();
        assertThat(told).as("nothing is known to have changed").isEmpty();
        Refused refused = (Refused) render(head);

        assertThat(refused.mayPass()).isTrue();
        assertThat(message(refused)).contains(web.url("/a.yaml"), "HTTP 503");
    }

    @Test
    void aPrivateHostIsNotAskedUnlessItIsAllowed() {
        web.file("/a.yaml", "", map("one"));
        config("resources: ['" + web.url("/a.yaml") + "']");
        files.close();
        serve(HostRule.PUBLIC);

        Refused refused = (Refused) render(null);

        assertThat(refused.mayPass()).isFalse();
        assertThat(message(refused)).contains(web.url("/a.yaml"), "not a public one", "--private-file-hosts");
        assertThat(web.answers()).isEmpty();
    }

    @Test
    void anAddressOfARepositoryIsNotAskedForAFile() {
        server.create("bases");
        server.commit(
                "bases",
                "main",
                "one",
                Map.of("kustomization.yaml", text("resources: [a.yaml]"), "a.yaml", text(map("git"))));
        config("resources: ['" + server.url("bases") + "?ref=main']");

        assertThat(value(render(null))).isEqualTo("git");
        assertThat(files.requests()).isZero();
    }

    @Test
    void whatAnAddressAnswersAsAFileDoesNotMatterOnceItIsARepository() {
        server.create("bases");
        server.commit(
                "bases",
                "main",
                "one",
                Map.of("kustomization.yaml", text("resources: [a.yaml]"), "a.yaml", text(map("git"))));
        String base = "http://127.0.0.1:" + web.port() + "/org/bases";
        web.file("/org/bases", "\"1\"", "<html>one</html>");
        for (String path : List.of("/info/refs", "/git-upload-pack")) {
            web.forward("/org/bases" + path, server.url("bases") + path);
        }
        String head = config("resources: ['" + base + "?ref=main']");
        assertThat(value(render(null))).isEqualTo("git");

        web.file("/org/bases", "\"2\"", "<html>two</html>");

        assertThat(render(head)).isInstanceOf(StillValid.class);
    }

    @Test
    void aFileThatIsNoManifestIsNotTakenForARepository() {
        web.file("/org/repo/a.yaml", "", "<html>: not\n- yaml");
        config("resources: ['" + web.url("/org/repo/a.yaml") + "']");

        Refused refused = (Refused) render(null);

        assertThat(refused.mayPass()).isFalse();
        assertThat(message(refused)).contains(web.url("/org/repo/a.yaml"));
        assertThat(web.answers()).containsExactly("/org/repo/a.yaml 200");
    }

    @Test
    void refusesMoreFilesThanABuildMayRead() {
        StringBuilder resources = new StringBuilder("resources:\n");
        for (int i = 0; i < 101; i++) {
            web.file("/" + i + ".yaml", "", map("one").replace("name: a", "name: a" + i));
            resources.append("- '" + web.url("/" + i + ".yaml") + "'\n");
        }
        config(resources.toString());

        assertThat(message((Refused) render(null))).contains("more than 100 files of web servers");
    }

    private static String message(Refused refused) {
        return refused.conditions().getFirst().message();
    }

    private ManifestNews render(@Nullable String rendered) {
        return performer.perform(APP, new RenderTask(declared("o"), null, rendered, "", 0));
    }

    private static String value(ManifestNews news) {
        assertThat(news).isInstanceOf(Rendered.class);
        return ((Rendered) news).resources().getFirst().manifest().at("/data/v").asText();
    }

    private String config(String kustomization) {
        return server.commit("config", "main", "config", Map.of("o/kustomization.yaml", text(kustomization)));
    }

    private static String map(String value) {
        return "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {v: " + value + "}}";
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private ApplicationDeclared declared(String path) {
        String url = server.url("config").toString();
        ApplicationSpec spec = new ApplicationSpec(
                "default",
                new ApplicationSpec.Source(url, path, "main", null, null),
                new ApplicationSpec.Destination("https://kubernetes.default.svc", "", "prod"),
                null,
                List.of(),
                10);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putObject("source").put("repoURL", url).put("path", path);
        return new ApplicationDeclared(ApplicationName.parse(APP), "u1", 1, spec, document, Map.of(), List.of(), false);
    }
}
