package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// Renders one source. A pure function of the request and of the files it reads.
public final class Renderer {
    private static final List<String> EXPLICIT = List.of("helm", "kustomize", "directory", "plugin");

    private Renderer() {}

    /// @param remotes where remote bases of kustomizations come from
    public static RenderResult render(SourceFiles files, RemoteSources remotes, RenderRequest request) {
        try {
            return renderSource(new BoundedFiles(files, request.limits()), remotes, request);
        } catch (RefusedRender refused) {
            return new RenderResult.Refused(refused.conditions());
        }
    }

    private static RenderResult renderSource(BoundedFiles files, RemoteSources remotes, RenderRequest request) {
        String root = root(files, request);
        SourceType type = sourceType(files, root, request.source());
        List<Manifest> manifests = switch (type) {
            case DIRECTORY -> new DirectorySource(files, root, request.source().path("directory")).render();
            case KUSTOMIZE -> KustomizeSource.render(files, remotes, root, request);
        };
        ManifestCheck.check(manifests);
        return new RenderResult.Rendered(manifests, type);
    }

    private static String root(BoundedFiles files, RenderRequest request) {
        String declared = request.path();
        String root = RepositoryPath.resolve("", declared)
                .orElseThrow(() -> RefusedRender.ofSpec(
                        "spec.source.path: \"" + declared + "\" leads out of the repository; give a path inside it"));
        if (files.entry(root).isEmpty()) {
            throw new RefusedRender(
                    root + ": app path does not exist in this revision; correct spec.source.path or add the directory");
        }
        if (!files.isDirectory(root)) {
            throw new RefusedRender(
                    root + ": app path is not a directory; give the directory that holds the manifests");
        }
        return root;
    }

    /// What the source says explicitly, else what lies in the directory.
    private static SourceType sourceType(BoundedFiles files, String root, JsonNode source) {
        if (source.hasNonNull("chart")) {
            throw RefusedRender.ofSpec("spec.source.chart: Helm charts are not supported yet");
        }
        List<String> explicit = EXPLICIT.stream().filter(source::hasNonNull).toList();
        if (explicit.size() > 1) {
            throw RefusedRender.ofSpec("spec.source: multiple application sources defined: "
                    + String.join(",", explicit) + "; keep one of them");
        }
        return switch (explicit.isEmpty() ? discover(files, root) : explicit.getFirst()) {
            case "helm" -> throw new RefusedRender(root + ": Helm charts are not supported yet");
            case "plugin" ->
                throw RefusedRender.ofSpec("spec.source.plugin: config management plugins are not supported yet");
            case "kustomize" -> SourceType.KUSTOMIZE;
            default -> directory(source.path("directory"));
        };
    }

    private static SourceType directory(JsonNode options) {
        if (!options.path("jsonnet").isEmpty()) {
            throw RefusedRender.ofSpec("spec.source.directory.jsonnet: Jsonnet is not supported yet");
        }
        return SourceType.DIRECTORY;
    }

    /// What a directory with files of these names is taken for: `Helm`, `Kustomize`, or empty for plain manifests.
    public static String typeOf(Collection<String> names) {
        if (names.contains("Chart.yaml")) {
            return "Helm";
        }
        return RootKustomization.NAMES.stream().anyMatch(names::contains) ? SourceType.KUSTOMIZE.text() : "";
    }

    private static String discover(BoundedFiles files, String root) {
        if (files.isFile(RepositoryPath.child(root, "Chart.yaml"))) {
            return "helm";
        }
        Stream<String> names = RootKustomization.NAMES.stream();
        return names.anyMatch(name -> files.isFile(RepositoryPath.child(root, name))) ? "kustomize" : "directory";
    }
}
