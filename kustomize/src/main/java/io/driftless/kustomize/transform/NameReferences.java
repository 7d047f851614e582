package io.driftless.kustomize.transform;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.model.FieldSpec;
import io.driftless.kustomize.model.Gvk;
import io.driftless.kustomize.model.ResId;
import io.driftless.kustomize.model.ResMap;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.model.TransformerConfig.NameReference;
import io.driftless.kustomize.node.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Rewrites every field that holds the former name of a resource whose name changed. Runs once, after all changes.
public final class NameReferences implements Transformer {
    /// A row of the table: which resource may be meant, and where it is named.
    record Row(Gvk target, FieldSpec field) {}

    private final List<NameReference> references;

    public NameReferences(List<NameReference> references) {
        this.references = references;
    }

    @Override
    public void transform(ResMap map) {
        Map<String, List<Resource>> byFormerName = byFormerName(map);
        if (byFormerName.isEmpty()) {
            return;
        }
        Map<Gvk, List<Row>> rows = new HashMap<>();
        for (Resource resource : map.resources()) {
            List<Row> mine = rows.computeIfAbsent(resource.originalId().gvk(), this::rows);
            if (mine.isEmpty()) {
                continue;
            }
            requireVersion(resource);
            Referrer referrer = new Referrer(resource, map.resources(), byFormerName);
            for (Row row : mine) {
                update(referrer, row);
            }
        }
    }

    /// An `apiVersion: null` passes everything before this step and nothing from here on.
    private static void requireVersion(Resource resource) {
        Node version = resource.node().get("apiVersion");
        if (version != null && version.isNull() && !version.text().isEmpty()) {
            throw new KustomizeException("node-referrerOriginal 'APIVersion' mismatch '' != '" + version.text() + "'");
        }
    }

    private static Map<String, List<Resource>> byFormerName(ResMap map) {
        Map<String, List<Resource>> result = new HashMap<>();
        for (Resource resource : map.resources()) {
            LinkedHashSet<String> names = new LinkedHashSet<>();
            for (ResId id : resource.previousIds()) {
                names.add(id.name());
            }
            names.forEach(name ->
                    result.computeIfAbsent(name, none -> new ArrayList<>(1)).add(resource));
        }
        return result;
    }

    private List<Row> rows(Gvk referrer) {
        List<Row> result = new ArrayList<>();
        for (NameReference reference : references) {
            for (FieldSpec field : reference.referrers()) {
                if (referrer.isSelectedBy(field.gvk())) {
                    result.add(new Row(reference.target(), field));
                }
            }
        }
        return result;
    }

    private static void update(Referrer referrer, Row row) {
        Resource resource = referrer.resource();
        // The kind may have changed since the row was chosen by the original one.
        FieldSpec spec = new FieldSpec(
                Gvk.ANY, row.field().path(), row.field().create(), row.field().parts());
        try {
            FieldWalker.one(
                    resource, spec, node -> referrer.set(node, row), null, io.driftless.kustomize.node.Tag.NONE);
        } catch (KustomizeException failed) {
            throw failed.within(
                    "updating name reference in '" + row.field().path() + "' field of '" + resource.currentId() + "'");
        }
    }
}
