package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The schemas of the built-in kinds, read from a reduced table that a kube-apiserver's
/// `/openapi/v3` was condensed to (`ListTableGenerator` in the tests writes it), and the conversion
/// of a CRD's structural schema.
public final class Schemas {
    private static final Schemas BUILT_IN = load();

    private final Map<String, Schema> types = new HashMap<>();
    private final Map<String, Schema> kinds = new HashMap<>();

    private Schemas(JsonNode table) {
        table.path("types").properties().forEach(e -> types.put(e.getKey(), read(e.getValue())));
        table.path("kinds")
                .properties()
                .forEach(e -> kinds.put(e.getKey(), type(e.getValue().asText())));
    }

    /// The schema of a built-in kind; for every other kind one that knows `metadata` alone.
    public static Schema of(String apiVersion, String kind) {
        Schema schema = BUILT_IN.kinds.get(apiVersion + " " + kind);
        return schema != null ? schema : unknownKind();
    }

    /// Whether the table holds this kind.
    public static boolean isBuiltIn(String apiVersion, String kind) {
        return BUILT_IN.kinds.containsKey(apiVersion + " " + kind);
    }

    /// A custom kind whose schema is not known: typed metadata, everything else deduced.
    public static Schema unknownKind() {
        return new Schema.Struct(false, Map.of("metadata", BUILT_IN.type("ObjectMeta")));
    }

    /// The schema of a custom kind out of `spec.versions[].schema.openAPIV3Schema` of its definition.
    public static Schema ofCrd(JsonNode openApiV3Schema) {
        Map<String, Schema> fields = new HashMap<>();
        openApiV3Schema.path("properties").properties().forEach(e -> fields.put(e.getKey(), structural(e.getValue())));
        fields.remove("apiVersion");
        fields.remove("kind");
        fields.put("metadata", BUILT_IN.type("ObjectMeta"));
        return new Schema.Struct(false, fields);
    }

    private static Schema structural(JsonNode node) {
        if (node.path("x-kubernetes-int-or-string").asBoolean()) {
            return new Schema.Scalar(Schema.Format.INT_OR_STRING);
        }
        boolean atomic = node.path("x-kubernetes-map-type").asText().equals("atomic");
        return switch (node.path("type").asText()) {
            case "array" -> {
                JsonNode items = node.path("items");
                List<Schema.Key> keys = new ArrayList<>();
                node.path("x-kubernetes-list-map-keys").forEach(k -> {
                    JsonNode fallback =
                            items.path("properties").path(k.asText()).get("default");
                    keys.add(new Schema.Key(k.asText(), fallback));
                });
                Schema.ListKind kind =
                        switch (node.path("x-kubernetes-list-type").asText()) {
                            case "map" -> Schema.ListKind.MAP;
                            case "set" -> Schema.ListKind.SET;
                            default -> Schema.ListKind.ATOMIC;
                        };
                yield new Schema.Items(kind, keys, structural(items), null);
            }
            case "object" -> {
                if (node.path("additionalProperties").isObject()) {
                    yield new Schema.Entries(atomic, structural(node.path("additionalProperties")));
                }
                if (!node.has("properties")) {
                    yield atomic ? new Schema.Entries(true, Schema.DEDUCED) : Schema.DEDUCED;
                }
                Map<String, Schema> fields = new HashMap<>();
                node.path("properties").properties().forEach(e -> fields.put(e.getKey(), structural(e.getValue())));
                yield new Schema.Struct(atomic, fields);
            }
            default -> Schema.DEDUCED;
        };
    }

    private Schema type(String name) {
        return new Schema.Ref(() -> types.getOrDefault(name, Schema.DEDUCED));
    }

    private Schema read(JsonNode node) {
        if (node.has("ref")) {
            return type(node.path("ref").asText());
        }
        if (node.has("format")) {
            return new Schema.Scalar(Schema.Format.valueOf(node.path("format").asText()));
        }
        if (node.has("map")) {
            return new Schema.Entries(node.path("atomic").asBoolean(), read(node.path("map")));
        }
        if (node.has("list")) {
            List<Schema.Key> keys = new ArrayList<>();
            node.path("keys").properties().forEach(e -> {
                JsonNode fallback = e.getValue().isNull() ? null : e.getValue();
                keys.add(new Schema.Key(e.getKey(), fallback));
            });
            Schema.ListKind kind = Schema.ListKind.valueOf(node.path("list").asText());
            String patchKey = node.has("patch") ? node.path("patch").asText() : null;
            return new Schema.Items(kind, keys, read(node.path("of")), patchKey);
        }
        if (node.has("fields")) {
            Map<String, Schema> fields = new HashMap<>();
            node.path("fields").properties().forEach(e -> fields.put(e.getKey(), read(e.getValue())));
            return new Schema.Struct(node.path("atomic").asBoolean(), fields);
        }
        return Schema.DEDUCED;
    }

    private static Schemas load() {
        try (InputStream in = Schemas.class.getResourceAsStream("list-table.json")) {
            if (in == null) {
                throw new IllegalStateException("list-table.json is missing beside Schemas.class: rebuild the module");
            }
            return new Schemas(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read list-table.json", e);
        }
    }
}
