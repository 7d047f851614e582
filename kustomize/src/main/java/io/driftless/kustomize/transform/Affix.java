package io.driftless.kustomize.transform;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.model.FieldSpec;
import io.driftless.kustomize.model.Gvk;
import io.driftless.kustomize.model.ResId;
import io.driftless.kustomize.model.ResMap;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.node.Fields;
import io.driftless.kustomize.node.Kind;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.Tag;
import java.util.List;

/// Puts a prefix before, or a suffix after, the names of resources.
public final class Affix implements Transformer {
    private static final List<Gvk> SKIPPED = List.of(
            new Gvk("", "", "CustomResourceDefinition"),
            new Gvk("apiregistration.k8s.io", "", "APIService"),
            new Gvk("", "", "Namespace"));

    private final String text;
    private final boolean before;
    private final List<FieldSpec> specs;

    private Affix(String text, boolean before, List<FieldSpec> specs) {
        this.text = text;
        this.before = before;
        this.specs = specs;
    }

    public static Affix prefix(String text, List<FieldSpec> specs) {
        return new Affix(text, true, specs);
    }

    public static Affix suffix(String text, List<FieldSpec> specs) {
        return new Affix(text, false, specs);
    }

    /// For plugin configurations, in which the specs must be there.
    public static void requireSpecs(boolean given) {
        if (!given) {
            throw new KustomizeException("fieldSpecs is not expected to be nil");
        }
    }

    @Override
    public void transform(ResMap map) {
        for (Resource resource : map.resources()) {
            ResId id = resource.originalId();
            if (SKIPPED.stream().anyMatch(gvk -> id.gvk().isSelectedBy(gvk))) {
                continue;
            }
            for (FieldSpec spec : specs) {
                if (id.gvk().isSelectedBy(spec.gvk())) {
                    change(resource, spec);
                }
            }
        }
    }

    private void change(Resource resource, FieldSpec spec) {
        if (spec.path().equals("metadata/name") && !text.isEmpty()) {
            if (before) {
                resource.addPrefix(text);
            } else {
                resource.addSuffix(text);
            }
            resource.rememberId();
        }
        FieldWalker.one(resource, spec, this::set, Kind.SCALAR, Tag.STR);
    }

    private void set(Node name) {
        Fields.setScalar(name, Node.untyped(before ? text + name.text() : name.text() + text));
    }
}
