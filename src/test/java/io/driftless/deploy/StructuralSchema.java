package io.driftless.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The rules that an API server holds the schema of a custom resource to before it serves it. What breaks one is
/// listed with its path.
final class StructuralSchema {
    private static final String ANY = "x-kubernetes-preserve-unknown-fields";
    private static final String INT_OR_STRING = "x-kubernetes-int-or-string";
    private static final Set<String> TYPES = Set.of("object", "array", "string", "integer", "number", "boolean");
    private static final Set<String> FORBIDDEN =
            Set.of("$ref", "definitions", "dependencies", "patternProperties", "additionalItems", "uniqueItems", "id");
    private static final Set<String> JUNCTORS = Set.of("allOf", "anyOf", "oneOf");

    private final List<String> problems = new ArrayList<>();

    private StructuralSchema() {}

    static List<String> problems(JsonNode schema) {
        StructuralSchema check = new StructuralSchema();
        check.node("", schema);
        if (!schema.path("type").asText().equals("object")) {
            check.problems.add("the root is no object");
        }
        schema.path("properties").path("metadata").fieldNames().forEachRemaining(field -> {
            if (!Set.of("type", "description", "properties").contains(field)) {
                check.problems.add(".metadata: " + field + " is not allowed");
            }
        });
        return check.problems;
    }

    private void node(String path, JsonNode schema) {
        String type = schema.path("type").asText();
        boolean free =
                schema.path(ANY).asBoolean() || schema.path(INT_OR_STRING).asBoolean();
        if (!TYPES.contains(type) && !(type.isEmpty() && free)) {
            problems.add(path + ": the type is missing or unknown");
        }
        if (schema.path(INT_OR_STRING).asBoolean() && !type.isEmpty()) {
            problems.add(path + ": an int-or-string has no type");
        }
        for (String forbidden : FORBIDDEN) {
            if (schema.has(forbidden)) {
                problems.add(path + ": " + forbidden + " is not allowed");
            }
        }
        if (schema.has("properties") && schema.has("additionalProperties")) {
            problems.add(path + ": properties and additionalProperties exclude each other");
        }
        if (schema.has("properties") && !type.equals("object") || schema.has("items") && !type.equals("array")) {
            problems.add(path + ": its fields do not fit its type");
        }
        if (type.equals("array") && !schema.path("items").isObject()) {
            problems.add(path + ": a list says what its items are");
        }
        schema.path("required").forEach(field -> {
            if (!schema.path("properties").has(field.asText())) {
                problems.add(path + ": " + field + " is required but not described");
            }
        });
        schema.path("properties").properties().forEach(field -> node(path + '.' + field.getKey(), field.getValue()));
        if (schema.path("additionalProperties").isObject()) {
            node(path + ".*", schema.path("additionalProperties"));
        }
        if (schema.path("items").isObject()) {
            node(path + "[]", schema.path("items"));
        }
        for (String junctor : JUNCTORS) {
            schema.path(junctor)
                    .forEach(part -> part(path, part, schema.path(INT_OR_STRING).asBoolean()));
        }
    }

    /// Below a junctor only values may be restricted: types are said outside, except for an int-or-string.
    private void part(String path, JsonNode part, boolean intOrString) {
        for (String field : List.of("description", "default", "additionalProperties", "nullable", ANY)) {
            if (part.has(field)) {
                problems.add(path + ": " + field + " may not stand in anyOf, oneOf or allOf");
            }
        }
        if (part.has("type") && !intOrString) {
            problems.add(path + ": a type may not stand in anyOf, oneOf or allOf");
        }
    }
}
