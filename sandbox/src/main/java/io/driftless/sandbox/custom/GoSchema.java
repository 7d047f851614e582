package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Schemas and rules with all fields of the Go types in their order, as messages of the real server show them.
final class GoSchema {
    private static final List<String> FIELDS = List.of(
            "id:t",
            "$schema:t:Schema",
            "$ref:n:Ref",
            "description:t",
            "type:t",
            "nullable:f",
            "format:t",
            "title:t",
            "default:n",
            "maximum:n",
            "exclusiveMaximum:f",
            "minimum:n",
            "exclusiveMinimum:f",
            "maxLength:n",
            "minLength:n",
            "pattern:t",
            "maxItems:n",
            "minItems:n",
            "uniqueItems:f",
            "multipleOf:n",
            "enum:n",
            "maxProperties:n",
            "minProperties:n",
            "required:n",
            "items:i",
            "allOf:l",
            "oneOf:l",
            "anyOf:l",
            "not:s",
            "properties:m",
            "additionalProperties:b",
            "patternProperties:m",
            "dependencies:n",
            "additionalItems:n",
            "definitions:m",
            "externalDocs:n",
            "example:n",
            "x-kubernetes-preserve-unknown-fields:n",
            "x-kubernetes-embedded-resource:f",
            "x-kubernetes-int-or-string:f",
            "x-kubernetes-list-map-keys:n",
            "x-kubernetes-list-type:n",
            "x-kubernetes-map-type:n",
            "x-kubernetes-validations:v");

    private GoSchema() {}

    static ObjectNode ofVersion(JsonNode schema) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.set("OpenAPIV3Schema", of(schema.path("openAPIV3Schema")));
        return out;
    }

    private static JsonNode of(JsonNode schema) {
        if (!schema.isObject()) {
            return JsonNodeFactory.instance.nullNode();
        }
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        for (String field : FIELDS) {
            String[] parts = field.split(":");
            out.set(name(parts), value(parts[1], schema.path(parts[0])));
        }
        return out;
    }

    private static String name(String[] parts) {
        if (parts.length > 2) {
            return parts[2];
        }
        if (parts[0].equals("id")) {
            return "ID";
        }
        StringBuilder out = new StringBuilder();
        for (String word : parts[0].replace("x-kubernetes-", "x-").split("-")) {
            out.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return out.toString();
    }

    private static JsonNode value(String sort, JsonNode value) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (sort) {
            case "t" -> make.textNode(value.asText());
            case "f" -> make.booleanNode(value.asBoolean());
            case "s" -> of(value);
            case "i" ->
                value.isObject()
                        ? make.objectNode().<ObjectNode>set("Schema", of(value)).set("JSONSchemas", make.nullNode())
                        : make.nullNode();
            case "b" ->
                value.isMissingNode()
                        ? make.nullNode()
                        : make.objectNode()
                                .put("Allows", value.isObject() || value.asBoolean())
                                .set("Schema", of(value));
            case "l" -> {
                ArrayNode out = make.arrayNode();
                value.forEach(part -> out.add(of(part)));
                yield value.isMissingNode() ? make.nullNode() : out;
            }
            case "m" -> {
                ObjectNode out = make.objectNode();
                value.properties().forEach(part -> out.set(part.getKey(), of(part.getValue())));
                yield value.isMissingNode() ? make.nullNode() : out;
            }
            case "v" -> {
                ArrayNode out = make.arrayNode();
                value.forEach(rule -> out.add(rule(rule)));
                yield value.isMissingNode() ? make.nullNode() : out;
            }
            default -> value.isMissingNode() ? make.nullNode() : value;
        };
    }

    static ObjectNode rule(JsonNode rule) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("Rule", rule.path("rule").asText())
                .put("Message", rule.path("message").asText())
                .put("MessageExpression", rule.path("messageExpression").asText());
        out.set("Reason", value("n", rule.path("reason")));
        out.put("FieldPath", rule.path("fieldPath").asText());
        out.set("OptionalOldSelf", value("n", rule.path("optionalOldSelf")));
        return out;
    }
}
