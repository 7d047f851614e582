package io.driftless.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.manifest.RepositoryInspector.Found;
import io.driftless.manifest.RepositoryInspector.Look;
import io.driftless.manifest.git.CommitInfo.Told;
import io.driftless.manifest.git.GitException;
import io.driftless.manifest.git.RepositoryMirrors;
import io.driftless.manifest.render.Images;
import io.driftless.manifest.render.RenderRequest;
import io.driftless.manifest.render.RenderResult;
import io.driftless.manifest.web.HostRule;
import io.driftless.sandbox.git.GitServer;
import io.driftless.sandbox.git.GitServerOptions;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryInspectorTest {
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec: {template: {spec: {initContainers: [{name: i, image: "init:1"}], containers: [{name: c, image: web}]}}}
            """;

    @TempDir
    Path temp;

    private final Vertx vertx = Vertx.vertx();
    private GitServer server;
    private RepositoryInspector inspector;
    private String url;
    private String commit;

    @BeforeEach
    void start() {
        server = GitServer.start(vertx, "127.0.0.1", 0, temp.resolve("served"), GitServerOptions.defaults());
        url = server.create("config").toString();
        commit = commit(Map.of(
                "plain/web.yaml", DEPLOYMENT,
                "apps/web/kustomization.yaml", "resources: [../../plain/web.yaml]\nimages: [{name: web, newTag: v2}]\n",
                "apps/web2/kustomization.yaml", "resources: [web.yaml]\nimages: [{name: web, newTag: v2}]\n",
                "apps/web2/web.yaml", DEPLOYMENT,
                "charts/db/Chart.yaml", "name: db\n"));
        inspector = RepositoryInspector.alone(
                vertx, new RepositoryMirrors(vertx, temp.resolve("mirrors")), HostRule.PUBLIC);
    }

    @AfterEach
    void stop() throws Exception {
        inspector.close();
        server.close();
        vertx.close().await();
    }

    @Test
    void kustomizationsAndChartsAreFound() {
        assertThat(inspector.applications("", url, "main"))
                .containsExactly(
                        new Found("apps/web", "Kustomize"),
                        new Found("apps/web2", "Kustomize"),
                        new Found("charts/db", "Helm"));
        assertThatThrownBy(() -> inspector.applications("", url, "nowhere"))
                .isInstanceOf(GitException.RevisionNotFound.class);
    }

    @Test
    void aSourceIsToldWithItsTypeAndImages() {
        assertThat(seen("apps/web2")).isEqualTo("Kustomize of [init:1, web:v2]");
        assertThat(seen("plain")).isEqualTo("Directory of [init:1, web]");
        assertThat(refusal("charts/db")).contains("Helm charts are not supported yet");
        assertThat(refusal("nothing")).contains("app path does not exist");
        assertThat(refusal("../x")).contains("leads out of the repository");
    }

    /// The flaw CVE-2022-24730: looking into a source checked its path less than rendering did.
    @Test
    void noSpellingOfAPathLeadsOutOfTheRepository() {
        for (String path : new String[] {
            "..",
            "../..",
            "a/../..",
            "plain/../../x",
            "../served",
            "..\\..",
            "%2e%2e",
            "./.././..",
            "/etc/passwd",
            "//etc",
            "file:///etc",
            "~",
            "plain/../../served/config",
            "....//....//etc",
            "a\0b",
            "nul\u0000/../.."
        }) {
            assertThat(look(path)).as(path).isInstanceOf(RenderResult.Refused.class);
        }
    }

    @Test
    void aCommitIsToldWhole() {
        Told told = inspector.commit("", url, commit);
        assertThat(told.message()).isNotEmpty();
        assertThat(told.author()).matches(".+ <.+>");
        assertThat(told.at()).isPositive();
        assertThat(told.tags()).isEmpty();
        assertThatThrownBy(() -> inspector.commit("", url, "0123456789012345678901234567890123456789"))
                .isInstanceOf(GitException.class);
    }

    private String seen(String path) {
        RenderResult.Rendered rendered = (RenderResult.Rendered) look(path);
        return rendered.sourceType().text() + " of " + Images.of(rendered.manifests());
    }

    private String refusal(String path) {
        return ((RenderResult.Refused) look(path)).conditions().getFirst().message();
    }

    private RenderResult look(String path) {
        ObjectNode source = JsonNodeFactory.instance.objectNode().put("repoURL", url);
        source.put("path", path).put("targetRevision", "main");
        Look look = inspector.look(source, new RenderRequest.Application("app", "default", "default"));
        assertThat(look.revision()).isEqualTo(commit);
        return look.result();
    }

    private String commit(Map<String, String> files) {
        Map<String, byte[]> content = new TreeMap<>();
        files.forEach((path, text) -> content.put(path, text.getBytes(StandardCharsets.UTF_8)));
        return server.commit("config", "main", "Add everything\n\nand more", content);
    }
}
