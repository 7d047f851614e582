package io.driftless.kustomize.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// Nodes as Jackson trees, fields in the order in which they are printed.
public final class JacksonNodes {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JacksonNodes() {}

    public static JsonNode of(Node node) {
        if (node.isMap() && !node.isNull()) {
            ObjectNode object = NODES.objectNode();
            List<String> keys = new ArrayList<>(node.keys());
            KeyOrder.sort(keys);
            for (String key : keys) {
                Node value = node.get(key);
                object.set(key, value == null ? NullNode.instance : of(value));
            }
            return object;
        }
        if (node.isList()) {
            ArrayNode array = NODES.arrayNode(node.size());
            node.items().forEach(item -> array.add(of(item)));
            return array;
        }
        Tag type = Values.type(node);
        return switch (type) {
            case NULL -> NullNode.instance;
            case BOOL -> BooleanNode.valueOf(Scalars.isTrue(node.text()));
            case INT, FLOAT -> number(Scalars.json(node.text(), type));
            default -> TextNode.valueOf(Values.string(node));
        };
    }

    /// The narrowest node that holds the number, as Jackson itself reads it from JSON.
    public static JsonNode number(String json) {
        if (json.indexOf('.') >= 0 || json.indexOf('e') >= 0) {
            return NODES.numberNode(Double.parseDouble(json));
        }
        BigInteger value = new BigInteger(json);
        if (value.bitLength() < 32) {
            return NODES.numberNode(value.intValue());
        }
        return value.bitLength() < 64 ? NODES.numberNode(value.longValue()) : NODES.numberNode(value);
    }
}
