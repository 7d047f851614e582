package io.driftless.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ClusterUnreachableException;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationName;
import io.driftless.events.ApplicationSpec;
import io.driftless.events.Condition;
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
import io.driftless.sandbox.git.GitServerOptions;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteBaseTest {
    private static final String APP = "argocd/shop";

    @TempDir
    Path temp;

    private final Vertx vertx = Vertx.vertx();
    private final Set<String> told = new TreeSet<>();
    private GitServer server;
    private RepositoryMirrors mirrors;
    private RemoteStates states;
    private RepositoryIndex index;
    private ManifestPerformer performer;

    @BeforeEach
    void start() {
        server = GitServer.start(vertx, "127.0.0.1", 0, temp.resolve("served"), GitServerOptions.defaults());
        server.create("config");
        server.create("bases");
        mirrors = new RepositoryMirrors(
                vertx,
                temp.resolve("mirrors"),
                MirrorSettings.defaults().withMissRefresh(Duration.ZERO),
                Credentials.Source.NONE);
        states = new RemoteStates(
                new RemoteCommits(mirrors), new WebFiles(vertx, HostRule.PUBLIC, WebFiles.Settings.DEFAULT));
        index = new RepositoryIndex();
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
        mirrors.close();
        server.close();
        vertx.close().await();
    }

    @Test
    void rendersABaseOfAnotherRepositoryAndAgainOnceItMoved() {
        base("one");
        String head = config("resources: ['" + server.url("bases") + "//web?ref=main']");
        assertThat(value(render(null))).isEqualTo("one");
        assertThat(render(head)).as("nothing moved").isInstanceOf(StillValid.class);

        base("two");

        assertThat(value(render(head))).isEqualTo("two");
    }

    @Test
    void tellsTheReadersOfABaseThatItMovedAndNobodyElse() {
        base("one");
        config("resources: ['" + server.url("bases") + "//web']");
        render(null);
        performer.perform(
                "argocd/other", new RenderTask(declared(server.url("bases").toString(), "web"), null, null, "", 0));
        RemoteBaseWatch watch = new RemoteBaseWatch(states, index, (subject, news) -> told.add(subject));
        watch.look();
        assertThat(told).isEmpty();

        base("two");
        watch.look();

        assertThat(told).containsExactly(APP);
        told.clear();
        watch.look();
        assertThat(told).as("it was told already").isEmpty();
    }

    @Test
    void aCommitIsReadEvenWhereTheBranchMovedOn() {
        String first = base("one");
        base("two");
        config("resources: ['" + server.url("bases") + "//web?ref=" + first + "']");

        assertThat(value(render(null))).isEqualTo("one");
    }

    @Test
    void takesABaseFromAnotherRefOfItsOwnRepository() {
        server.commit(
                "config",
                "old",
                "old",
                Map.of("web/kustomization.yaml", text("resources: [a.yaml]"), "web/a.yaml", manifest("old")));
        config("resources: ['" + server.url("config") + "//web?ref=old']");

        assertThat(value(render(null))).isEqualTo("old");
    }

    @Test
    void aHostThatDoesNotAnswerIsAskedAgain() {
        String head = config("resources: ['http://127.0.0.1:1/some/repo.git//web']");

        Refused refused = (Refused) render(null);

        assertThat(refused.mayPass()).isTrue();
        assertThat(refused.conditions().getFirst().message()).contains("http://127.0.0.1:1/some/repo.git");
        assertThat(render(head)).as("not taken for settled").isInstanceOf(Refused.class);
    }

    @Test
    void aRefThatWasMissingIsUsedOnceItAppears() {
        base("one");
        String head = config("resources: ['" + server.url("bases") + "//web?ref=later']");
        Refused refused = (Refused) render(null);
        assertThat(refused.mayPass()).isFalse();
        assertThat(refused.conditions().getFirst().message()).contains("remote base", "'later'");

        server.commit(
                "bases",
                "later",
                "later",
                Map.of("web/kustomization.yaml", text("resources: [a.yaml]"), "web/a.yaml", manifest("now")));

        assertThat(value(render(head))).isEqualTo("now");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file:///etc//x|which this installation does not allow",
                "file:///etc/repo.git//x|which this installation does not allow",
                "ssh://git@host.example/a/b//x|SSH, which is not supported yet",
                "git@host.example:a/b//x|SSH, which is not supported yet",
                "https://user:secret@host.example/a/b//x|credentials in its address, which is not supported yet",
            })
    void refusesWhatIsNoRepositoryForEverybody(String url, String message) {
        config("resources: ['" + url + "']");

        Refused refused = (Refused) render(null);

        assertThat(refused.conditions()).extracting(Condition::message).anyMatch(text -> text.contains(message));
        assertThat(refused.conditions()).extracting(Condition::message).noneMatch(text -> text.contains("secret"));
        assertThat(refused.mayPass()).isFalse();
    }

    @Test
    void refusesMoreRepositoriesThanABuildMayUse() {
        StringBuilder resources = new StringBuilder("resources:\n");
        for (int i = 0; i < 21; i++) {
            String ref = "b" + i;
            Map<String, byte[]> base = Map.of(
                    "web/kustomization.yaml", text("resources: [a.yaml]\nnameSuffix: -" + ref),
                    "web/a.yaml", manifest("v"));
            server.commit("bases", ref, ref, base);
            resources.append("- '" + server.url("bases") + "//web?ref=" + ref + "'\n");
        }
        config(resources.toString());

        Refused refused = (Refused) render(null);

        assertThat(refused.conditions().getFirst().message()).contains("more than 20 remote repositories");
    }

    @Test
    void aBaseThatLeavesItsRepositoryIsRefused() {
        server.commit("bases", "main", "up", Map.of("web/kustomization.yaml", text("resources: [../../etc]")));
        config("resources: ['" + server.url("bases") + "//web']");

        Refused refused = (Refused) render(null);

        assertThat(refused.conditions().getFirst().message()).contains("must be within the repo");
    }

    private ManifestNews render(@Nullable String rendered) {
        ApplicationDeclared declared = declared(server.url("config").toString(), "o");
        return performer.perform(APP, new RenderTask(declared, null, rendered, "", 0));
    }

    private static String value(ManifestNews news) {
        assertThat(news).isInstanceOf(Rendered.class);
        return ((Rendered) news).resources().getFirst().manifest().at("/data/v").asText();
    }

    private String base(String value) {
        return server.commit(
                "bases",
                "main",
                value,
                Map.of("web/kustomization.yaml", text("resources: [a.yaml]"), "web/a.yaml", manifest(value)));
    }

    private String config(String kustomization) {
        return server.commit("config", "main", "config", Map.of("o/kustomization.yaml", text(kustomization)));
    }

    private static byte[] manifest(String value) {
        return text("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {v: " + value + "}}");
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ApplicationDeclared declared(String url, String path) {
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
