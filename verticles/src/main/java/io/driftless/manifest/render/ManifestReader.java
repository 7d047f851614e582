package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.yaml.Document;
import io.driftless.objects.yaml.GoYaml;
import io.driftless.objects.yaml.InvalidYaml;
import io.driftless.objects.yaml.YamlOptions;
import java.util.ArrayList;
import java.util.List;

/// Reads the objects of one file: empty documents left out, lists replaced by their items.
final class ManifestReader {
    private ManifestReader() {}

    static List<Manifest> read(String file, byte[] content, YamlOptions options) {
        List<Manifest> manifests = new ArrayList<>();
        for (Document document : documents(file, content, options)) {
            add(document.value(), file, document.line(), manifests);
        }
        return manifests;
    }

    static List<Document> documents(String file, byte[] content, YamlOptions options) {
        try {
            return GoYaml.read(file, content, options);
        } catch (InvalidYaml invalid) {
            throw new RefusedRender(String.valueOf(invalid.getMessage()));
        }
    }

    private static void add(JsonNode value, String file, int line, List<Manifest> into) {
        if (!(value instanceof ObjectNode object)) {
            throw RefusedRender.at(
                    file,
                    line,
                    "a manifest must be a map with apiVersion, kind and metadata; this is a "
                            + value.getNodeType().name().toLowerCase(java.util.Locale.ROOT));
        }
        if (object.isEmpty()) {
            return;
        }
        if (isList(object)) {
            for (JsonNode item : object.path("items")) {
                add(item, file, line, into);
            }
            return;
        }
        into.add(new Manifest(object, file, line));
    }

    /// `List` and kinds such as `ConfigMapList`, which no cluster stores.
    private static boolean isList(ObjectNode object) {
        return object.path("kind").asText().endsWith("List")
                && object.path("items").isArray();
    }
}
