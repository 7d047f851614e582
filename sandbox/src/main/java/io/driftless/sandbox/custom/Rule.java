package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.custom.cel.CelException;
import io.driftless.sandbox.custom.cel.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One rule of `x-kubernetes-validations`.
///
/// @param told what is said where it does not hold
/// @param computed the same by an expression; null where there is none
/// @param field of the value that is wrong, below the one the rule is about
record Rule(Expression expression, String told, @Nullable Expression computed, String reason, String field) {

    /// @throws CelException where an expression cannot be read
    static Rule read(JsonNode rule, Structure self) {
        if (rule.path("optionalOldSelf").asBoolean()) {
            throw new CelException("optionalOldSelf is not supported yet");
        }
        String text = rule.path("rule").asText();
        String computed = rule.path("messageExpression").asText();
        return new Rule(
                Expression.read(text, self),
                rule.path("message").asText("failed rule: " + text.strip()),
                computed.isEmpty() ? null : Expression.read(computed, self),
                rule.path("reason").asText("FieldValueInvalid"),
                rule.path("fieldPath").asText());
    }

    /// Adds what it has against a value.
    void check(String path, JsonNode value, @Nullable JsonNode old, List<Violation> wrong) {
        if (expression.comparing() && old == null) {
            return;
        }
        try {
            if (!expression.holds(value, old)) {
                wrong.add(violation(path, value, message(value, old)));
            }
        } catch (CelException e) {
            String type = '"' + Checker.typeOf(value) + '"';
            wrong.add(Violation.invalid(path, type, e.getMessage() + " evaluating rule: " + told));
        }
    }

    private String message(JsonNode value, @Nullable JsonNode old) {
        try {
            String text = computed == null ? "" : computed.text(value, old);
            return text.isBlank() ? told : text;
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
