package io.driftless.kustomize.patch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.node.Limits;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.NodeReader;
import io.driftless.kustomize.node.Scalars;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One operation of a JSON patch, as it is written: whether it makes sense shows when it is applied.
record PatchOperation(
        String op,
        @Nullable String path,
        @Nullable String from,
        @Nullable Node value) {
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxStringLength(64 << 20)
                    .build())
            .build());

    /// Reads operations from JSON when the text starts with `[`, otherwise from YAML. Null for a document that is
    /// null.
    static @Nullable List<PatchOperation> readAll(String text, Limits limits) {
        Node list = text.startsWith("[") ? json(text) : NodeReader.firstOld(text, limits);
        if (list == null || list.isNull()) {
            return null;
        }
        if (!list.isList()) {
            throw new KustomizeException("json: cannot unmarshal " + (list.isMap() ? "object" : "string")
                    + " into Go value of type jsonpatch.Patch");
        }
        List<PatchOperation> operations = new ArrayList<>();
        for (Node item : list.items()) {
            if (!item.isMap()) {
                throw new KustomizeException("json: cannot unmarshal " + (item.isList() ? "array" : "string")
                        + " into Go value of type jsonpatch.Operation");
            }
            operations.add(new PatchOperation(
                    orUnknown(text(item, "op")), text(item, "path"), text(item, "from"), item.get("value")));
        }
        return operations;
    }

    private static Node json(String text) {
        try {
            return node(JSON.readTree(text));
        } catch (JsonProcessingException invalid) {
            throw new KustomizeException("invalid JSON patch: " + invalid.getOriginalMessage());
        }
    }

    private static Node node(JsonNode json) {
        if (json.isObject()) {
            Node map = Node.map();
            json.properties().forEach(field -> map.append(field.getKey(), node(field.getValue())));
            return map;
        }
        if (json.isArray()) {
            Node list = Node.list();
            json.forEach(item -> list.add(node(item)));
            return list;
        }
        if (json.isTextual()) {
            return Node.text(json.textValue());
        }
        Node scalar = Node.untyped(json.asText());
        scalar.setTag(Scalars.resolve(scalar.text()));
        return scalar;
    }

    private static @Nullable String text(Node map, String key) {
        Node value = map.get(key);
        return value == null || value.isNull() || !value.isString() ? null : value.text();
    }

    private static String orUnknown(@Nullable String op) {
        return op == null ? "unknown" : op;
    }

    String requiredPath() {
        if (path == null) {
            throw JsonPatch.missing("operation missing path field");
        }
        return path;
    }

    String requiredFrom() {
        if (from == null) {
            throw JsonPatch.missing("operation, missing from field");
        }
        return from;
    }
}
