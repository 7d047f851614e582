package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// Structural schemas of custom resources: unknown fields are pruned, defaults filled in, types, required
/// fields and
/// enums checked.
final class CustomSchema {
    private CustomSchema() {}

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
        visit(type, Json.name(object), "", schema, object, true);
        object.set("apiVersion", apiVersion);
        object.set("kind", kind);
        object.set("metadata", metadata);
    }

    private static void visit(
            ResourceType type, String name, String path, JsonNode schema, JsonNode value, boolean root) {
        if (value.isNull() && schema.path("nullable").asBoolean()) {
            return;
        }
        String wanted = schema.path("type").asText();
        if (!schema.path("x-kubernetes-int-or-string").asBoolean() && !fits(wanted, value)) {
            throw ApiError.invalid(
                    type,
                    name,
                    path,
                    "Invalid value: \"" + value.getNodeType().name().toLowerCase(java.util.Locale.ROOT) + "\": " + path
                            + " must be of type " + wanted);
        }
        JsonNode allowed = schema.path("enum");
        if (allowed.isArray() && !contains(allowed, value)) {
            throw ApiError.invalid(type, name, path, "Unsupported value: " + value + ": supported values: " + allowed);
        }
        if (value instanceof ObjectNode object) {
            fields(type, name, path, schema, object, root);
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                visit(type, name, path + "[" + i + "]", schema.path("items"), value.get(i), false);
            }
        }
    }

    private static void fields(
            ResourceType type, String name, String path, JsonNode schema, ObjectNode object, boolean root) {
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
                    visit(type, name, below, properties.path(field), object.path(field), false);
                }
            } else if (additional.isObject()) {
                visit(type, name, below, additional, object.path(field), false);
            } else if (!open) {
                object.remove(field);
            }
        }
        for (JsonNode required : schema.path("required")) {
            if (!object.has(required.asText()) && !(root && required.asText().equals("metadata"))) {
                String below = path.isEmpty() ? required.asText() : path + "." + required.asText();
                throw ApiError.invalid(type, name, below, "Required value");
            }
        }
    }

    private static boolean fits(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber() || (value.isNumber() && value.asDouble() == value.asLong());
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> true;
        };
    }

    private static boolean contains(JsonNode list, JsonNode value) {
        for (JsonNode item : list) {
            if (item.equals(value)) {
                return true;
            }
        }
        return false;
    }
}
