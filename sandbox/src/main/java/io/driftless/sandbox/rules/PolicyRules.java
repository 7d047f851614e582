package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.custom.cel.CelException;
import io.driftless.sandbox.custom.cel.Expression;
import io.driftless.sandbox.model.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What makes policies of admission and their bindings invalid; none is ever asked.
public final class PolicyRules {
    private static final List<String> REASONS = List.of("Forbidden", "Invalid", "RequestEntityTooLarge");
    private static final List<String> ACTIONS = List.of("Audit", "Deny", "Warn");
    private static final String NOTHING = "validations or auditAnnotations must contain at least one item";

    private PolicyRules() {}

    static void add(JsonNode policy, List<Violation> out) {
        Part spec = Part.at("spec", policy.path("spec"), out);
        spec.in("failurePolicy").oneOf(List.of("Fail", "Ignore"));
        spec.with("paramKind", kind -> {
            kind.in("apiVersion").needed();
            kind.in("kind").needed();
        });
        Part matched = spec.in("matchConstraints");
        if (!matched.there()) {
            matched.required("");
        }
        matched(matched);
        if (matched.there() && matched.in("resourceRules").value().isEmpty()) {
            matched.in("resourceRules").required("");
        }
        spec.each("matchConditions").forEach(condition -> {
            condition.in("expression").needed();
            if (condition.in("name").needed()) {
                condition.in("name").key();
            }
        });
        spec.each("variables").forEach(PolicyRules::variable);
        if (spec.in("validations").value().isEmpty()
                && spec.in("auditAnnotations").value().isEmpty()) {
            spec.in("validations").required(NOTHING);
            spec.in("auditAnnotations").required(NOTHING);
        }
        spec.each("validations").forEach(PolicyRules::validation);
        spec.each("auditAnnotations").forEach(annotation -> {
            Names.key(
                    annotation.in("key").path(),
                    Json.name(policy) + "/" + annotation.in("key").text(),
                    out);
            if (annotation.in("valueExpression").text().isBlank()) {
                annotation.in("valueExpression").required("valueExpression is not specified");
            }
        });
    }

    private static void matched(Part matched) {
        for (String rules : List.of("resourceRules", "excludeResourceRules")) {
            matched.each(rules).forEach(WebhookRules::rule);
        }
        matched.in("matchPolicy").oneOf(List.of("Equivalent", "Exact"));
        matched.with("namespaceSelector", SelectorRules::add);
        matched.with("objectSelector", SelectorRules::add);
    }

    private static void variable(Part variable) {
        Part name = variable.in("name");
        if (name.needed() && !name.text().matches("[_a-zA-Z][_a-zA-Z0-9]*")) {
            name.invalid("must be a valid CEL identifier");
        }
        variable.in("expression").needed();
    }

    private static void validation(Part validation) {
        Part expression = validation.in("expression");
        if (expression.text().isBlank()) {
            expression.required("expression is not specified");
        } else {
            expression(expression);
        }
        String message = validation.in("message").text();
        if (!message.isEmpty() && message.isBlank()) {
            validation.in("message").invalid("message must be non-empty if specified");
        } else if (message.contains("\n")) {
            validation.in("message").invalid("must not contain line breaks");
        }
        Part reason = validation.in("reason");
        if (!reason.text().isEmpty()) {
            reason.oneOf(REASONS);
        }
    }

    /// Functions and names that are not known here may be known elsewhere; what cannot be read cannot be read anywhere.
    private static void expression(Part expression) {
        try {
            String sort = Expression.sortOf(expression.text());
            if (!sort.isEmpty() && !sort.equals("bool")) {
                expression.invalid("must evaluate to bool but got " + sort);
            }
        } catch (CelException e) {
            String why = e.at(expression.text());
            if (why.contains("Syntax error: mismatched")) {
                expression.invalid("compilation failed: " + why);
            }
        }
    }

    static void binding(JsonNode binding, List<Violation> out) {
        Part spec = Part.at("spec", binding.path("spec"), out);
        if (spec.in("policyName").needed()) {
            spec.in("policyName").subdomain();
        }
        spec.with("paramRef", PolicyRules::parameters);
        spec.with("matchResources", PolicyRules::matched);
        Part actions = spec.in("validationActions");
        if (actions.value().isEmpty()) {
            actions.required("at least one validation action is required");
        }
        Set<String> seen = new HashSet<>();
        for (Part action : spec.each("validationActions")) {
            action.oneOf(ACTIONS);
            if (!seen.add(action.text())) {
                action.duplicate(action.text());
            }
        }
        if (seen.contains("Deny") && seen.contains("Warn")) {
            actions.invalid("must not contain both Deny and Warn (repeating the same validation failure information in"
                    + " the API response and headers serves no purpose)");
        }
    }

    private static void parameters(Part parameters) {
        boolean named = !parameters.in("name").text().isEmpty();
        if (named) {
            parameters.in("name").subdomain();
        }
        if (named && parameters.in("selector").there()) {
            parameters.in("name").forbidden("name and selector are mutually exclusive");
        }
        if (!named && !parameters.in("selector").there()) {
            parameters.required("one of name or selector must be specified");
        }
        parameters.with("selector", SelectorRules::add);
        Part absent = parameters.in("parameterNotFoundAction");
        if (absent.needed()) {
            absent.oneOf(List.of("Deny", "Allow"));
        }
    }
}
