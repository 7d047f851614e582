package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What makes a schema a sound one: its structure first, then what each of its parts says.
final class SchemaRules {
    private static final int DEEPEST = 100;
    private final List<Violation> wrong = new ArrayList<>();

    private SchemaRules() {}

    static List<Violation> check(String path, JsonNode schema) {
        SchemaRules rules = new SchemaRules();
        if (!schema.isObject()) {
            return rules.wrong;
        }
        if (deep(schema, 0)) {
            rules.wrong.add(Violation.forbidden(path, "a schema of more than " + DEEPEST + " levels"));
            return rules.wrong;
        }
        if (schema.path("nullable").asBoolean()) {
            rules.wrong.add(Violation.forbidden(path + ".nullable", "nullable cannot be true at the root"));
        }
        String whole = StructuralRules.unreadable(schema);
        if (whole.isEmpty()) {
            rules.wrong.addAll(StructuralRules.check(path, schema));
        }
        SchemaPartRules.check(path, schema, rules.wrong);
        if (!whole.isEmpty() && rules.wrong.isEmpty()) {
            rules.wrong.add(Violation.invalid(path, "\"\"", whole));
        }
        if (rules.wrong.isEmpty()) {
            rules.values(path, schema);
        }
        return rules.wrong;
    }

    private static boolean deep(JsonNode node, int depth) {
        if (depth > 2 * DEEPEST) {
            return true;
        }
        for (JsonNode part : node) {
            if (part.isContainerNode() && deep(part, depth + 1)) {
                return true;
            }
        }
        return false;
    }

    /// Defaults and rules, where the structure itself is sound.
    private void values(String path, JsonNode schema) {
        Map<String, JsonNode> parts = new TreeMap<>();
        schema.path("properties")
                .properties()
                .forEach(field -> parts.put(path + ".properties[" + field.getKey() + "]", field.getValue()));
        for (String part : List.of("additionalProperties", "items")) {
            if (schema.path(part).isObject()) {
                parts.put(path + "." + part, schema.path(part));
            }
        }
        parts.forEach(this::values);
        int before = wrong.size();
        RuleText.check(path, schema, wrong);
        JsonNode fallback = schema.get("default");
        if (fallback != null && !fallback.isNull() && wrong.size() == before) {
            fallback(path + ".default", schema, fallback);
        }
    }

    private void fallback(String path, JsonNode schema, JsonNode fallback) {
        Structure structure = Structure.read(schema);
        JsonNode completed = fallback.deepCopy();
        if (!Pruner.complete(structure, completed).isEmpty()) {
            wrong.add(Violation.invalid(path, fallback, "must not have unknown fields"));
        }
        List<Violation> found = Checker.check(structure, "", completed);
        if (found.isEmpty()) {
            RuleCheck.check(structure, "", completed, null, found);
        }
        found.forEach(v -> wrong.add(new Violation(
                path + (v.field().isEmpty() || v.field().equals("<nil>") ? "" : "." + v.field()),
                v.reason(),
                v.message())));
    }

    /// Rules are read on their own, so that what is wrong with one is told at its place.
    static JsonNode withoutRules(JsonNode schema) {
        JsonNode copy = schema.deepCopy();
        for (JsonNode parent : copy.findParents("x-kubernetes-validations")) {
            if (parent instanceof ObjectNode object) {
                object.remove("x-kubernetes-validations");
            }
        }
        return copy;
    }
}
