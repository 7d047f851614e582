package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.custom.Violation;
import java.util.List;
import java.util.Map;

/// What makes the selector of a workload and its template invalid, each by itself and together.
public final class TemplateRules {
    private static final List<String> ALWAYS = List.of("Always");

    private TemplateRules() {}

    /// Looks through the selector of a workload; false where it is of no use.
    ///
    /// @param kind how the kind is called where its selector is empty
    static boolean selector(Part spec, String kind) {
        Part selector = spec.in("selector");
        if (!selector.there()) {
            selector.required("");
            return true;
        }
        int before = selector.complaints().size();
        SelectorRules.add(selector.path(), selector.value(), selector.complaints());
        boolean unusable = selector.complaints().size() > before;
        if (selector.value().isEmpty()) {
            selector.invalid("{}", "empty selector is invalid for " + kind);
        }
        if (unusable && kind.equals("statefulset")) {
            selector.add(Violation.worded(selector.path(), "Invalid value: " + selector.value()));
        } else if (unusable) {
            selector.invalidLabels("invalid label selector");
        }
        return !unusable;
    }

    /// The template of pods that are started again and again.
    ///
    /// @param kind the kind in whose name the real server refuses what only a pod that ends can have
    static void running(Part spec, String kind) {
        matched(spec);
        PodSpecRules.template("spec.template", spec.value().path("template"), spec.complaints());
        always(spec);
        Part deadline = spec.in("template").in("spec").in("activeDeadlineSeconds");
        if (deadline.there()) {
            deadline.forbidden("activeDeadlineSeconds in " + kind + " is not Supported");
        }
    }

    /// The selector and the template of a DaemonSet.
    static void daemons(Part spec) {
        Part selector = spec.in("selector");
        int before = selector.complaints().size();
        if (selector.there()) {
            SelectorRules.add(selector.path(), selector.value(), selector.complaints());
        }
        if (selector.complaints().size() == before) {
            matched(spec);
        }
        if (selector.there() && selector.value().isEmpty()) {
            selector.invalid("{}", "empty selector is invalid for daemonset");
        }
        PodSpecRules.template("spec.template", spec.value().path("template"), spec.complaints());
        always(spec);
        Part deadline = spec.in("template").in("spec").in("activeDeadlineSeconds");
        if (deadline.there()) {
            deadline.forbidden("activeDeadlineSeconds in DaemonSet is not Supported");
        }
    }

    private static void always(Part spec) {
        Part restart = spec.in("template").in("spec").in("restartPolicy");
        if (restart.there()) {
            restart.oneOf(ALWAYS);
        }
    }

    /// Complains about labels of the template that the selector does not select.
    static void matched(Part spec) {
        JsonNode labels = spec.value().path("template").path("metadata").path("labels");
        JsonNode selector = spec.value().path("selector");
        if (!selector.isMissingNode() && matches(selector, labels)) {
            return;
        }
        spec.in("template").in("metadata").in("labels").invalidLabels("`selector` does not match template `labels`");
    }

    private static boolean matches(JsonNode selector, JsonNode labels) {
        for (Map.Entry<String, JsonNode> entry : selector.path("matchLabels").properties()) {
            if (!entry.getValue().equals(labels.get(entry.getKey()))) {
                return false;
            }
        }
        for (JsonNode expression : selector.path("matchExpressions")) {
            JsonNode value = labels.path(expression.path("key").asText());
            boolean listed = false;
            for (JsonNode one : expression.path("values")) {
                listed |= one.equals(value);
            }
            boolean holds = switch (expression.path("operator").asText()) {
                case "In" -> listed;
                case "NotIn" -> !listed;
                case "Exists" -> !value.isMissingNode();
                default -> value.isMissingNode();
            };
            if (!holds) {
                return false;
            }
        }
        return true;
    }
}
