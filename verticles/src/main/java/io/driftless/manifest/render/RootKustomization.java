package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.kustomize.build.RepositoryUrl;
import io.driftless.objects.yaml.Document;
import io.driftless.objects.yaml.YamlOptions;
import java.nio.charset.StandardCharsets;
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
    static Map<String, byte[]> replaced(BoundedFiles files, String root, RenderRequest request) {
        JsonNode options = request.source().path("kustomize");
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
                ? JsonNodeFactory.instance.objectNode()
                : (ObjectNode) documents.getFirst().value();
        ApplicationKustomizeOptions.apply(
                fields,
                options,
                new BuildEnvironment(request, files::revision),
                component -> isThere(files, root, component));
        return Map.of(path, fields.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// A component of another repository is taken to be there: only fetching it could tell.
    private static boolean isThere(BoundedFiles files, String root, String component) {
        return RepositoryUrl.parse(component) != null
                || RepositoryPath.resolve(root, component)
                        .filter(files::isDirectory)
                        .isPresent();
    }
}
