package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.custom.cel.Budget;
import io.driftless.sandbox.custom.cel.CelException;
import io.driftless.sandbox.custom.cel.Expression;
import io.driftless.sandbox.custom.cel.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One rule of `x-kubernetes-validations`.
///
/// @param named what it is called where it has no value
/// @param told what is said where it does not hold
/// @param computed the same by an expression; null where there is none
/// @param field of the value that is wrong, below the one the rule is about
/// @param type of what it is about, by the schema
record Rule(
        Expression expression,
        String named,
        String told,
        @Nullable Expression computed,
        String reason,
        String field,
        String type) {
    private static final int LONGEST = 5 * 1024;
    private static final String SPENT =
            "validation failed due to running out of cost budget, no further validation rules will be run";

    /// @throws CelException where an expression cannot be read
    static Rule read(JsonNode rule, Type self, String type) {
        boolean optional = rule.path("optionalOldSelf").asBoolean();
        String text = rule.path("rule").asText().strip();
        String message = rule.path("message").asText().strip();
        String computed = rule.path("messageExpression").asText();
        return new Rule(
                Expression.read(rule.path("rule").asText(), self, optional),
                message.isEmpty() ? text : message,
                message.isEmpty() ? "failed rule: " + text : message,
                computed.isEmpty() ? null : Expression.read(computed, self, optional),
                rule.path("reason").asText("FieldValueInvalid"),
                rule.path("fieldPath").asText(),
                type);
    }

    /// Adds what it has against a value.
    ///
    /// @param kept whether the value is what it was: then it may stay, if the rule does not compare
    void check(
            String path, JsonNode value, @Nullable JsonNode old, boolean kept, Budget budget, List<Violation> wrong) {
        if (budget.isSpent()) {
            return;
        }
        if (expression.comparing() && old == null && !expression.optional()) {
            return;
        }
        try {
            if (!expression.holds(value, old, budget) && (expression.comparing() || !kept)) {
                wrong.add(violation(path, value, message(value, old, budget)));
            }
        } catch (CelException e) {
            wrong.add(Violation.invalid(path, '"' + type + '"', failed(String.valueOf(e.getMessage()))));
        }
        if (budget.isSpent()) {
            wrong.add(Violation.invalid(path, '"' + type + '"', SPENT));
        }
    }

    private String failed(String why) {
        return why.startsWith("no such overload")
                ? "'" + why
                        + "': call arguments did not match a supported operator, function or macro signature for rule: "
                        + named
                : why + " evaluating rule: " + named;
    }

    private String message(JsonNode value, @Nullable JsonNode old, Budget budget) {
        try {
            String text =
                    computed == null ? "" : computed.text(value, old, budget).strip();
            return text.isEmpty() || text.length() > LONGEST || text.contains("\n") ? told : text;
        } catch (CelException e) {
            return told;
        }
    }

    private Violation violation(String path, JsonNode value, String message) {
        String at = path + field;
        return switch (reason) {
            case "FieldValueForbidden" -> Violation.forbidden(at, message);
            case "FieldValueRequired" -> Violation.required(at, message);
            case "FieldValueDuplicate" -> new Violation(at, reason, "Duplicate value: " + message);
            default ->
                value.isContainerNode()
                        ? new Violation(at, reason, "Invalid value: " + message)
                        : Violation.invalid(at, value, message);
        };
    }
}
