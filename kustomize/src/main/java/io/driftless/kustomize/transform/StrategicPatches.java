package io.driftless.kustomize.transform;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.model.BuildNotes;
import io.driftless.kustomize.model.ResMap;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.model.Selector;
import io.driftless.kustomize.patch.Schemas;
import io.driftless.kustomize.patch.StrategicMerge;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Applies strategic merge patches: each to the one resource it names, or all to what a target selects.
public final class StrategicPatches implements Transformer {
    private final List<Resource> patches;
    private final Selector.@Nullable Compiled target;
    private final StrategicMerge merge;
    private final String source;
    private final boolean legacy;

    public StrategicPatches(
            List<Resource> patches, @Nullable Selector target, Schemas schemas, String source, boolean legacy) {
        this.patches = patches;
        this.target = target == null ? null : target.compile();
        this.merge = new StrategicMerge(schemas);
        this.source = source;
        this.legacy = legacy;
    }

    @Override
    public void transform(ResMap map) {
        if (target != null) {
            if (patches.size() > 1) {
                throw new KustomizeException(
                        "Multiple Strategic-Merge Patches in one `patches` entry is not allowed to set"
                                + " `patches.target` field: " + source);
            }
            if (!patches.isEmpty()) {
                applyTo(map, new HashSet<>(target.select(map)), patches.getFirst());
            }
            return;
        }
        for (Resource patch : patches) {
            Resource found = find(map, patch);
            if (legacy) {
                applyTo(map, Set.of(found), patch);
            } else {
                apply(found, patch.copy());
            }
        }
    }

    private Resource find(ResMap map, Resource patch) {
        try {
            return map.get(patch.originalId());
        } catch (KustomizeException none) {
            throw legacy
                    ? none
                    : none.within("no resource matches strategic merge patch \"" + patch.originalId() + "\"");
        }
    }

    private void applyTo(ResMap map, Set<Resource> selected, Resource patch) {
        Set<io.driftless.kustomize.model.ResId> ids = new HashSet<>();
        selected.forEach(resource -> ids.add(resource.currentId()));
        List<Resource> left = new ArrayList<>(map.size());
        for (Resource resource : map.resources()) {
            if (ids.contains(resource.currentId())) {
                Resource copy = patch.copy();
                copy.adoptMetadata(patch);
                copy.setKind(resource.kind());
                copy.setApiVersion(resource.apiVersion());
                copy.setKind(patch.kind());
                apply(resource, copy);
            }
            if (!resource.isGone()) {
                left.add(resource);
            }
        }
        map.replaceAll(left);
    }

    /// Name, namespace and kind of the object stay what they are, unless the patch may change them.
    private void apply(Resource resource, Resource patch) {
        String name = resource.name();
        String namespace = resource.namespace();
        String kind = resource.kind();
        boolean nameChange = patch.isEnabled(BuildNotes.ALLOW_NAME_CHANGE);
        boolean kindChange = patch.isEnabled(BuildNotes.ALLOW_KIND_CHANGE);
        if (nameChange || kindChange) {
            resource.rememberId();
        }
        resource.setNode(merge.merge(resource.node(), patch.node()));
        if (resource.isGone()) {
            return;
        }
        if (!kindChange) {
            resource.setKind(kind);
        }
        if (!nameChange) {
            resource.setName(name);
        }
        resource.setNamespace(namespace);
    }
}
