package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.yaml.Document;
import io.driftless.objects.yaml.YamlOptions;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// The kustomization file of an Application's directory with the Application's own options put in. Nothing is written:
/// the changed text stands in for the file while the build runs.
final class RootKustomization {
    static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    private RootKustomization() {}

    /// The path of the file; where there is none or more than one, the build itself says so.
    static String path(BoundedFiles files, String root) {
        return NAMES.stream()
                .map(name -> RepositoryPath.child(root, name))
                .filter(files::isFile)
                .findFirst()
                .orElse(RepositoryPath.child(root, NAMES.getFirst()));
    }

    /// What stands in for the file: nothing where the Application has no options.
    static Map<String, byte[]> replaced(BoundedFiles files, String root, JsonNode options) {
        String path = path(files, root);
        if (options.isEmpty() || !files.isFile(path)) {
            return Map.of();
        }
        byte[] content = files.read(files.entry(path).orElseThrow());
        List<Document> documents = ManifestReader.documents(path, content, YamlOptions.STRICT.lenient());
        if (documents.size() > 1
                || (documents.size() == 1 && !documents.getFirst().value().isObject())) {
            throw new RefusedRender(path + ": a kustomization must be one YAML map");
        }
        ObjectNode fields = documents.isEmpty()
                ? com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode()
                : (ObjectNode) documents.getFirst().value();
        ApplicationKustomizeOptions.apply(fields, options);
        if (options.path("ignoreMissingComponents").asBoolean()) {
            dropMissing(files, root, fields.path("components"));
        }
        return Map.of(path, fields.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void dropMissing(BoundedFiles files, String root, JsonNode components) {
        if (components instanceof ArrayNode list) {
            for (Iterator<JsonNode> each = list.iterator(); each.hasNext(); ) {
                String entry = each.next().asText();
                boolean there = RepositoryPath.resolve(root, entry)
                        .filter(files::isDirectory)
                        .isPresent();
                if (!there && !entry.contains("://")) {
                    each.remove();
                }
            }
        }
    }
}
