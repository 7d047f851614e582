package io.driftless.kustomize.patch;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.model.Gvk;
import io.driftless.kustomize.node.Limits;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.NodeReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads an OpenAPI 2 document given by `openapi: {path}`.
final class CustomSchema {
    private static final String GVK = "x-kubernetes-group-version-kind";

    private final Map<String, MergeSchema> references = new HashMap<>();

    private CustomSchema() {}

    static void read(byte[] content, Limits limits, Map<Gvk, MergeSchema> kinds, Set<Gvk> clusterScoped) {
        Node root = NodeReader.firstOld(new String(content, StandardCharsets.UTF_8), limits);
        if (root == null || !root.isMap()) {
            throw new KustomizeException("invalid schema file: it is not an OpenAPI document");
        }
        new CustomSchema().definitions(root.get("definitions"), kinds);
        paths(root.get("paths"), clusterScoped);
    }

    private void definitions(@Nullable Node definitions, Map<Gvk, MergeSchema> kinds) {
        if (definitions == null || !definitions.isMap()) {
            return;
        }
        for (int i = 0; i < definitions.size(); i++) {
            Node definition = definitions.item(i);
            MergeSchema schema = schema(definition);
            reference("#/definitions/" + definitions.key(i)).resolveTo(schema);
            Node types = definition.get(GVK);
            if (types != null && types.isList()) {
                for (Node type : types.items()) {
                    kinds.put(gvk(type), schema);
                }
            }
        }
    }

    private MergeSchema reference(String name) {
        return references.computeIfAbsent(name, none -> MergeSchema.reference());
    }

    private MergeSchema schema(Node definition) {
        Node reference = definition.get("$ref");
        if (reference != null) {
            return reference(reference.text());
        }
        MergeSchema schema = MergeSchema.closed();
        Node properties = definition.get("properties");
        if (properties != null && properties.isMap()) {
            for (int i = 0; i < properties.size(); i++) {
                schema.put(properties.key(i), schema(properties.item(i)));
            }
        }
        Node others = definition.get("additionalProperties");
        if (others != null && others.isMap()) {
            schema.setOthers(schema(others));
        }
        Node items = definition.get("items");
        Node type = definition.get("type");
        if (items != null && items.isMap() && type != null && type.text().equals("array")) {
            schema.setElements(schema(items));
        }
        merging(definition, schema);
        return schema;
    }

    private static void merging(Node definition, MergeSchema schema) {
        Node strategy = definition.get("x-kubernetes-patch-strategy");
        if (strategy == null || !List.of(strategy.text().split(",")).contains("merge")) {
            return;
        }
        List<String> keys = new ArrayList<>();
        Node several = definition.get("x-kubernetes-list-map-keys");
        Node one = definition.get("x-kubernetes-patch-merge-key");
        if (several != null) {
            several.items().forEach(key -> keys.add(key.text()));
        } else if (one != null) {
            keys.add(one.text());
        }
        schema.setMergeKeys(keys);
    }

    private static void paths(@Nullable Node paths, Set<Gvk> clusterScoped) {
        if (paths == null || !paths.isMap()) {
            return;
        }
        List<Gvk> namespaced = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            Node get = paths.item(i).get("get");
            Node type = get == null ? null : get.get(GVK);
            if (type == null) {
                continue;
            }
            if (paths.key(i).contains("namespaces/{namespace}")) {
                namespaced.add(gvk(type));
            } else {
                clusterScoped.add(gvk(type));
            }
        }
        namespaced.forEach(clusterScoped::remove);
    }

    private static Gvk gvk(Node type) {
        return new Gvk(text(type, "group"), text(type, "version"), text(type, "kind"));
    }

    private static String text(Node map, String key) {
        Node value = map.get(key);
        return value == null ? "" : value.text();
    }
}
