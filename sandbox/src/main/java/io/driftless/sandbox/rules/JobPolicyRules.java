package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.custom.Violation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What makes it invalid when a job is said to have failed, or to be done.
public final class JobPolicyRules {
    private static final List<String> ACTIONS = List.of("Count", "FailIndex", "FailJob", "Ignore");
    private static final List<String> OPERATORS = List.of("In", "NotIn");
    private static final List<String> STATUSES = List.of("False", "True", "Unknown");

    private JobPolicyRules() {}

    static void add(Part spec) {
        for (Part rule : spec.in("podFailurePolicy").each("rules")) {
            failure(rule, spec);
        }
        spec.with("successPolicy", policy -> {
            if (spec.in("completionMode").text().equals("Indexed")) {
                success(policy, spec.in("completions").number());
            } else {
                policy.invalid(InternalText.SUCCESS_POLICY.of(policy.value()), "requires indexed completion mode");
            }
        });
    }

    private static void failure(Part rule, Part spec) {
        Part action = rule.in("action");
        if (action.text().isEmpty()) {
            action.required("valid values: [\"Count\" \"FailIndex\" \"FailJob\" \"Ignore\"]");
        } else if (action.text().equals("FailIndex")
                && !spec.in("backoffLimitPerIndex").there()) {
            action.invalid("requires the backoffLimitPerIndex to be set");
        } else {
            action.oneOf(ACTIONS);
        }
        Part codes = rule.in("onExitCodes");
        if (codes.there()) {
            codes(codes, spec);
        }
        List<Part> conditions = rule.each("onPodConditions");
        conditions.forEach(condition -> {
            condition.in("type").key();
            condition.in("status").oneOf(STATUSES);
        });
        if (codes.there() == !conditions.isEmpty()) {
            rule.add(Violation.worded(
                    rule.path(),
                    "Invalid value: specifying "
                            + (codes.there()
                                    ? "both OnExitCodes and OnPodConditions is not supported"
                                    : "one of OnExitCodes and OnPodConditions is required")));
        }
    }

    private static void codes(Part codes, Part spec) {
        Part name = codes.in("containerName");
        if (name.there() && !names(spec.value().path("template").path("spec")).contains(name.text())) {
            name.invalid("must be one of the container or initContainer names in the pod template");
        }
        Part operator = codes.in("operator");
        operator.oneOf(OPERATORS);
        List<Part> values = codes.each("values");
        if (values.isEmpty()) {
            codes.in("values").invalid("[]", "at least one value is required");
        }
        Set<Long> seen = new HashSet<>();
        boolean ordered = true;
        long last = Long.MIN_VALUE;
        for (Part value : values) {
            if (operator.text().equals("In") && value.number() == 0) {
                value.invalid("must not be 0 for the In operator");
            }
            if (!seen.add(value.number())) {
                value.add(Violation.duplicate(value.path(), value.value()));
            } else {
                ordered &= value.number() > last;
            }
            last = value.number();
        }
        if (!ordered) {
            codes.in("values").invalid("must be ordered");
        }
    }

    private static Set<String> names(JsonNode pod) {
        Set<String> names = new HashSet<>();
        for (String list : List.of("containers", "initContainers")) {
            pod.path(list).forEach(container -> names.add(container.path("name").asText()));
        }
        return names;
    }

    private static void success(Part policy, long completions) {
        if (policy.in("rules").value().isEmpty()) {
            policy.in("rules").required("at least one rules must be specified when the successPolicy is specified");
        }
        for (Part rule : policy.each("rules")) {
            Part count = rule.in("succeededCount");
            Part indexes = rule.in("succeededIndexes");
            if (!count.there() && !indexes.there()) {
                rule.required("at least one of succeededCount or succeededIndexes must be specified");
            }
            long most = indexes.there() ? IndexText.count(indexes, completions) : 0;
            if (count.there()) {
                count.notNegative();
                if (count.number() > completions) {
                    count.invalid(
                            "must be less than or equal to " + completions + " (the number of specified completions)");
                } else if (indexes.there() && count.number() > most) {
                    count.invalid("must be less than or equal to " + most
                            + " (the number of indexes in the specified succeededIndexes field)");
                }
            }
        }
    }
}
