package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What a part of a schema may not say, whatever its structure: words of JSON schema that are not
/// served, and what lists and maps are to be merged by.
final class SchemaPartRules {
    private static final List<JsonNode> TYPES = texts("array", "boolean", "integer", "number", "object", "string");
    private static final List<JsonNode> LISTS = texts("atomic", "set", "map");
    private static final List<JsonNode> MAPS = texts("atomic", "granular");
    private static final List<String> NOT_SERVED =
            List.of("id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref");
    private static final Set<String> METADATA = Set.of("metadata", "apiVersion", "kind");
    private final List<Violation> wrong;

    private SchemaPartRules(List<Violation> wrong) {
        this.wrong = wrong;
    }

    private static List<JsonNode> texts(String... texts) {
        return Stream.of(texts).<JsonNode>map(TextNode::valueOf).toList();
    }

    static void check(String path, JsonNode schema, List<Violation> wrong) {
        new SchemaPartRules(wrong).level(path, schema, true, "");
    }

    /// @param noDefault why there may be no default; empty where there may
    private void level(String path, JsonNode schema, boolean root, String noDefault) {
        words(path, schema, noDefault);
        if (schema.path("uniqueItems").asBoolean()) {
            wrong.add(Violation.forbidden(
                    path + ".uniqueItems",
                    "uniqueItems cannot be set to true since the runtime complexity becomes quadratic"));
        }
        JsonNode more = schema.path("additionalProperties");
        if (!more.isMissingNode() && !schema.path("properties").isEmpty()) {
            wrong.add(Violation.forbidden(
                    path + ".additionalProperties", "additionalProperties and properties are mutual exclusive"));
        }
        if (more.isObject()) {
            level(path + ".additionalProperties", more, false, noDefault);
        }
        boolean object = root || schema.path("x-kubernetes-embedded-resource").asBoolean();
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            String why =
                    object && METADATA.contains(field.getKey()) ? "must not be set in top-level metadata" : noDefault;
            level(path + ".properties[" + field.getKey() + "]", field.getValue(), false, why);
        }
        if (schema.path("items").isObject()) {
            level(path + ".items", schema.path("items"), false, noDefault);
        }
        JsonNode keeps = schema.path("x-kubernetes-preserve-unknown-fields");
        if (keeps.isBoolean() && !keeps.asBoolean()) {
            wrong.add(Violation.invalid(
                    path + ".x-kubernetes-preserve-unknown-fields", "false", "must be true or undefined"));
        }
        maps(path, schema);
        lists(path, schema);
    }

    private void words(String path, JsonNode schema, String noDefault) {
        JsonNode type = schema.path("type");
        if (!type.asText().isEmpty() && !TYPES.contains(type)) {
            wrong.add(Violation.unsupported(path + ".type", TextNode.valueOf(type.asText()), TYPES));
        }
        if (!noDefault.isEmpty() && schema.hasNonNull("default")) {
            wrong.add(Violation.forbidden(path + ".default", noDefault));
        }
        for (String word : NOT_SERVED) {
            if (schema.has(word)) {
                wrong.add(Violation.forbidden(path + "." + word, word + " is not supported"));
            }
        }
        if (type.asText().equals("null")) {
            wrong.add(
                    Violation.forbidden(path + ".type", "type cannot be set to null, use nullable as an alternative"));
        }
        if (schema.path("items").isArray()) {
            wrong.add(Violation.forbidden(path + ".items", "items must be a schema object and not an array"));
        }
    }

    private void maps(String path, JsonNode schema) {
        JsonNode how = schema.path("x-kubernetes-map-type");
        if (how.isMissingNode()) {
            return;
        }
        typed(path, schema, "object", "x-kubernetes-map-type");
        if (!MAPS.contains(how)) {
            wrong.add(Violation.unsupported(path + ".x-kubernetes-map-type", how, MAPS));
        }
    }

    private void typed(String path, JsonNode schema, String type, String word) {
        String is = schema.path("type").asText();
        String must = "must be " + type + " if " + word + " is specified";
        if (is.isEmpty()) {
            wrong.add(Violation.required(path + ".type", must));
        } else if (!is.equals(type)) {
            wrong.add(Violation.invalid(path + ".type", schema.path("type"), must));
        }
    }

    private void lists(String path, JsonNode schema) {
        JsonNode how = schema.path("x-kubernetes-list-type");
        JsonNode keys = schema.path("x-kubernetes-list-map-keys");
        JsonNode item = schema.path("items");
        if (!how.isMissingNode()) {
            typed(path, schema, "array", "x-kubernetes-list-type");
            if (!LISTS.contains(how)) {
                wrong.add(Violation.unsupported(path + ".x-kubernetes-list-type", how, LISTS));
            }
        }
        boolean map = how.asText().equals("map");
        if (!keys.isEmpty() && !map) {
            String must = "must be map if x-kubernetes-list-map-keys is non-empty";
            wrong.add(
                    how.isMissingNode()
                            ? Violation.required(path + ".x-kubernetes-list-type", must)
                            : Violation.invalid(path + ".x-kubernetes-list-type", how, must));
        }
        if (map && keys.isEmpty()) {
            wrong.add(Violation.required(
                    path + ".x-kubernetes-list-map-keys", "must not be empty if x-kubernetes-list-type is map"));
        }
        if (map && !item.isObject()) {
            wrong.add(Violation.required(path + ".items", "must have a schema if x-kubernetes-list-type is map"));
        } else if (map && !item.path("type").asText().equals("object")) {
            wrong.add(Violation.invalid(
                    path + ".items.type",
                    Quoted.text(item.path("type").asText()),
                    "must be object if parent array's x-kubernetes-list-type is map"));
        } else if (map) {
            keys(path, item, keys);
        }
        if (how.asText().equals("set")) {
            set(path + ".items", item);
        }
    }

    private void keys(String path, JsonNode item, JsonNode keys) {
        Set<String> seen = new HashSet<>();
        for (JsonNode key : keys) {
            JsonNode field = item.path("properties").path(key.asText());
            String at = path + ".items.properties[" + key.asText() + "]";
            if (field.isMissingNode()) {
                wrong.add(Violation.invalid(
                        path + ".x-kubernetes-list-map-keys", keys, "entries must all be names of item properties"));
                continue;
            }
            if (List.of("array", "object").contains(field.path("type").asText())) {
                wrong.add(Violation.invalid(
                        at + ".type",
                        field.path("type"),
                        "must be a scalar type if parent array's x-kubernetes-list-type is map"));
            }
            if (!seen.add(key.asText())) {
                wrong.add(Violation.invalid(
                        path + ".x-kubernetes-list-map-keys", keys, "must not contain duplicate entries"));
            }
            if (!contains(item.path("required"), key) && !field.has("default")) {
                wrong.add(Violation.required(
                        at + ".default",
                        "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required"
                                + " property"));
            }
            if (field.path("nullable").asBoolean()) {
                wrong.add(Violation.forbidden(
                        at + ".nullable", "this property is in x-kubernetes-list-map-keys, so it cannot be nullable"));
            }
        }
        if (item.path("nullable").asBoolean()) {
            wrong.add(Violation.forbidden(
                    path + ".items.nullable", "cannot be nullable when x-kubernetes-list-type is map"));
        }
    }

    private void set(String path, JsonNode item) {
        String must = "must be atomic as item of a list with x-kubernetes-list-type=set";
        for (String[] pair :
                new String[][] {{"object", "x-kubernetes-map-type"}, {"array", "x-kubernetes-list-type"}}) {
            JsonNode how = item.path(pair[1]);
            boolean unset = how.isMissingNode();
            if (item.path("type").asText().equals(pair[0])
                    && !how.asText().equals("atomic")
                    && !(unset && pair[0].equals("array"))) {
                wrong.add(Violation.invalid(path + "." + pair[1], unset ? "null" : how.toString(), must));
            }
        }
        if (item.path("nullable").asBoolean()) {
            wrong.add(Violation.forbidden(path + ".nullable", "cannot be nullable when x-kubernetes-list-type is set"));
        }
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
