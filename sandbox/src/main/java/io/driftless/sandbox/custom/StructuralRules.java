package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.custom.cel.CelException;
import io.driftless.sandbox.custom.cel.Patterns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// What makes a schema a structural one.
final class StructuralRules {
    private static final List<String> COMBINED = List.of("allOf", "anyOf", "oneOf");
    private static final Map<String, String> OF_THE_STRUCTURE = Map.ofEntries(
            Map.entry("type", "must be empty"),
            Map.entry("default", "must be undefined"),
            Map.entry("additionalProperties", "must be undefined"),
            Map.entry("nullable", "must be false"),
            Map.entry("description", "must be empty"),
            Map.entry("title", "must be empty"),
            Map.entry("x-kubernetes-preserve-unknown-fields", "must be false"),
            Map.entry("x-kubernetes-embedded-resource", "must be false"),
            Map.entry("x-kubernetes-int-or-string", "must be false"),
            Map.entry("x-kubernetes-list-map-keys", "must be empty"),
            Map.entry("x-kubernetes-list-type", "must be undefined"),
            Map.entry("x-kubernetes-map-type", "must be undefined"),
            Map.entry("x-kubernetes-validations", "must be empty"));
    private static final List<String> UNREADABLE =
            List.of("id", "$schema", "$ref", "patternProperties", "dependencies", "additionalItems", "definitions");
    private final List<Violation> wrong = new ArrayList<>();

    private StructuralRules() {}

    /// What of a schema has no place in a structure at all; empty for nothing.
    static String unreadable(JsonNode schema) {
        for (String field : UNREADABLE) {
            if (schema.has(field)) {
                return "OpenAPIV3Schema '" + (field.equals("$schema") ? "schema" : field) + "' is not supported";
            }
        }
        JsonNode keeps = schema.path("x-kubernetes-preserve-unknown-fields");
        if (schema.path("items").isArray() || keeps.isBoolean() && !keeps.asBoolean()) {
            return "OpenAPIV3Schema 'items' must be an object, not an array";
        }
        if (schema.path("type").asText().equals("null")) {
            return "OpenAPIV3Schema 'type' null is not supported";
        }
        for (JsonNode part : schema.path("properties")) {
            if (!unreadable(part).isEmpty()) {
                return unreadable(part);
            }
        }
        for (String part : List.of("items", "additionalProperties")) {
            if (schema.path(part).isObject() && !unreadable(schema.path(part)).isEmpty()) {
                return unreadable(schema.path(part));
            }
        }
        return "";
    }

    /// All that is wrong, in the order of the words.
    static List<Violation> check(String path, JsonNode schema) {
        StructuralRules rules = new StructuralRules();
        rules.level(path, schema, "at the root");
        rules.wrong.sort(Comparator.comparing(violation -> violation.field() + ": " + violation.message()));
        return rules.wrong;
    }

