package io.driftless.kustomize.build;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.model.FieldSpec;
import io.driftless.kustomize.model.FieldSpecs;
import io.driftless.kustomize.model.Gvk;
import io.driftless.kustomize.model.TransformerConfig;
import io.driftless.kustomize.model.TransformerConfig.NameReference;
import io.driftless.kustomize.model.TransformerConfig.Set;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.NodeReader;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the files of `crds`: OpenAPI definitions of types, of which only the extensions that mark names, labels and
/// annotations matter.
final class CrdFiles {
    private final Node definitions;
    private final Map<Set, List<FieldSpec>> sets = new EnumMap<>(Set.class);
    private final List<NameReference> names = new ArrayList<>();

    private CrdFiles(Node definitions) {
        this.definitions = definitions;
    }

    static TransformerConfig read(Loader loader, List<String> paths) {
        TransformerConfig result = TransformerConfig.EMPTY;
        for (String path : paths) {
            Node node;
            try {
                node = NodeReader.firstOld(loader.text(path), loader.budget().limits());
            } catch (io.driftless.kustomize.node.MalformedYaml invalid) {
                throw invalid.within("unable to parse open API definition from '" + path + "'");
            }
            if (node == null || !node.isMap()) {
                throw new KustomizeException(
                        "unable to parse open API definition from '" + path + "': not a map of types");
            }
            for (String type : node.keys()) {
                result = result.merge(new CrdFiles(node).type(type));
            }
        }
        return result;
    }

    private TransformerConfig type(String name) {
        Node properties = properties(name);
        if (properties == null
                || !properties.has("kind")
                || !properties.has("apiVersion")
                || !properties.has("metadata")) {
            return TransformerConfig.EMPTY;
        }
        String kind = name.substring(name.lastIndexOf('.') + 1);
        walk(new Gvk("", "", kind), name, "", 0);
        sets.replaceAll((set, specs) -> FieldSpecs.sorted(specs));
        return new TransformerConfig(sets, names);
    }

    private @Nullable Node properties(String type) {
        Node definition = definitions.get(type);
        Node schema = definition == null ? null : field(definition, "Schema");
        Node properties = schema == null ? null : schema.get("properties");
        return properties != null && properties.isMap() ? properties : null;
    }

    private static @Nullable Node field(Node map, String name) {
        Node exact = map.get(name);
        return exact == null ? map.get(name.toLowerCase(java.util.Locale.ROOT)) : exact;
    }

    private void walk(Gvk gvk, String type, String path, int depth) {
        Node properties = properties(type);
        if (properties == null || depth > 30) {
            return;
        }
        for (int i = 0; i < properties.size(); i++) {
            property(gvk, properties.item(i), path + properties.key(i), depth);
        }
    }

    private void property(Gvk gvk, Node property, String path, int depth) {
        FieldSpec spec = new FieldSpec(gvk, path, false);
        if (property.has("x-kubernetes-annotation")) {
            add(Set.COMMON_ANNOTATIONS, spec);
        }
        if (property.has("x-kubernetes-label-selector")) {
            add(Set.COMMON_LABELS, spec);
        }
        if (property.has("x-kubernetes-identity")) {
            add(Set.NAME_PREFIX, spec);
        }
        Node version = property.get("x-kubernetes-object-ref-api-version");
        Node kind = property.get("x-kubernetes-object-ref-kind");
        if (version != null && kind != null) {
            Node key = property.get("x-kubernetes-object-ref-name-key");
            names.add(new NameReference(
                    new Gvk("", version.text(), kind.text()),
                    List.of(new FieldSpec(gvk, path + "/" + (key == null ? "name" : key.text()), false))));
        }
        Node reference = property.get("$ref");
        if (reference != null) {
            walk(gvk, reference.text(), path + "/", depth + 1);
        }
    }

    private void add(Set set, FieldSpec spec) {
        sets.computeIfAbsent(set, none -> new ArrayList<>()).add(spec);
    }
}
