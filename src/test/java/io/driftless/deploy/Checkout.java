package io.driftless.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.objects.yaml.Document;
import io.driftless.objects.yaml.GoYaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Files of the checkout, read as the product reads YAML: a repeated key or a broken document fails the test.
final class Checkout {
    static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    static final String INSTALL = "deploy/install.yaml";

    private Checkout() {}

    static String text(String path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    static List<JsonNode> documents(String path) {
        return GoYaml.read(path, text(path)).stream().map(Document::value).toList();
    }

    static JsonNode document(String path) {
        return GoYaml.readOne(path, text(path));
    }

    static List<JsonNode> ofKind(String path, String kind) {
        return documents(path).stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    static JsonNode named(String path, String kind, String name) {
        return ofKind(path, kind).stream()
                .filter(object -> name(object).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(path + " has no " + kind + " " + name));
    }

    static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    /// The documents of a file beside the tests.
    static List<JsonNode> samples(String name) {
        try (InputStream stream = Checkout.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalArgumentException("there is no " + name + " beside " + Checkout.class);
            }
            return GoYaml.read(name, stream.readAllBytes()).stream()
                    .map(Document::value)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All files below a folder whose name ends so.
    static List<String> below(String folder, String ending) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            return files.map(file -> ROOT.relativize(file).toString())
                    .filter(file -> file.endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
