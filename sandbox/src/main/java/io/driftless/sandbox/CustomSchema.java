package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.ApiError.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Structural schemas of custom resources: unknown fields are pruned, defaults filled in, the rules of [SchemaRules]
/// kept, and fields put in the order of their names, as the real server writes them.
final class CustomSchema {
    private final List<Problem> problems = new ArrayList<>();

    private CustomSchema() {}

    /// Completes an object in place.
    ///
    /// @throws ApiError naming everything that the schema forbids
    static void check(ResourceType type, ObjectNode object) {
        JsonNode version = type.custom();
        JsonNode schema =
                version == null ? object.path("") : version.path("schema").path("openAPIV3Schema");
        if (!schema.isObject()) {
            return;
        }
        JsonNode metadata = object.path("metadata");
        JsonNode apiVersion = object.path("apiVersion");
        JsonNode kind = object.path("kind");
        CustomSchema checks = new CustomSchema();
        checks.visit("", schema, object, true);
        if (!checks.problems.isEmpty()) {
            throw ApiError.invalid(type, Json.name(object), checks.problems);
        }
        object.set("apiVersion", apiVersion);
        object.set("kind", kind);
        object.set("metadata", metadata);
    }

    private void visit(String path, JsonNode schema, JsonNode value, boolean root) {
        if (value.isNull() && schema.path("nullable").asBoolean()) {
            return;
        }
        List<Problem> own = SchemaRules.problems(path, schema, value);
        problems.addAll(own);
        if (value instanceof ObjectNode object) {
            fields(path, schema, object, root);
            sort(object);
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                visit(path + "[" + i + "]", schema.path("items"), value.get(i), false);
            }
        }
    }

    private static void sort(ObjectNode object) {
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        object.properties().forEach(e -> sorted.put(e.getKey(), e.getValue()));
        object.removeAll();
        sorted.forEach(object::set);
    }

    private void fields(String path, JsonNode schema, ObjectNode object, boolean root) {
        JsonNode properties = schema.path("properties");
        properties.properties().forEach(e -> {
            JsonNode fallback = e.getValue().get("default");
            if (fallback != null && !object.has(e.getKey())) {
                object.set(e.getKey(), fallback.deepCopy());
            }
        });
        JsonNode additional = schema.path("additionalProperties");
        boolean open = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()
                || schema.path("x-kubernetes-embedded-resource").asBoolean()
                || additional.asBoolean();
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        for (String field : names) {
            String below = path.isEmpty() ? field : path + "." + field;
            if (properties.has(field)) {
                if (!root || !field.equals("metadata")) {
                    visit(below, properties.path(field), object.path(field), false);
                }
            } else if (additional.isObject()) {
                visit(below, additional, object.path(field), false);
            } else if (!open) {
                object.remove(field);
            }
        }
        for (JsonNode required : schema.path("required")) {
            if (!object.has(required.asText()) && !(root && required.asText().equals("metadata"))) {
                String below = path.isEmpty() ? required.asText() : path + "." + required.asText();
                problems.add(new Problem(below, "Required value"));
            }
        }
    }
}
