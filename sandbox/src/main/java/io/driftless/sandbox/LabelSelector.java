package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

/// What a selector of labels and of expressions meets.
final class LabelSelector {
    private LabelSelector() {}

    /// An empty selector meets everything, one that is not there nothing.
    static boolean meets(JsonNode selector, JsonNode labels) {
        if (!selector.isObject()) {
            return false;
        }
        for (var label : selector.path("matchLabels").properties()) {
            if (!label.getValue().equals(labels.get(label.getKey()))) {
                return false;
            }
        }
        for (JsonNode term : selector.path("matchExpressions")) {
            if (!meetsTerm(term, labels.path(term.path("key").asText()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean meetsTerm(JsonNode term, JsonNode label) {
        boolean listed = false;
        for (JsonNode value : term.path("values")) {
            listed |= value.equals(label);
        }
        return switch (term.path("operator").asText()) {
            case "In" -> listed;
            case "NotIn" -> !listed;
            case "Exists" -> !label.isMissingNode();
            default -> label.isMissingNode();
        };
    }
}
