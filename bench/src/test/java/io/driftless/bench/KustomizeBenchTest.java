package io.driftless.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.kustomize.DirectoryTree;
import io.driftless.kustomize.Kustomize;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the figures about rendering are made of.
class KustomizeBenchTest {
    @TempDir
    Path work;

    @Test
    void theTreeOfManyResourcesRendersThatMany() throws IOException {
        KustomizeTrees.Tree tree = KustomizeTrees.resources(work, 30);
        String text = Kustomize.build(
                        new DirectoryTree(work), tree.directories().getFirst())
                .yaml();
        assertThat(text.split("\n---\n")).hasSize(30);
        assertThat(text).contains("name: x-app-9", "image: registry.example.com/app:2.0", "namespace: target");
    }

    @Test
    void eachOverlayHasADirectoryOfItsOwn() throws IOException {
        Map<String, byte[]> files =
                Map.of("apps/myapp/overlays/production/kustomization.yaml", "namePrefix: a\n".getBytes(UTF_8));
        KustomizeTrees.Tree tree = KustomizeTrees.overlays(work, files, 3);
        assertThat(tree.directories())
                .containsExactly("apps/myapp/overlays/e0", "apps/myapp/overlays/e1", "apps/myapp/overlays/e2")
                .allSatisfy(directory -> assertThat(work.resolve(directory).resolve("kustomization.yaml"))
                        .hasContent("namePrefix: a\n"));
    }

    @Test
    void timesOfChildrenAreReadFromTheShell() {
        assertThat(KustomizeBinary.childMillis("0m0.001s 0m0.002s\n1m2.500s 0m0.250s\n"))
                .isEqualTo(62_750);
    }

    @Test
    void aNamedBinaryComesBeforeThoseOfThePath() {
        assertThat(KustomizeBinary.candidates(Map.of("DRIFTLESS_KUSTOMIZE", "/k", "PATH", "/a::/b", "HOME", "/h")))
                .containsExactly(
                        Path.of("/k"),
                        Path.of("/a/kustomize"),
                        Path.of("/b/kustomize"),
                        Path.of("/h/.cache/driftless/tools/kustomize"),
                        Path.of("/h/.cache/driftless/tools/bin/kustomize"));
    }

    @Test
    void aBinaryOfAnotherVersionIsNotComparedWith() throws Exception {
        StringWriter said = new StringWriter();
        Path other = script("echo v1.0.0");
        Map<String, String> environment =
                Map.of("DRIFTLESS_KUSTOMIZE", other.toString(), "PATH", "", "HOME", work.toString());
        assertThat(KustomizeBinary.find("v5.8.1", environment, new Progress(new PrintWriter(said), false)))
                .isNull();
        assertThat(said.toString()).contains(other + " is v1.0.0, not v5.8.1");
        assertThat(KustomizeBinary.find("v1.0.0", environment, new Progress(new PrintWriter(said), false)))
                .isEqualTo(new KustomizeBinary(other));
    }

    @Test
    void theBinaryIsRunOnEachDirectory() throws Exception {
        Path log = work.resolve("log");
        KustomizeBinary binary = new KustomizeBinary(script("echo \"$@\" >>" + log));
        double millis = binary.cpuMillis(new KustomizeTrees.Tree(work, List.of("one", "two")), 2);
        assertThat(millis).isNotNegative();
        assertThat(Files.readAllLines(log)).containsExactly("build one", "build two", "build one", "build two");
    }

    @Test
    void aFigureSaysHowManyTimesCheaperAndLeavesOutWhatIsUnknown() {
        KustomizeSamples samples = new KustomizeSamples(List.of(2.0, 1.0, 4.0), 5, 6, 0.5, 10);
        JsonNode compared =
                new ObjectMapper().valueToTree(KustomizeFigure.of("kustomize-small", samples, 150.0, null, null, 1));
        assertThat(compared.path("cpuMillis").asDouble()).isEqualTo(2);
        assertThat(compared.path("p99Millis").asDouble()).isEqualTo(4);
        assertThat(compared.path("binaryCpuMillis").asDouble()).isEqualTo(150);
        assertThat(compared.path("timesCheaperThanBinary").asDouble()).isEqualTo(75);
        JsonNode alone =
                new ObjectMapper().valueToTree(KustomizeFigure.of("kustomize-small", samples, null, null, null, 1));
        assertThat(alone.has("timesCheaperThanBinary")).isFalse();
        assertThat(alone.has("floorMillis")).isFalse();
    }

    private Path script(String line) throws IOException {
        Path file = Files.writeString(work.resolve("kustomize"), "#!/bin/sh\n" + line + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
