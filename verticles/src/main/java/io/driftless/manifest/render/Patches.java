package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.yaml.Document;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// The three patch fields of one kustomization.
final class Patches {
    private final BoundedFiles files;
    private final KustomizationFile file;

    Patches(BoundedFiles files, KustomizationFile file) {
        this.files = files;
        this.file = file;
    }

    /// `patchesStrategicMerge`: paths or inline YAML.
    void strategicMerge(ResourceList resources) {
        for (String entry : file.texts("patchesStrategicMerge")) {
            boolean inline = entry.contains("\n") || entry.strip().startsWith("{");
            Source source = inline
                    ? new Source(file.file() + " (patchesStrategicMerge)", parse(file.file(), entry))
                    : fromFile("patchesStrategicMerge", entry);
            for (Document document : source.documents()) {
                mergeIntoOwn(source, document, resources, MissingNode.getInstance());
            }
        }
    }

    /// `patches`: strategic merge or JSON patch, told apart by what they hold.
    void patches(ResourceList resources) {
        for (ObjectNode entry : file.maps("patches")) {
            file.checkKeys("patches", entry, Set.of("path", "patch", "target", "options"));
            Source source = source("patches", entry);
            JsonNode target = entry.path("target");
            boolean targeted = target.isObject() && !target.isEmpty();
            if (source.isOperations()) {
                if (!targeted) {
                    throw refused(source, 0, "a JSON patch needs a target; add one to the entry of patches");
                }
                operations(source, PatchTarget.of(file, "patches", target), resources, true);
            } else if (targeted) {
                mergeIntoTargets(source, PatchTarget.of(file, "patches", target), entry.path("options"), resources);
            } else {
                source.documents()
                        .forEach(document -> mergeIntoOwn(source, document, resources, entry.path("options")));
            }
        }
    }

    /// `patchesJson6902`, which runs after names and labels.
    void json6902(ResourceList resources) {
        for (ObjectNode entry : file.maps("patchesJson6902")) {
            file.checkKeys("patchesJson6902", entry, Set.of("path", "patch", "target", "options"));
            Source source = source("patchesJson6902", entry);
            if (!source.documents().isEmpty() && !source.isOperations()) {
                throw refused(source, 0, "must be a list of JSON patch operations");
            }
            operations(source, PatchTarget.of(file, "patchesJson6902", entry.path("target")), resources, false);
        }
    }

    /// The content of one patch and its name for messages.
    private record Source(String name, List<Document> documents) {
        boolean isOperations() {
            return documents.size() == 1 && documents.getFirst().value().isArray();
        }
    }

    private Source source(String field, ObjectNode entry) {
        String path = entry.path("path").asText("");
        String inline = entry.path("patch").asText("");
        if (path.isEmpty() == inline.isEmpty()) {
            throw file.refused(field, "an entry of " + field + " must have exactly one of path and patch");
        }
        return path.isEmpty()
                ? new Source(file.file() + " (" + field + ")", parse(file.file(), inline))
                : fromFile(field, path);
    }

    private Source fromFile(String field, String path) {
        byte[] content = KustomizeBuild.readNamed(files, file, field, path);
        String name = RepositoryPath.resolve(file.directory(), path).orElse(path);
        return new Source(name, ManifestReader.documents(name, content, KustomizeBuild.RESOURCES));
    }

    private static List<Document> parse(String name, String inline) {
        return ManifestReader.documents(
                name + " (inline patch)", inline.getBytes(StandardCharsets.UTF_8), KustomizeBuild.RESOURCES);
    }

    private static RefusedRender refused(Source source, int line, String message) {
        return RefusedRender.at(source.name(), line, message);
    }

    private void operations(Source source, PatchTarget target, ResourceList resources, boolean early) {
        for (KustomizeResource resource : resources.matching(target::matches)) {
            // Kustomize has stored the former name in the annotations by then, so that there is a map to add to.
            boolean annotated = resource.metadata().has("annotations");
            if (!annotated && (early || resource.hasChanged())) {
                resource.metadata().putObject("annotations");
            }
            resource.remember();
            for (Document document : source.documents()) {
                try {
                    JsonPatch.apply(
                            resource.object(), document.value(), files.limits().outputBytes());
                } catch (JsonPatch.NotApplicable invalid) {
                    throw refused(
                            source,
                            document.line(),
                            "on " + resource.id().shown() + ": " + invalid.getMessage() + "; correct the patch");
                }
            }
            if (!annotated && resource.label("annotations").isEmpty()) {
                resource.metadata().remove("annotations");
            }
        }
    }

    private void mergeIntoOwn(Source source, Document document, ResourceList resources, JsonNode options) {
        ObjectNode patch = patch(source, document);
        KustomizeResource.Id wanted = new KustomizeResource(new Manifest(patch, source.name(), document.line())).id();
        List<KustomizeResource> found =
                resources.matching(resource -> resource.ids().anyMatch(wanted::equals));
        if (found.size() != 1) {
            throw refused(
                    source,
                    document.line(),
                    (found.isEmpty()
                                    ? "no resource matches strategic merge patch \""
                                    : "several resources match the patch \"")
                            + wanted.shown() + "\"; correct apiVersion, kind, name or namespace of the patch");
        }
        merge(found.getFirst(), patch, options, resources);
    }

    private void mergeIntoTargets(Source source, PatchTarget target, JsonNode options, ResourceList resources) {
        if (source.documents().size() > 1) {
            throw refused(source, 0, "a patch with a target must be a single document");
        }
        for (Document document : source.documents()) {
            ObjectNode patch = patch(source, document);
            for (KustomizeResource resource : resources.matching(target::matches)) {
                merge(resource, patch, options, resources);
            }
        }
    }

    private static ObjectNode patch(Source source, Document document) {
        if (document.value() instanceof ObjectNode patch) {
            return patch;
        }
        throw refused(
                source, document.line(), "a patch must be a map (strategic merge) or a list of JSON patch operations");
    }

    private static void merge(KustomizeResource resource, ObjectNode patch, JsonNode options, ResourceList resources) {
        if (KustomizeMerge.deletes(patch)) {
            resources.removeIf(candidate -> candidate == resource);
            return;
        }
        ObjectNode object = resource.object();
        String name = resource.name();
        String namespace = resource.namespace();
        JsonNode kind = object.path("kind");
        JsonNode apiVersion = object.path("apiVersion");
        resource.remember();
        KustomizeMerge.apply(object, patch.deepCopy());
        if (!options.path("allowNameChange").asBoolean()) {
            resource.metadata().put("name", name);
        }
        if (!options.path("allowKindChange").asBoolean()) {
            object.set("apiVersion", apiVersion);
            object.set("kind", kind);
        }
        resource.metadata().remove("namespace");
        if (!namespace.isEmpty()) {
            resource.metadata().put("namespace", namespace);
        }
    }
}