    private void level(String path, JsonNode schema, String what) {
        boolean root = what.equals("at the root");
        boolean embedded = schema.path("x-kubernetes-embedded-resource").asBoolean();
        String type = schema.path("type").asText();
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            level(path + ".properties[" + field.getKey() + "]", field.getValue(), "for specified object fields");
        }
        JsonNode more = schema.path("additionalProperties");
        if (more.isObject()) {
            level(path + ".additionalProperties", more, "for specified object fields");
        }
        if (schema.path("items").isObject()) {
            level(path + ".items", schema.path("items"), "for specified array items");
        }
        conditions(path, schema);
        type(path, schema, what);
        pattern(path, schema);
        if (type.equals("array") && !schema.path("items").isObject()) {
            wrong.add(Violation.required(path + ".items", "must be specified"));
        }
        if (!more.isMissingNode() && embedded) {
            wrong.add(Violation.forbidden(
                    path + ".additionalProperties", "must not be used if x-kubernetes-embedded-resource is set"));
        }
        if (!more.isMissingNode() && root) {
            wrong.add(Violation.forbidden(path + ".additionalProperties", "must not be used at the root"));
        }
        if (root || embedded) {
            metadata(path, schema.path("properties"));
        }
        if (embedded
                && !schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()
                && !(root && !schema.path("properties").isEmpty())
                && schema.path("properties").isMissingNode()) {
            wrong.add(Violation.required(
                    path + ".properties",
                    "must not be empty if x-kubernetes-embedded-resource is true without"
                            + " x-kubernetes-preserve-unknown-fields"));
        }
    }

    private void type(String path, JsonNode schema, String what) {
        String type = schema.path("type").asText();
        boolean anything = schema.path("x-kubernetes-int-or-string").asBoolean()
                || schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
        if (schema.path("x-kubernetes-embedded-resource").asBoolean() && !type.equals("object")) {
            String must = "must be object if x-kubernetes-embedded-resource is true";
            wrong.add(
                    type.isEmpty()
                            ? Violation.required(path + ".type", must)
                            : Violation.invalid(path + ".type", schema.path("type"), must));
        } else if (type.isEmpty() && (!anything || what.equals("at the root"))) {
            wrong.add(Violation.required(path + ".type", "must not be empty " + what));
        }
        if (what.equals("at the root") && !type.isEmpty() && !type.equals("object")) {
            wrong.add(Violation.invalid(path + ".type", schema.path("type"), "must be object at the root"));
        }
    }

    /// What all objects have is theirs.
    private void metadata(String path, JsonNode fields) {
        for (String text : List.of("apiVersion", "kind")) {
            JsonNode type = fields.path(text).path("type");
            if (fields.has(text) && !type.asText().equals("string")) {
                wrong.add(Violation.invalid(
                        path + ".properties[" + text + "].type", Quoted.text(type.asText()), "must be string"));
            }
        }
        JsonNode metadata = fields.path("metadata");
        if (metadata.isMissingNode()) {
            return;
        }
        String at = path + ".properties[metadata]";
        if (!metadata.path("type").asText().equals("object")) {
            wrong.add(Violation.invalid(
                    at + ".type", Quoted.text(metadata.path("type").asText()), "must be object"));
        }
        boolean more = false;
        for (Map.Entry<String, JsonNode> said : metadata.properties()) {
            more |= !List.of("type", "properties", "description", "default", "nullable")
                    .contains(said.getKey());
        }
        for (Map.Entry<String, JsonNode> field : metadata.path("properties").properties()) {
            more |= !List.of("name", "generateName").contains(field.getKey());
        }
        if (more) {
            wrong.add(
                    Violation.forbidden(
                            at,
                            "must not specify anything other than name and generateName, but metadata is implicitly specified"));
        }
    }

    private void pattern(String path, JsonNode schema) {
        try {
            if (schema.has("pattern")) {
                var _ = Patterns.read(schema.path("pattern").asText());
            }
        } catch (CelException e) {
            wrong.add(Violation.invalid(
                    path + ".pattern",
                    schema.path("pattern"),
                    "must be a valid regular expression, but isn't: " + e.getMessage()));
        }
    }

    private void conditions(String path, JsonNode schema) {
        for (String how : COMBINED) {
            JsonNode parts = schema.path(how);
            for (int i = 0; i < parts.size(); i++) {
                if (!eitherType(schema, how, parts)) {
                    condition(path + "." + how + "[" + i + "]", parts.get(i));
                }
            }
        }
        if (schema.path("not").isObject()) {
            condition(path + ".not", schema.path("not"));
        }
    }

    /// The one alternative of types that says no more than `x-kubernetes-int-or-string`.
    private static boolean eitherType(JsonNode schema, String how, JsonNode parts) {
        if (!schema.path("x-kubernetes-int-or-string").asBoolean()) {
            return false;
        }
        JsonNode any = how.equals("allOf") ? parts.path(0).path("anyOf") : parts;
        return !how.equals("oneOf")
                && any.size() == 2
                && any.get(0).path("type").asText().equals("integer")
                && any.get(1).path("type").asText().equals("string");
    }

    /// A condition says nothing of the structure.
    private void condition(String path, JsonNode schema) {
        OF_THE_STRUCTURE.forEach((name, must) -> {
            JsonNode said = schema.path(name);
            boolean nothing = said.isMissingNode()
                    || said.isBoolean() && !said.asBoolean()
                    || said.isTextual() && said.asText().isEmpty();
            if (!nothing) {
                wrong.add(Violation.forbidden(path + "." + name, must + " to be structural"));
            }
        });
        pattern(path, schema);
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            condition(path + ".properties[" + field.getKey() + "]", field.getValue());
        }
        if (schema.path("items").isObject()) {
            condition(path + ".items", schema.path("items"));
        }
        for (String how : COMBINED) {
            JsonNode parts = schema.path(how);
            for (int i = 0; i < parts.size(); i++) {
                condition(path + "." + how + "[" + i + "]", parts.get(i));
            }
        }
    }
}
