package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.sandbox.custom.cel.CelException;
import io.driftless.sandbox.custom.cel.Patterns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What makes a schema a structural one.
final class SchemaRules {
    private static final List<JsonNode> TYPES = Stream.of("array", "boolean", "integer", "number", "object", "string")
            .<JsonNode>map(TextNode::valueOf)
            .toList();
    private static final List<String> COMBINED = List.of("allOf", "anyOf", "oneOf");
    private static final List<String> OF_THE_STRUCTURE =
            List.of("type", "default", "additionalProperties", "nullable", "description", "title");
    private static final int DEEPEST = 100;
    private final List<Violation> wrong = new ArrayList<>();

    private SchemaRules() {}

    static List<Violation> check(String path, JsonNode schema) {
        SchemaRules rules = new SchemaRules();
        if (!schema.isObject()) {
            rules.wrong.add(Violation.required(path, ""));
            return rules.wrong;
        }
        String type = schema.path("type").asText();
        if (type.isEmpty()) {
            rules.wrong.add(Violation.required(path + ".type", "must not be empty at the root"));
        } else if (!type.equals("object")) {
            rules.wrong.add(Violation.invalid(path + ".type", schema.path("type"), "must be object at the root"));
        }
        rules.level(path, schema, 0);
        return rules.wrong;
    }

    private void level(String path, JsonNode schema, int depth) {
        if (depth > DEEPEST) {
            wrong.add(Violation.forbidden(path, "a schema of more than " + DEEPEST + " levels"));
            return;
        }
        int before = wrong.size();
        type(path, schema);
        lists(path, schema);
        pattern(path, schema);
        if (schema.has("$ref")) {
            wrong.add(Violation.forbidden(path + ".$ref", "$ref is not supported"));
        }
        if (schema.path("additionalProperties").isObject()
                && !schema.path("properties").isEmpty()) {
            wrong.add(Violation.forbidden(
                    path + ".additionalProperties", "additionalProperties and properties are mutual exclusive"));
        }
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            part(path + ".properties[" + field.getKey() + "]", field.getValue(), "object fields", depth);
        }
        if (schema.path("additionalProperties").isObject()) {
            part(path + ".additionalProperties", schema.path("additionalProperties"), "object fields", depth);
        }
        if (schema.path("items").isObject()) {
            part(path + ".items", schema.path("items"), "array items", depth);
        }
        if (!schema.path("x-kubernetes-int-or-string").asBoolean()) {
            COMBINED.forEach(how -> {
                JsonNode parts = schema.path(how);
                for (int i = 0; i < parts.size(); i++) {
                    condition(path + "." + how + "[" + i + "]", parts.get(i), depth);
                }
            });
            condition(path + ".not", schema.path("not"), depth);
        }
        if (wrong.size() == before) {
            values(path, schema);
        }
    }

    private void part(String path, JsonNode schema, String what, int depth) {
        boolean anything = schema.path("x-kubernetes-int-or-string").asBoolean()
                || schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
        if (schema.path("type").asText().isEmpty() && !anything) {
            wrong.add(Violation.required(path + ".type", "must not be empty for specified " + what));
        }
        level(path, schema, depth + 1);
    }

    private void type(String path, JsonNode schema) {
        JsonNode type = schema.path("type");
        if (!type.isMissingNode() && !type.asText().isEmpty() && !TYPES.contains(type)) {
            wrong.add(Violation.unsupported(path + ".type", TextNode.valueOf(type.asText()), TYPES));
        }
        if (type.asText().equals("array") && !schema.path("items").isObject()) {
            wrong.add(Violation.required(path + ".items", "must be specified"));
        }
    }

    private void lists(String path, JsonNode schema) {
        String kind = schema.path("x-kubernetes-list-type").asText();
        JsonNode keys = schema.path("x-kubernetes-list-map-keys");
        if (!kind.isEmpty() && !schema.path("type").asText().equals("array")) {
            wrong.add(Violation.invalid(
                    path + ".type", schema.path("type"), "must be array if x-kubernetes-list-type is specified"));
        }
        if (kind.equals("map") && keys.isEmpty()) {
            wrong.add(Violation.required(
                    path + ".x-kubernetes-list-map-keys", "must not be empty if x-kubernetes-list-type is map"));
        }
        JsonNode item = schema.path("items");
        for (JsonNode key : keys) {
            JsonNode field = item.path("properties").path(key.asText());
            boolean required = false;
            for (JsonNode name : item.path("required")) {
                required |= name.equals(key);
            }
            if (!required && !field.has("default")) {
                wrong.add(Violation.required(
                        path + ".items.properties[" + key.asText() + "].default",
                        "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required"
                                + " property"));
            }
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

    /// A condition says nothing of the structure.
    private void condition(String path, JsonNode schema, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        for (String name : OF_THE_STRUCTURE) {
            if (schema.has(name)) {
                wrong.add(Violation.forbidden(path + "." + name, "must be empty to be structural"));
            }
        }
        pattern(path, schema);
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            condition(path + ".properties[" + field.getKey() + "]", field.getValue(), depth + 1);
        }
        if (schema.path("items").isObject()) {
            condition(path + ".items", schema.path("items"), depth + 1);
        }
        for (String how : COMBINED) {
            JsonNode parts = schema.path(how);
            for (int i = 0; i < parts.size(); i++) {
                condition(path + "." + how + "[" + i + "]", parts.get(i), depth + 1);
            }
        }
    }

    /// Defaults and rules, where the structure itself is sound.
    private void values(String path, JsonNode schema) {
        JsonNode fallback = schema.get("default");
        JsonNode rules = schema.path("x-kubernetes-validations");
        for (int i = 0; i < rules.size(); i++) {
            rule(path + ".x-kubernetes-validations[" + i + "]", schema, rules.get(i));
        }
        if (fallback != null && !fallback.isNull() && rules.isEmpty()) {
            Structure structure = Structure.read(withoutRules(schema));
            JsonNode completed = fallback.deepCopy();
            Pruner.complete(structure, completed)
                    .forEach(unknown -> wrong.add(Violation.invalid(
                            path + ".default", fallback, "must not have unknown fields: " + unknown)));
            Checker.check(structure, "", completed)
                    .forEach(v -> wrong.add(new Violation(
                            path + ".default" + (v.field().isEmpty() ? "" : "." + v.field()),
                            v.reason(),
                            v.message())));
        }
    }

    /// Rules are read on their own, so that what is wrong with one is told at its place.
    private static JsonNode withoutRules(JsonNode schema) {
        JsonNode copy = schema.deepCopy();
        for (JsonNode parent : copy.findParents("x-kubernetes-validations")) {
            if (parent instanceof com.fasterxml.jackson.databind.node.ObjectNode object) {
                object.remove("x-kubernetes-validations");
            }
        }
        return copy;
    }

    private void rule(String path, JsonNode schema, JsonNode rule) {
        if (rule.path("rule").asText().isBlank()) {
            wrong.add(Violation.required(path + ".rule", "rule is not specified"));
            return;
        }
        try {
            var _ = Rule.read(rule, Structure.read(withoutRules(schema)));
        } catch (CelException e) {
            wrong.add(Violation.invalid(path + ".rule", rule, "compilation failed: " + e.getMessage()));
        }
    }
}
