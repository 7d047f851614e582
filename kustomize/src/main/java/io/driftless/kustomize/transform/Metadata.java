package io.driftless.kustomize.transform;

import io.driftless.kustomize.model.FieldSpec;
import io.driftless.kustomize.model.ResMap;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.node.Fields;
import io.driftless.kustomize.node.JsonText;
import io.driftless.kustomize.node.Kind;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.Style;
import io.driftless.kustomize.node.Tag;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Adds labels or annotations wherever the field specs say they go.
public final class Metadata implements Transformer {
    private final Map<String, String> entries = new TreeMap<>(JsonText::compareUtf8);
    private final List<FieldSpec> specs;

    public Metadata(Map<String, String> entries, List<FieldSpec> specs) {
        this.entries.putAll(entries);
        this.specs = specs;
    }

    @Override
    public void transform(ResMap map) {
        for (Resource resource : map.resources()) {
            entries.forEach((key, text) -> {
                // All places of one resource share the node, as they do in the reference.
                Node value = Node.scalar(text, Tag.STR, Style.PLAIN);
                FieldWalker.each(resource, specs, at -> Fields.set(at, key, value), Kind.MAP, Tag.MAP);
            });
        }
    }
}
