package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.sandbox.custom.cel.CelException;
import io.driftless.sandbox.custom.cel.Expression;
import java.util.List;
import java.util.stream.Stream;

/// What makes the rules of one level of a schema none that can be held against a value.
final class RuleText {
    private static final int LONGEST = 2048;
    private static final List<JsonNode> REASONS = Stream.of(
                    "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired")
            .<JsonNode>map(TextNode::valueOf)
            .toList();

    private RuleText() {}

    static void check(String path, JsonNode schema, List<Violation> wrong) {
        JsonNode rules = schema.path("x-kubernetes-validations");
        if (rules.isEmpty()) {
            return;
        }
        int before = wrong.size();
        for (int i = 0; i < rules.size(); i++) {
            texts(path + ".x-kubernetes-validations[" + i + "]", schema, rules.get(i), wrong);
        }
        if (wrong.size() == before) {
            Structure self = Structure.read(SchemaRules.withoutRules(schema));
            for (int i = 0; i < rules.size(); i++) {
                expressions(path + ".x-kubernetes-validations[" + i + "]", self, rules.get(i), wrong);
            }
        }
    }

    private static void texts(String path, JsonNode schema, JsonNode rule, List<Violation> wrong) {
        if (rule.path("rule").asText().isBlank()) {
            wrong.add(Violation.required(path + ".rule", "rule is not specified"));
        }
        String message = rule.path("message").asText();
        if (!message.isEmpty() && message.isBlank()) {
            wrong.add(Violation.invalid(path + ".message", Quoted.text(message), "must be non-empty if specified"));
        } else if (message.length() > LONGEST) {
            wrong.add(Violation.invalid(
                    path + ".message",
                    Quoted.text(message.substring(0, 10) + "..."),
                    "must have a maximum length of " + LONGEST + " characters"));
        } else if (message.contains("\n")) {
            wrong.add(Violation.invalid(path + ".message", Quoted.text(message), "must not contain line breaks"));
        }
        String computed = rule.path("messageExpression").asText();
        if (!computed.isEmpty() && computed.isBlank()) {
            wrong.add(Violation.required(path + ".messageExpression", "must be non-empty if specified"));
        }
        String reason = rule.path("reason").asText();
        if (!reason.isEmpty() && !REASONS.contains(rule.path("reason"))) {
            wrong.add(Violation.unsupported(path + ".reason", rule.path("reason"), REASONS));
        }
        String field = rule.path("fieldPath").asText();
        if (!field.isEmpty() && !reaches(schema, field)) {
            wrong.add(Violation.invalid(path + ".fieldPath", Quoted.text(field), "must be a valid path"));
        }
    }

    private static boolean reaches(JsonNode schema, String path) {
        if (!path.startsWith(".") && !path.startsWith("[")) {
            return false;
        }
        JsonNode at = schema;
        for (String step : path.replaceAll("\\['([^']*)']", ".$1").substring(1).split("\\.", -1)) {
            JsonNode next = at.path("properties").path(step);
            at = next.isMissingNode() ? at.path("additionalProperties") : next;
        }
        return at.isObject();
    }

    private static void expressions(String path, Structure self, JsonNode rule, List<Violation> wrong) {
        String shown = GoSchema.rule(rule).toString();
        if (rule.path("optionalOldSelf").asBoolean()) {
            wrong.add(Violation.invalid(
                    path + ".rule", shown, "compilation failed: optionalOldSelf is not supported yet"));
            return;
        }
        try {
            Expression read = Expression.read(rule.path("rule").asText(), self);
            if (!read.mayBe("bool")) {
                wrong.add(Violation.invalid(path + ".rule", shown, "cel expression must evaluate to a bool"));
            }
        } catch (CelException e) {
            wrong.add(Violation.invalid(
                    path + ".rule",
                    shown,
                    "compilation failed: " + e.at(rule.path("rule").asText())));
        }
        String computed = rule.path("messageExpression").asText();
        if (computed.isEmpty()) {
            return;
        }
        try {
            if (!Expression.read(computed, self).mayBe("string")) {
                wrong.add(Violation.invalid(
                        path + ".messageExpression", shown, "messageExpression must evaluate to a string"));
            }
        } catch (CelException e) {
            wrong.add(Violation.invalid(
                    path + ".messageExpression", shown, "messageExpression compilation failed: " + e.at(computed)));
        }
    }
}
