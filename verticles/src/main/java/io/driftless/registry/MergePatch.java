package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;

/// JSON merge patches (RFC 7386) between two objects.
final class MergePatch {
    private MergePatch() {}

    /// The patch that makes `to` of `from`; empty when they are equal.
    static ObjectNode between(JsonNode from, JsonNode to) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        for (Iterator<String> names = from.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!to.has(name)) {
                patch.putNull(name);
            }
        }
        for (Iterator<Map.Entry<String, JsonNode>> fields = to.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            JsonNode before = from.path(field.getKey());
            if (before.isObject() && field.getValue().isObject()) {
                ObjectNode below = between(before, field.getValue());
                if (!below.isEmpty()) {
                    patch.set(field.getKey(), below);
                }
            } else if (!before.equals(field.getValue())) {
                patch.set(field.getKey(), field.getValue());
            }
        }
        return patch;
    }

    /// What `patch` makes of `target`, which is not changed.
    static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode result =
                target instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
        for (Iterator<Map.Entry<String, JsonNode>> fields = patch.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (field.getValue().isNull()) {
                result.remove(field.getKey());
            } else {
                result.set(field.getKey(), apply(result.path(field.getKey()), field.getValue()));
            }
        }
        return result;
    }
}
