package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.Condition;
import io.driftless.objects.yaml.YamlOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Plain manifests: the `.yaml`, `.yml` and `.json` files of a directory, with `recurse` those of
/// the directories below, filtered by `include` and `exclude` on the path relative to the directory
/// (`exclude` wins).
final class DirectorySource {
    private static final byte[] SKIP = "+argocd:skip-file-rendering".getBytes(StandardCharsets.UTF_8);

    private final BoundedFiles files;
    private final String root;
    private final boolean recurse;
    private final boolean anyExtension;
    private final Optional<Glob> include;
    private final Optional<Glob> exclude;

    DirectorySource(BoundedFiles files, String root, JsonNode options) {
        this.files = files;
        this.root = root;
        this.recurse = options.path("recurse").asBoolean();
        this.anyExtension = options.path("disableExtensionFilter").asBoolean();
        this.include = glob(options, "include");
        this.exclude = glob(options, "exclude");
    }

    List<Manifest> render() {
        List<SourceFiles.Entry> found = new ArrayList<>();
        collect(root, found);
        found.sort(Comparator.comparing(SourceFiles.Entry::path));
        List<Manifest> manifests = new ArrayList<>();
        for (SourceFiles.Entry entry : found) {
            manifests.addAll(manifests(entry));
            if (manifests.size() > files.limits().objects()) {
                throw new RefusedRender(entry.path() + ": with this file the application has more than "
                        + files.limits().objects() + " objects, which is beyond the limit; split the application");
            }
        }
        return manifests;
    }

    private void collect(String directory, List<SourceFiles.Entry> into) {
        files.visitDirectory(directory);
        for (SourceFiles.Entry entry : files.list(directory)) {
            if (entry.kind() == SourceFiles.Kind.DIRECTORY) {
                if (recurse) {
                    collect(entry.path(), into);
                }
            } else if (wanted(entry)) {
                // A listing shows a link as such; asking for its path follows it where that is allowed.
                SourceFiles.Entry target = files.entry(entry.path()).orElse(entry);
                if (target.kind() != SourceFiles.Kind.DIRECTORY) {
                    into.add(target);
                }
            }
        }
    }

    private boolean wanted(SourceFiles.Entry entry) {
        String relative = root.isEmpty() ? entry.path() : entry.path().substring(root.length() + 1);
        return (anyExtension || hasExtension(entry.name()))
                && exclude.filter(glob -> glob.matches(relative)).isEmpty()
                && include.map(glob -> glob.matches(relative)).orElse(true);
    }

    private static boolean hasExtension(String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json") || name.endsWith(".jsonnet");
    }

    private List<Manifest> manifests(SourceFiles.Entry entry) {
        if (entry.name().endsWith(".jsonnet")) {
            throw new RefusedRender(entry.path() + ": Jsonnet is not supported yet; exclude the file");
        }
        byte[] content = files.read(entry);
        if (contains(content, SKIP)) {
            return List.of();
        }
        try {
            List<Manifest> manifests = ManifestReader.read(entry.path(), content, YamlOptions.STRICT);
            ManifestCheck.check(manifests);
            return manifests;
        } catch (RefusedRender refused) {
            if (entry.name().endsWith(".json") || looksLikeManifest(content)) {
                throw refused;
            }
            return List.of();
        }
    }

    /// Argo CD passes over YAML files that lie among the manifests but are none, such as values files.
    private static boolean looksLikeManifest(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        return text.indexOf('\0') >= 0
                || (text.contains("apiVersion:") && text.contains("kind:") && text.contains("metadata:"));
    }

    private static boolean contains(byte[] content, byte[] part) {
        return new String(content, StandardCharsets.ISO_8859_1).contains(new String(part, StandardCharsets.ISO_8859_1));
    }

    private static Optional<Glob> glob(JsonNode options, String field) {
        String text = options.path(field).asText("");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Glob> glob = Glob.parse(text);
        if (glob.isEmpty()) {
            throw new RefusedRender(List.of(new Condition(
                    Condition.INVALID_SPEC_ERROR,
                    "spec.source.directory." + field + ": \"" + text + "\" is not a valid glob; check its brackets")));
        }
        return glob;
    }
}
