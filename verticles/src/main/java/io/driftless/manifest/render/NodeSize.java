package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;

/// Roughly how many characters a value takes as JSON, without writing it.
final class NodeSize {
    private NodeSize() {}

    static long of(JsonNode node) {
        if (node.isObject()) {
            return node.propertyStream()
                    .mapToLong(field -> field.getKey().length() + 4 + of(field.getValue()))
                    .sum();
        }
        if (node.isArray()) {
            return node.valueStream().mapToLong(item -> 1 + of(item)).sum() + 2;
        }
        return node.isTextual() ? node.textValue().length() + 2 : 5;
    }

    /// How deep maps and lists nest; 0 for a plain value.
    static int depth(JsonNode node) {
        return node.isContainerNode()
                ? 1 + node.valueStream().mapToInt(NodeSize::depth).max().orElse(0)
                : 0;
    }
}
