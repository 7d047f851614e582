package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.ApiError.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What the server adds to a CustomResourceDefinition, and what makes one invalid.
final class DefinitionRules {
    private static final Set<String> TYPES = Set.of("object", "array", "string", "integer", "number", "boolean");

    private DefinitionRules() {}

    static void defaults(ObjectNode spec) {
        ObjectNode names = Json.child(spec, "names");
        String kind = names.path("kind").asText();
        Defaults.absent(names, "listKind", kind + "List");
        Defaults.absent(names, "singular", kind.toLowerCase(Locale.ROOT));
        Defaults.absent(Json.child(spec, "conversion"), "strategy", "None");
    }

    static List<Problem> problems(JsonNode definition) {
        List<Problem> out = new ArrayList<>();
        JsonNode spec = definition.path("spec");
        String wanted = spec.path("names").path("plural").asText() + "."
                + spec.path("group").asText();
        if (!Json.name(definition).equals(wanted)) {
            out.add(new Problem(
                    "metadata.name",
                    "Invalid value: \"" + Json.name(definition) + "\": must be spec.names.plural+\".\"+spec.group"));
        }
        int stored = 0;
        for (int i = 0; i < spec.path("versions").size(); i++) {
            JsonNode version = spec.path("versions").get(i);
            stored += version.path("storage").asBoolean() ? 1 : 0;
            String at = "spec.versions[" + i + "].schema.openAPIV3Schema";
            JsonNode schema = version.path("schema").path("openAPIV3Schema");
            if (!schema.isObject()) {
                out.add(new Problem(at, "Required value: schemas are required"));
            } else {
                visit(at, schema, out);
            }
        }
        if (stored != 1) {
            out.add(new Problem(
                    "spec.versions", "Invalid value: must have exactly one version marked as storage version"));
        }
        return out;
    }

    private static void visit(String at, JsonNode schema, List<Problem> out) {
        String type = schema.path("type").asText();
        boolean free = schema.path("x-kubernetes-int-or-string").asBoolean()
                || schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
        if (!TYPES.contains(type) && !(type.isEmpty() && free)) {
            out.add(
                    type.isEmpty()
                            ? new Problem(at + ".type", "Required value: must not be empty for specified object fields")
                            : new Problem(at + ".type", "Unsupported value: \"" + type + "\""));
        } else if (!SchemaRules.suits(schema)) {
            out.add(new Problem(at + ".default", "Invalid value: " + schema.get("default") + ": is of another type"));
        }
        schema.path("properties")
                .properties()
                .forEach(e -> visit(at + ".properties[" + e.getKey() + "]", e.getValue(), out));
        if (schema.path("items").isObject()) {
            visit(at + ".items", schema.path("items"), out);
        }
        if (schema.path("additionalProperties").isObject()) {
            visit(at + ".additionalProperties", schema.path("additionalProperties"), out);
        }
    }
}
