package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.function.UnaryOperator;

/// One place that a transformer edits in objects of some kinds: a path over which lists are walked element by
/// element.
///
/// @param kinds empty for all kinds
/// @param create whether the maps on the way and the field itself are made where missing
record FieldPath(Set<String> kinds, String path, boolean create) {
    static FieldPath created(String path, String... kinds) {
        return new FieldPath(Set.of(kinds), path, true);
    }

    static FieldPath existing(String path, String... kinds) {
        return new FieldPath(Set.of(kinds), path, false);
    }

    /// Replaces what stands there by what `edit` makes of it; a missing node comes in where `create` made the place.
    void edit(ObjectNode object, UnaryOperator<JsonNode> edit) {
        if (kinds.isEmpty() || kinds.contains(object.path("kind").asText())) {
            walk(object, path.split("/"), 0, edit);
        }
    }

    private void walk(JsonNode node, String[] parts, int depth, UnaryOperator<JsonNode> edit) {
        if (node.isArray()) {
            node.forEach(item -> walk(item, parts, depth, edit));
        } else if (node instanceof ObjectNode map) {
            field(map, parts, depth, edit);
        }
    }

    private void field(ObjectNode map, String[] parts, int depth, UnaryOperator<JsonNode> edit) {
        boolean each = parts[depth].endsWith("[]");
        String key = each ? parts[depth].substring(0, parts[depth].length() - 2) : parts[depth];
        JsonNode child = map.path(key);
        boolean absent = child.isMissingNode() || child.isNull();
        if (absent && (!create || each)) {
            return;
        }
        if (depth == parts.length - 1) {
            map.set(key, edit.apply(absent ? MissingNode.getInstance() : child));
        } else {
            walk(absent ? map.putObject(key) : child, parts, depth + 1, edit);
        }
    }
}
