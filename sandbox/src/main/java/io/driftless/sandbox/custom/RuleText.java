package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.sandbox.custom.cel.CelException;
import io.driftless.sandbox.custom.cel.Expression;
import io.driftless.sandbox.custom.cel.Type;
import java.util.List;
import java.util.stream.Stream;

/// What makes the rules of one level of a schema none that can be held against a value.
final class RuleText {
    private static final int LONGEST = 2048;
    private static final List<JsonNode> REASONS = Stream.of(
                    "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired")
            .<JsonNode>map(TextNode::valueOf)
            .toList();

    private final String path;
    private final JsonNode schema;
    private final String apart;
    private final List<Violation> wrong;

    /// @param apart what has no counterpart in what was before; empty for nothing
    RuleText(String path, JsonNode schema, String apart, List<Violation> wrong) {
        this.path = path;
        this.schema = schema;
        this.apart = apart;
        this.wrong = wrong;
    }

    void check(boolean root) {
        JsonNode rules = schema.path("x-kubernetes-validations");
        if (rules.isEmpty()) {
            return;
        }
        int before = wrong.size();
        for (int i = 0; i < rules.size(); i++) {
            texts(path + ".x-kubernetes-validations[" + i + "]", schema, rules.get(i), wrong);
        }
        if (wrong.size() == before) {
            Type self = SchemaTypes.of(schema, root);
            for (int i = 0; i < rules.size(); i++) {
                expressions(path + ".x-kubernetes-validations[" + i + "]", self, rules.get(i));
            }
        }
    }

    private static void texts(String path, JsonNode schema, JsonNode rule, List<Violation> wrong) {
        String text = rule.path("rule").asText().strip();
        String message = rule.path("message").asText();
        if (text.isEmpty()) {
            wrong.add(Violation.required(path + ".rule", "rule is not specified"));
        } else if (!message.isEmpty() && message.isBlank()) {
            wrong.add(Violation.invalid(path + ".message", Quoted.text(message), "must be non-empty if specified"));
        } else if (message.length() > LONGEST) {
            wrong.add(Violation.invalid(
                    path + ".message",
                    Quoted.text(message.substring(0, 10) + "..."),
                    "must have a maximum length of " + LONGEST + " characters"));
        } else if (message.strip().contains("\n")) {
            wrong.add(Violation.invalid(path + ".message", Quoted.text(message), "must not contain line breaks"));
        } else if (text.contains("\n") && message.isBlank()) {
            wrong.add(Violation.required(path + ".message", "message must be specified if rule contains line breaks"));
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

    private void expressions(String at, Type self, JsonNode rule) {
        String shown = shown(rule);
        boolean optional = rule.path("optionalOldSelf").asBoolean();
        boolean comparing = false;
        String text = rule.path("rule").asText();
        try {
            Expression read = Expression.read(text, self, optional);
            if (read.isOf(Type.BOOL)) {
                comparing = read.comparing();
                message(at + ".messageExpression", self, rule, shown);
            } else {
                wrong.add(Violation.invalid(at + ".rule", shown, "cel expression must evaluate to a bool"));
            }
        } catch (CelException e) {
            String how = e.isPlaced() ? "compilation failed: " : "program instantiation failed: ";
            wrong.add(Violation.invalid(at + ".rule", shown, how + e.at(text)));
        }
        if (comparing && !apart.isEmpty()) {
            wrong.add(Violation.invalid(
                    at + ".rule",
                    Quoted.text(text),
                    "oldSelf cannot be used on the uncorrelatable portion of the schema within " + apart));
        } else if (!comparing && rule.has("optionalOldSelf")) {
            wrong.add(Violation.invalid(
                    at + ".optionalOldSelf",
                    String.valueOf(optional),
                    "may not be set if oldSelf is not used in rule"));
        }
    }

    /// The rule as the real server shows it, which writes what would be read in HTML by its code.
    private static String shown(JsonNode rule) {
        return GoSchema.rule(rule)
                .toString()
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026");
    }

    private void message(String at, Type self, JsonNode rule, String shown) {
        String text = rule.path("messageExpression").asText();
        if (text.isEmpty()) {
            return;
        }
        try {
            Expression read =
                    Expression.read(text, self, rule.path("optionalOldSelf").asBoolean());
            if (!read.isOf(Type.STRING)) {
                wrong.add(Violation.invalid(at, shown, "messageExpression must evaluate to a string"));
            }
        } catch (CelException e) {
            String how = e.isPlaced() ? " compilation failed: " : " instantiation failed: ";
            wrong.add(Violation.invalid(at, shown, "messageExpression" + how + e.at(text)));
        }
    }
}
