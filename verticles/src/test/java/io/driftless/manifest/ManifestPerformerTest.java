package io.driftless.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ClusterUnreachableException;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationName;
import io.driftless.events.ApplicationSpec;
import io.driftless.manifest.ManifestNews.Rendered;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestPerformerTest {
    private static final String APP = "argocd/shop";

    @TempDir
    Path temp;

    private final Vertx vertx = Vertx.vertx();
    private GitServer server;
    private Consumer<String> listener = subject -> {};
    private RepositoryMirrors mirrors;
    private ManifestPerformer performer;
    private ApplicationDeclared declared;

    @BeforeEach
    void start() {
        server = GitServer.start(vertx, "127.0.0.1", 0, temp.resolve("served"), GitServerOptions.defaults());
        declared = declared(server.create("config").toString());
        mirrors = new RepositoryMirrors(vertx, temp.resolve("mirrors"));
        SealKey key = SealKey.of(new byte[32]);
        performer = new ManifestPerformer(
                mirrors,
                new RemoteStates(
                        new RemoteCommits(mirrors), new WebFiles(vertx, HostRule.PUBLIC, WebFiles.Settings.DEFAULT)),
                new RepositoryIndex(),
                new HeadComparison((subject, news) -> listener.accept(subject)),
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
    void aHeadThatWasOvertakenWhileItsTaskWaitedIsNotRenderedAnyMore() {
        String older = commit("one");
        assertThat(revision(null)).isEqualTo(older);
        String newer = commit("two");
        assertThat(revision(null)).isEqualTo(newer);

        assertThat(revision(older)).as("the news of the older head came late").isEqualTo(newer);
    }

    @Test
    void aRenderThatNamesTheCommitIsMadeAgainForEveryCommitAndNoOtherIs() {
        Map<String, byte[]> files = Map.of(
                "kustomization.yaml", "resources: [a.yaml]".getBytes(StandardCharsets.UTF_8),
                "a.yaml", manifest("one"));
        server.commit("config", "main", "first", files);
        ApplicationDeclared naming = declared(server.url("config").toString(), "$ARGOCD_APP_REVISION");
        ApplicationDeclared plain = declared(server.url("config").toString(), "same");
        Set<String> concerned = new TreeSet<>();
        listener = concerned::add;
        assertThat(annotation("argocd/naming", naming)).isNotEqualTo("same");
        assertThat(annotation("argocd/plain", plain)).isEqualTo("same");

        String next = server.commit(
                "config", "main", "beside", Map.of("README.md", "hello".getBytes(StandardCharsets.UTF_8)));
        performer.perform("argocd/observer", new RenderTask(plain, null, null, "chain", 0));

        assertThat(concerned).containsExactly("argocd/naming");
        assertThat(annotation("argocd/naming", naming)).isEqualTo(next);
    }

    private String annotation(String subject, ApplicationDeclared application) {
        Rendered rendered = (Rendered) performer.perform(subject, new RenderTask(application, null, null, "chain", 0));
        return rendered.resources()
                .getFirst()
                .manifest()
                .at("/metadata/annotations/commit")
                .asText();
    }

    private static byte[] manifest(String value) {
        return ("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {v: " + value + "}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static ApplicationDeclared declared(String url, String annotation) {
        ApplicationDeclared plain = declared(url);
        ObjectNode document = plain.document().deepCopy();
        document.withObject("/source/kustomize")
                .put("commonAnnotationsEnvsubst", true)
                .putObject("commonAnnotations")
                .put("commit", annotation);
        return new ApplicationDeclared(
                plain.application(), "u1", 1, plain.spec(), document, Map.of(), List.of(), false);
    }

    private String revision(@org.jspecify.annotations.Nullable String head) {
        return ((Rendered) performer.perform(APP, new RenderTask(declared, head, null, "chain", 0))).revision();
    }

    private String commit(String value) {
        return server.commit("config", "main", value, Map.of("a.yaml", manifest(value)));
    }

    private static ApplicationDeclared declared(String url) {
        ApplicationSpec spec = new ApplicationSpec(
                "default",
                new ApplicationSpec.Source(url, ".", "main", null, null),
                new ApplicationSpec.Destination("https://kubernetes.default.svc", "", "prod"),
                null,
                List.of(),
                10);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putObject("source").put("repoURL", url).put("path", ".");
        return new ApplicationDeclared(ApplicationName.parse(APP), "u1", 1, spec, document, Map.of(), List.of(), false);
    }
}
