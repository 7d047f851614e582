package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// A Kustomize build of one directory, with the Application's own kustomize options on top.
final class KustomizeSource {
    private static final String LOCAL_CONFIG = "config.kubernetes.io/local-config";

    private KustomizeSource() {}

    static List<Manifest> render(BoundedFiles files, String root, JsonNode options) {
        KustomizationFile file = KustomizationFile.load(files, root);
        ApplicationKustomizeOptions.apply(file, options);
        if (file.isEmpty()) {
            throw new RefusedRender(file.file() + ": kustomization.yaml is empty; list its resources");
        }
        KustomizeBuild build = new KustomizeBuild(
                files, options.path("ignoreMissingComponents").asBoolean());
        ResourceList resources = build.build(file);
        HashSuffix.apply(resources);
        new NameReferences(resources).fix();
        resources.removeIf(KustomizeSource::isLocal);
        resources.forEach(Generators::joinLines);
        return resources.all().stream().map(KustomizeResource::manifest).toList();
    }

    private static boolean isLocal(KustomizeResource resource) {
        JsonNode local = resource.label("annotations").path(LOCAL_CONFIG);
        return !local.isMissingNode() && !local.asText().equals("false");
    }
}
