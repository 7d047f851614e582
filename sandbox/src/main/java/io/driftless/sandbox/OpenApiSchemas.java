package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/// The schemas of built-in kinds, from a table (`openapi.json`) that holds what a kube-apiserver's `/openapi/v3` says
/// about names and types, without its prose; a reference there is the bare name of its target. Read when a document is
/// made and not kept.
final class OpenApiSchemas {
    private static final String KIND = "x-kubernetes-group-version-kind";
    private final ObjectNode table;
    private final Map<String, String> byKind = new HashMap<>();

    private OpenApiSchemas(ObjectNode table) {
        this.table = table;
        table.properties().forEach(entry -> {
            for (JsonNode kind : entry.getValue().path(KIND)) {
                byKind.put(
                        kind.path("group").asText() + "/" + kind.path("version").asText() + "/"
                                + kind.path("kind").asText(),
                        entry.getKey());
            }
        });
    }

    static OpenApiSchemas read() {
        try (InputStream in = OpenApiSchemas.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("openapi.json is missing beside OpenApiSchemas.class");
            }
            return new OpenApiSchemas((ObjectNode) Json.MAPPER.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read openapi.json", e);
        }
    }

    /// The name of the schema of a kind; empty where it is not known.
    String nameOf(String group, String version, String kind) {
        return byKind.getOrDefault(group + "/" + version + "/" + kind, "");
    }

    /// Adds a schema, and all it refers to, to a document.
    void copy(String name, ObjectNode schemas, Dialect dialect) {
        ArrayDeque<String> wanted = new ArrayDeque<>();
        wanted.add(name);
        while (!wanted.isEmpty()) {
            String next = wanted.remove();
            if (!schemas.has(next) && table.has(next)) {
                schemas.set(next, written(table.path(next), dialect, wanted));
            }
        }
    }

    private static JsonNode written(JsonNode node, Dialect dialect, ArrayDeque<String> wanted) {
        if (node.isArray()) {
            var out = Json.MAPPER.createArrayNode();
            node.forEach(item -> out.add(written(item, dialect, wanted)));
            return out;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        ObjectNode out = Json.object();
        object.properties().forEach(entry -> {
            if (entry.getKey().equals("$ref") && entry.getValue().isTextual()) {
                wanted.add(entry.getValue().asText());
            } else {
                out.set(entry.getKey(), written(entry.getValue(), dialect, wanted));
            }
        });
        if (object.path("$ref").isTextual()) {
            dialect.refer(out, object.path("$ref").asText());
        }
        dialect.adapt(out);
        return out;
    }

    /// How the two versions of OpenAPI say the same.
    enum Dialect {
        V2 {
            @Override
            void refer(ObjectNode node, String target) {
                node.put("$ref", "#/definitions/" + target);
            }

            @Override
            void adapt(ObjectNode node) {
                node.remove("nullable");
                if (node.remove("oneOf") != null) {
                    node.put("type", "string");
                }
            }
        },
        V3 {
            @Override
            void refer(ObjectNode node, String target) {
                String reference = "#/components/schemas/" + target;
                if (node.isEmpty()) {
                    node.put("$ref", reference);
                } else {
                    node.putArray("allOf").addObject().put("$ref", reference);
                }
            }

            @Override
            void adapt(ObjectNode node) {}
        };

        /// Makes a node a reference, beside what else it says.
        abstract void refer(ObjectNode node, String target);

        abstract void adapt(ObjectNode node);
    }
}
