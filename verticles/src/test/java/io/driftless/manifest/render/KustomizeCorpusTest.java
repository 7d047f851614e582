package io.driftless.manifest.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.yaml.Document;
import io.driftless.objects.yaml.GoYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The public test cases of Kustomize that lie beside the checkout on some machines; skipped where they do not. A case
/// either gives the
/// expected objects or is refused for a field that we say is not supported yet.
class KustomizeCorpusTest {
    private static final Path CORPUS = corpus();
    private static final ObjectMapper JSON = new ObjectMapper();

    /// `shared/corpus` beside the checkout or further up.
    private static Path corpus() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder.getParent() != null && !Files.isDirectory(folder.resolve("shared/corpus/kustomize"))) {
            folder = folder.getParent();
        }
        return folder.resolve("shared/corpus/kustomize");
    }

    @Test
    void agreesWithKustomizeWhereItDoesNotSayNotSupportedYet() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(CORPUS), "the corpus of Kustomize cases is not on this machine");
        List<String> equal = new ArrayList<>();
        List<String> notYet = new ArrayList<>();
        List<String> different = new ArrayList<>();
        List<Path> cases;
        try (var listed = Files.list(CORPUS)) {
            cases = listed.sorted().toList();
        }
        for (Path folder : cases) {
            JsonNode description = JSON.readTree(folder.resolve("case.json").toFile());
            if (!description.path("usable").asBoolean() || hasOtherFlags(description)) {
                continue;
            }
            String name = folder.getFileName().toString();
            switch (RenderKustomize.of(folder, description)) {
                case RenderResult.Refused refused
                when refused.conditions().getFirst().message().matches(".*(not supported yet|has no apiVersion).*") ->
                    notYet.add(name);
                case RenderResult.Refused refused -> {
                    if (description.path("kind").asText().equals("error")) {
                        equal.add(name);
                    } else {
                        different.add(name + ": " + refused.conditions());
                    }
                }
                case RenderResult.Rendered rendered -> {
                    boolean same = description.path("kind").asText().equals("ok")
                            && sorted(expected(folder)).equals(sorted(objects(rendered)));
                    (same ? equal : different).add(name);
                }
            }
        }
        assertThat(different).isEmpty();
        assertThat(equal).hasSizeGreaterThan(50);
    }

    /// Argo CD calls Kustomize without flags; the order of the output is no matter of ours.
    private static boolean hasOtherFlags(JsonNode description) {
        return description
                .path("flags")
                .valueStream()
                .anyMatch(flag -> !Set.of("--reorder", "none").contains(flag.asText()));
    }

    private static final class RenderKustomize {
        static RenderResult of(Path folder, JsonNode description) {
            ObjectNode source =
                    JSON.createObjectNode().put("path", description.path("dir").asText());
            source.putObject("kustomize");
            return Renderer.render(FolderFiles.read(folder.resolve("input")), RenderRequest.of(source));
        }
    }

    private static List<JsonNode> objects(RenderResult.Rendered rendered) {
        return rendered.manifests().stream().<JsonNode>map(Manifest::object).toList();
    }

    private static List<JsonNode> expected(Path folder) throws IOException {
        return GoYaml.read("expected.yaml", Files.readAllBytes(folder.resolve("expected.yaml"))).stream()
                .map(Document::value)
                .toList();
    }

    /// By identity: the order of a build is no matter of ours. Line breaks in base64 mean nothing.
    private static TreeMap<String, JsonNode> sorted(List<JsonNode> objects) {
        TreeMap<String, JsonNode> byId = new TreeMap<>();
        for (JsonNode object : objects) {
            for (String field : List.of("data", "binaryData")) {
                boolean base64 = field.equals("binaryData")
                        || object.path("kind").asText().equals("Secret");
                if (base64 && object.get(field) instanceof ObjectNode data) {
                    data.properties()
                            .forEach(pair -> data.put(
                                    pair.getKey(), pair.getValue().asText().replace("\n", "")));
                }
            }
            JsonNode metadata = object.path("metadata");
            byId.put(
                    object.path("apiVersion").asText()
                            + object.path("kind")
                            + metadata.path("namespace")
                            + metadata.path("name"),
                    object);
        }
        return byId;
    }
}
