package io.driftless.manifest.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.driftless.objects.yaml.Document;
import io.driftless.objects.yaml.GoYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The repository of the demo. The golden files are what `kustomize build` 5.8.1 prints for it.
class TutorialTreeTest {
    private static final Path TREE = Path.of("../deploy/demo/gitops-config");
    private static final SourceFiles FILES = FolderFiles.read(TREE);

    @ParameterizedTest
    @CsvSource({
        "apps/myapp/overlays/dev, out-dev.yaml",
        "apps/myapp/overlays/staging, out-staging.yaml",
        "apps/myapp/overlays/production, out-production.yaml",
        "apps/worker, out-worker.yaml"
    })
    void rendersAnOverlayAsKustomizeDoes(String path, String golden) throws IOException {
        List<JsonNode> expected =
                GoYaml.read(golden, Files.readAllBytes(Path.of("src/test/resources/render", golden))).stream()
                        .map(Document::value)
                        .toList();

        assertThat(objects(path)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void holdsAChildApplicationForEachOverlay() {
        assertThat(objects("apps/children"))
                .extracting(child -> child.at("/spec/source/path").asText())
                .allMatch(path -> Files.isDirectory(TREE.resolve(path)))
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "apps/api-gateway, 3",
        "infrastructure/namespaces, 2",
        "infrastructure/network, 1",
        "infrastructure/monitoring, 1"
    })
    void rendersPlainDirectories(String path, int objects) {
        assertThat(objects(path)).hasSize(objects);
    }

    private static List<JsonNode> objects(String path) {
        RenderResult result = Renderer.render(
                FILES,
                RemoteSources.NONE,
                RenderRequest.of(
                        JsonNodeFactory.instance.objectNode().put("path", path),
                        new RenderRequest.Application("a", "b", "default")));
        assertThat(result).isInstanceOf(RenderResult.Rendered.class);
        return ((RenderResult.Rendered) result)
                .manifests().stream().<JsonNode>map(Manifest::object).toList();
    }
}
