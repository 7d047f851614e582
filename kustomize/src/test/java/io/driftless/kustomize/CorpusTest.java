package io.driftless.kustomize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.kustomize.KustomizeOptions.Order;
import io.driftless.kustomize.node.JacksonNodes;
import io.driftless.kustomize.node.Limits;
import io.driftless.kustomize.node.NodeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Builds the cases of the reference's own tests that lie beside the checkout.
class CorpusTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> buildsWhatTheReferenceBuilds() throws IOException {
        Path corpus = SharedCorpus.find();
        if (corpus == null) {
            return Stream.of(DynamicTest.dynamicTest(
                    "corpus/kustomize is not beside this checkout",
                    () -> Assumptions.abort("../shared/corpus/kustomize is absent")));
        }
        try (Stream<Path> cases = Files.list(corpus)) {
            return cases
                    .filter(Files::isDirectory)
                    .sorted()
                    .map(one -> DynamicTest.dynamicTest(one.getFileName().toString(), () -> check(one)))
                    .toList()
                    .stream();
        }
    }

    private static void check(Path one) throws IOException {
        JsonNode about = JSON.readTree(one.resolve("case.json").toFile());
        Assumptions.assumeTrue(about.path("usable").asBoolean(), "the case is marked as not usable");
        FileTree tree = new DirectoryTree(one.resolve("input"));
        if (about.path("kind").asText().equals("ok")) {
            Built built = Kustomize.build(tree, about.path("dir").asText(), options(about));
            List<JsonNode> expected = parse(Files.readString(one.resolve("expected.yaml")));
            assertThat(built.objects()).isEqualTo(expected);
            assertThat(parse(built.yaml())).isEqualTo(expected);
            return;
        }
        String said;
        try {
            said = Kustomize.build(tree, about.path("dir").asText(), options(about))
                    .yaml();
            fail("the build succeeded:\n" + said);
        } catch (KustomizeException failure) {
            said = squeezed(failure.getMessage().replace(tree.display("") + "/", "/"));
        }
        for (JsonNode phrase : about.path("error")) {
            if (!phrase.path("mode").asText().equals("any")) {
                assertThat(said).contains(squeezed(phrase.path("text").asText()));
            }
        }
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static KustomizeOptions options(JsonNode about) {
        List<String> flags = new ArrayList<>();
        about.path("flags").forEach(flag -> flags.add(flag.asText()));
        int order = flags.indexOf("--reorder");
        return KustomizeOptions.DEFAULT
                .withOrder(order >= 0 && flags.get(order + 1).equals("none") ? Order.NONE : Order.LEGACY)
                .withManagedBy(flags.contains("--enable-managedby-label"))
                .withAnyFile(flags.contains("LoadRestrictionsNone"));
    }

    private static List<JsonNode> parse(String yaml) {
        List<JsonNode> documents = new ArrayList<>();
        NodeReader.all(yaml.replace("kustomize-(test)", "kustomize-v5.8.1"), Limits.DEFAULT)
                .forEach(node -> documents.add(JacksonNodes.of(node)));
        return documents;
    }
}
