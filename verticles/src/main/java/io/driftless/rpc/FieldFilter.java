package io.driftless.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.HttpFailure;
import io.driftless.proto.Written;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parameter `fields`: which fields of an answer the client wants, as paths through lists and objects separated by
/// commas (`items.metadata.name,items.spec`), or, with `-` in front, which ones it does not want.
final class FieldFilter {
    private static final int LONGEST = 8_192;
    private static final FieldFilter ALL = new FieldFilter(new Node(), true);
    private final Node root;
    private final boolean exclude;

    /// The paths as a tree; a node without children ends one.
    private static final class Node {
        private final Map<String, Node> children = new HashMap<>();
    }

    private FieldFilter(Node root, boolean exclude) {
        this.root = root;
        this.exclude = exclude;
    }

    static FieldFilter of(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return ALL;
        }
        if (text.length() > LONGEST) {
            throw HttpFailure.invalid("parameter fields is too long");
        }
        boolean exclude = text.startsWith("-");
        Node root = new Node();
        for (String path : text.substring(exclude ? 1 : 0).split(",")) {
            Node node = root;
            for (String step : path.split("\\.", 32)) {
                node = node.children.computeIfAbsent(step, name -> new Node());
            }
        }
        return new FieldFilter(root, exclude);
    }

    JsonNode applied(JsonNode document) {
        return exclude ? without(document, root) : only(document, root);
    }

    private static JsonNode only(JsonNode given, Node node) {
        if (node.children.isEmpty()) {
            return given;
        }
        JsonNode value = given instanceof Written written ? written.tree() : given;
        if (value instanceof ArrayNode list) {
            ArrayNode kept = JsonNodeFactory.instance.arrayNode(list.size());
            list.forEach(item -> kept.add(only(item, node)));
            return kept;
        }
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        value.properties().forEach(field -> {
            Node child = node.children.get(field.getKey());
            if (child != null) {
                kept.set(field.getKey(), only(field.getValue(), child));
            }
        });
        return kept;
    }

    private static JsonNode without(JsonNode given, Node node) {
        if (node.children.isEmpty() || given.isValueNode() && !(given instanceof Written)) {
            return given;
        }
        JsonNode value = given instanceof Written written ? written.tree() : given;
        if (value instanceof ArrayNode list) {
            ArrayNode kept = JsonNodeFactory.instance.arrayNode(list.size());
            list.forEach(item -> kept.add(without(item, node)));
            return kept;
        }
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        value.properties().forEach(field -> {
            Node child = node.children.get(field.getKey());
            if (child == null) {
                kept.set(field.getKey(), field.getValue());
            } else if (!child.children.isEmpty()) {
                kept.set(field.getKey(), without(field.getValue(), child));
            }
        });
        return kept;
    }
}
