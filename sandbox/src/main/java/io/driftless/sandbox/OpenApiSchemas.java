package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.typed.SchemaTable;
import java.util.ArrayDeque;

/// The schemas of built-in kinds for a document. Read when one is made and not kept.
final class OpenApiSchemas {
    private final SchemaTable table;

    private OpenApiSchemas(SchemaTable table) {
        this.table = table;
    }

    static OpenApiSchemas read() {
        return new OpenApiSchemas(SchemaTable.read());
    }

    /// The name of the schema of a kind; empty where it is not known.
    String nameOf(String group, String version, String kind) {
        return table.nameOf(group, version, kind);
    }

    /// Adds a schema, and all it refers to, to a document.
    void copy(String name, ObjectNode schemas, Dialect dialect) {
        ArrayDeque<String> wanted = new ArrayDeque<>();
        wanted.add(name);
        while (!wanted.isEmpty()) {
            String next = wanted.remove();
            ObjectNode definition = schemas.has(next) ? null : table.definition(next);
            if (definition != null) {
                schemas.set(next, written(definition, dialect, wanted));
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
