package io.driftless.manifest.render;

import com.google.re2j.Pattern;
import io.driftless.objects.yaml.YamlOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Walks the tree of kustomizations, bases first, and applies what each one says in the fixed order of Kustomize.
final class KustomizeBuild {
    static final YamlOptions RESOURCES = YamlOptions.STRICT.withDialect(YamlOptions.Dialect.KUSTOMIZE);

    private static final Pattern REMOTE = Pattern.compile(
            "^[a-z0-9+]+(://|::)|^[\\w.-]+@[\\w.-]+:|[?&](ref|version|timeout|submodules)=|^(www\\.)?(github|gitlab)\\.com/");
    private static final int DEEPEST = 50;

    private final BoundedFiles files;
    private final boolean ignoreMissingComponents;
    private final List<String> stack = new ArrayList<>();

    KustomizeBuild(BoundedFiles files, boolean ignoreMissingComponents) {
        this.files = files;
        this.ignoreMissingComponents = ignoreMissingComponents;
    }

    ResourceList build(KustomizationFile file) {
        ResourceList resources = new ResourceList(files.limits().objects());
        run(file, resources);
        return resources;
    }

    private void run(KustomizationFile file, ResourceList resources) {
        stack.addLast(file.directory());
        for (String entry : file.texts("resources")) {
            resources.addAll(load(file, entry), file);
        }
        new Generators(files, file).generate(resources);
        for (String entry : file.texts("components")) {
            component(file, entry, resources);
        }
        transform(file, resources);
        stack.removeLast();
    }

    private void transform(KustomizationFile file, ResourceList resources) {
        Patches patches = new Patches(files, file);
        patches.strategicMerge(resources);
        patches.patches(resources);
        Transformers transformers = new Transformers(file, resources);
        transformers.namespace();
        transformers.names();
        transformers.labels();
        transformers.annotations();
        patches.json6902(resources);
        transformers.replicas();
        transformers.images();
        checkSize(file, resources);
    }

    private void checkSize(KustomizationFile file, ResourceList resources) {
        long size = resources.all().stream()
                .mapToLong(resource -> NodeSize.of(resource.object()))
                .sum();
        if (size > files.limits().outputBytes()) {
            throw new RefusedRender(file.file() + ": the build gives more than "
                    + files.limits().outputBytes() + " bytes, which is beyond the limit; split the application");
        }
    }

    private Iterable<KustomizeResource> load(KustomizationFile file, String entry) {
        String path = inside(file, "resources", entry);
        return switch (files.entry(path).map(SourceFiles.Entry::kind).orElse(SourceFiles.Kind.DIRECTORY)) {
            case DIRECTORY -> {
                if (!files.isDirectory(path)) {
                    throw missing(file, "resources", entry);
                }
                KustomizationFile base = enter(file, "resources", entry, path);
                if (base.isComponent()) {
                    throw file.refused(
                            "resources", entry, "\"" + entry + "\" is a Component; list it under components");
                }
                yield build(base);
            }
            case FILE, LINK, SUBMODULE -> loadFile(file, entry, path);
        };
    }

    private List<KustomizeResource> loadFile(KustomizationFile file, String entry, String path) {
        if (!RepositoryPath.within(file.directory(), path)) {
            throw file.refused(
                    "resources",
                    entry,
                    "security; file \"" + entry
                            + "\" is not in or below the directory of the kustomization; make its directory a base instead");
        }
        List<Manifest> manifests =
                ManifestReader.read(path, files.read(files.entry(path).orElseThrow()), RESOURCES);
        ManifestCheck.check(manifests);
        return manifests.stream().map(KustomizeResource::new).toList();
    }

    private void component(KustomizationFile file, String entry, ResourceList resources) {
        String path = inside(file, "components", entry);
        if (!files.isDirectory(path)) {
            if (ignoreMissingComponents && stack.size() == 1) {
                return;
            }
            throw missing(file, "components", entry);
        }
        KustomizationFile component = enter(file, "components", entry, path);
        if (!component.isComponent()) {
            throw component.refused("kind", "expected kind 'Component' as it is listed under components");
        }
        run(component, resources);
    }

    private KustomizationFile enter(KustomizationFile file, String field, String entry, String path) {
        Optional<String> referrer = stack.stream()
                .filter(above -> RepositoryPath.within(path, above))
                .findFirst();
        if (referrer.isPresent()) {
            throw file.refused(
                    field,
                    entry,
                    "cycle detected: \"" + entry + "\" leads to " + shown(path) + ", which is or holds "
                            + shown(referrer.get()) + " that refers to it; remove the entry");
        }
        if (stack.size() >= DEEPEST) {
            throw file.refused(field, entry, "bases nest deeper than " + DEEPEST + " levels; flatten them");
        }
        return KustomizationFile.load(files, path);
    }

    private static String shown(String path) {
        return path.isEmpty() ? "the root of the repository" : path;
    }

    private String inside(KustomizationFile file, String field, String entry) {
        if (REMOTE.matcher(entry).find() && !files.isFile(RepositoryPath.child(file.directory(), entry))) {
            throw file.refused(
                    field,
                    entry,
                    "the remote " + field.substring(0, field.length() - 1)
                            + " is not supported yet; copy it into the repository");
        }
        return RepositoryPath.resolve(file.directory(), entry)
                .orElseThrow(() -> file.refused(
                        field, entry, "\"" + entry + "\" leads out of the repository; use a relative path inside it"));
    }

    private static RefusedRender missing(KustomizationFile file, String field, String entry) {
        return file.refused(
                field, entry, field + " names \"" + entry + "\", which does not exist; add it or remove the entry");
    }

    /// A file that a field of a kustomization names: it must lie in or below its directory.
    static byte[] readNamed(BoundedFiles files, KustomizationFile file, String field, String entry) {
        String path = RepositoryPath.resolve(file.directory(), entry)
                .filter(found -> RepositoryPath.within(file.directory(), found))
                .orElseThrow(() -> file.refused(
                        field,
                        entry,
                        "security; file \"" + entry + "\" is not in or below the directory of the kustomization"));
        return files.read(files.entry(path).orElseThrow(() -> missing(file, field, entry)));
    }

    /// Kinds whose names Kustomize never affixes.
    static final Set<String> FIXED_NAMES = Set.of("CustomResourceDefinition", "Namespace", "APIService");
}
