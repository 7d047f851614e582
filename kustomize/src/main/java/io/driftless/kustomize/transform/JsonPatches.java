package io.driftless.kustomize.transform;

import io.driftless.kustomize.model.ResMap;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.model.Selector;
import io.driftless.kustomize.patch.JsonPatch;
import java.util.Map;

/// Applies JSON patch operations to all that a target selects.
public final class JsonPatches implements Transformer {
    private final JsonPatch patch;
    private final Selector.Compiled target;
    private final boolean remember;

    /// `remember` stores the id of a resource before changing it, which `patches` does and `patchesJson6902` does not.
    public JsonPatches(JsonPatch patch, Selector target, boolean remember) {
        this.patch = patch;
        this.target = target.compile();
        this.remember = remember;
    }

    @Override
    public void transform(ResMap map) {
        for (Resource resource : target.select(map)) {
            if (remember) {
                resource.rememberId();
            }
            Map<String, String> internal = resource.internalAnnotations();
            resource.setNode(patch.apply(resource.node()));
            Map<String, String> annotations = resource.annotations();
            annotations.putAll(internal);
            resource.setAnnotations(annotations);
        }
    }
}
