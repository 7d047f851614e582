package io.driftless.kustomize.build;

import io.driftless.kustomize.RemoteBases.Repository;
import io.driftless.kustomize.model.BuildNotes;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.node.Limits;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.NodeReader;
import io.driftless.kustomize.node.Scalars;
import io.driftless.kustomize.node.Style;
import io.driftless.kustomize.node.YamlText;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a resource or transformer comes from, as the annotations of `buildMetadata` tell it.
record Origin(
        String path,
        String repo,
        String ref,
        String configuredIn,
        @Nullable Node configuredBy) {
    private static final Pattern SEXAGESIMAL = Pattern.compile("[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?");
    static final Origin HERE = new Origin("", "", "", "", null);

    Origin append(String more) {
        Repository repository = RepositoryUrl.parse(more);
        if (repository != null) {
            return new Origin(repository.path(), repository.url(), repository.ref(), configuredIn, configuredBy);
        }
        return new Origin(joined(path, more), repo, ref, configuredIn, configuredBy);
    }

    /// Path joining that keeps `..` at the front.
    private static String joined(String base, String more) {
        java.util.ArrayDeque<String> parts = new java.util.ArrayDeque<>();
        for (String part : (base + "/" + more).split("/", -1)) {
            if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    /// The origin of something a transformer or generator of a kustomization file made.
    Origin configured(String file, String apiVersion, String kind, String name, String namespace) {
        Node by = Node.map();
        put(by, "apiVersion", apiVersion);
        put(by, "kind", kind);
        put(by, "name", name);
        put(by, "namespace", namespace);
        return new Origin("", repo, ref, file, by);
    }

    private static void put(Node map, String key, String value) {
        if (!value.isEmpty()) {
            Node text = Node.text(value);
            if (Scalars.looksTyped(value) || SEXAGESIMAL.matcher(value).matches()) {
                text.setStyle(Style.DOUBLE);
            }
            map.append(key, text);
        }
    }

    Node node() {
        Node map = Node.map();
        put(map, "path", path);
        put(map, "repo", repo);
        put(map, "ref", ref);
        put(map, "configuredIn", configuredIn);
        if (configuredBy != null) {
            map.append("configuredBy", configuredBy.copy());
        }
        return map;
    }

    @Override
    public String toString() {
        return YamlText.printAsWritten(node());
    }

    /// Notes a transformer on a resource: as its origin when it has none yet.
    void note(Resource resource) {
        if (resource.annotation(BuildNotes.ORIGIN) == null) {
            resource.putAnnotation(BuildNotes.ORIGIN, toString());
            return;
        }
        String known = resource.annotation(BuildNotes.TRANSFORMATIONS);
        Node list = known == null ? null : NodeReader.first(known, Limits.DEFAULT);
        Node all = list == null || !list.isList() ? Node.list() : list;
        all.add(node());
        resource.putAnnotation(BuildNotes.TRANSFORMATIONS, YamlText.printAsWritten(all));
    }
}
