package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.sandbox.custom.Violation;
import java.util.List;

/// What makes a selector of labels invalid, wherever one is a part of an object.
public final class SelectorRules {
    private static final List<String> WITH_VALUES = List.of("In", "NotIn");
    private static final List<String> WITHOUT = List.of("Exists", "DoesNotExist");

    private SelectorRules() {}

    static void add(Part selector) {
        add(selector.path(), selector.value(), selector.complaints());
    }

    static void add(String at, JsonNode selector, List<Violation> out) {
        selector.path("matchLabels").properties().forEach(label -> {
            Names.key(at + ".matchLabels", label.getKey(), out);
            Names.value(at + ".matchLabels", label.getValue().asText(), out);
        });
        for (int i = 0; i < selector.path("matchExpressions").size(); i++) {
            expression(
                    at + ".matchExpressions[" + i + "].",
                    selector.path("matchExpressions").get(i),
                    out);
        }
    }

    private static void expression(String at, JsonNode expression, List<Violation> out) {
        String operator = expression.path("operator").asText();
        boolean values = !expression.path("values").isEmpty();
        if (WITH_VALUES.contains(operator) && !values) {
            out.add(Violation.required(at + "values", "must be specified when `operator` is 'In' or 'NotIn'"));
        } else if (WITHOUT.contains(operator) && values) {
            out.add(Violation.forbidden(
                    at + "values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
        } else if (!WITH_VALUES.contains(operator) && !WITHOUT.contains(operator)) {
            out.add(Violation.invalid(at + "operator", TextNode.valueOf(operator), "not a valid selector operator"));
        }
        Names.key(at + "key", expression.path("key").asText(), out);
        for (int i = 0; i < expression.path("values").size(); i++) {
            Names.value(
                    at + "values[" + i + "]", expression.path("values").get(i).asText(), out);
        }
    }
}
