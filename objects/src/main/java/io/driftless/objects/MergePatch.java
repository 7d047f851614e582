package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// JSON merge patch, RFC 7386.
public final class MergePatch {
    private MergePatch() {}

    /// The target with the patch applied; neither argument changes.
    public static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode out = patch.isObject() && target instanceof ObjectNode object
                ? object.objectNode().setAll(object)
                : ((ObjectNode) patch).objectNode();
        patch.properties().forEach(e -> {
            if (e.getValue().isNull()) {
                out.remove(e.getKey());
            } else {
                out.set(e.getKey(), apply(out.path(e.getKey()), e.getValue()));
            }
        });
        return out;
    }
}
