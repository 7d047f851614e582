package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.sandbox.custom.Violation;
import java.util.List;

/// What makes an autoscaler invalid.
public final class AutoscalerRules {
    private static final int LONGEST_WINDOW = 3600;
    private static final int LONGEST_PERIOD = 1800;

    private AutoscalerRules() {}

    static void add(JsonNode spec, List<Violation> out) {
        JsonNode least = spec.path("minReplicas");
        int most = spec.path("maxReplicas").asInt();
        if (least.asInt(1) < 1) {
            out.add(Violation.invalid("spec.minReplicas", least, "must be greater than or equal to 1"));
        }
        if (most < 0) {
            out.add(Violation.invalid(
                    "spec.maxReplicas", Integer.toString(most), "must be greater than or equal to 1"));
        } else if (most < 1) {
            out.add(Violation.required("spec.maxReplicas", "must be set and greater than 0"));
        }
        if (most < least.asInt(1)) {
            out.add(Violation.invalid(
                    "spec.maxReplicas", Integer.toString(most), "must be greater than or equal to `minReplicas`"));
        }
        reference("spec.scaleTargetRef", spec.path("scaleTargetRef"), out);
        String version = spec.path("scaleTargetRef").path("apiVersion").asText();
        if (version.indexOf('/') != version.lastIndexOf('/')) {
            out.add(Names.invalid(
                    "spec.scaleTargetRef.apiVersion", version, "unexpected GroupVersion string: " + version));
        } else if (!version.contains("/") && !version.equals("v1")) {
            out.add(Names.invalid("spec.scaleTargetRef.apiVersion", version, "apiVersion must specify API group"));
        }
        JsonNode percent = spec.path("targetCPUUtilizationPercentage");
        if (percent.isNumber() && percent.asInt() < 1) {
            // As the newer version says it.
            out.add(Violation.invalid(
                    "spec.metrics[0].resource.target.averageUtilization", percent, "must be greater than 0"));
        }
        boolean outer = false;
        for (int i = 0; i < spec.path("metrics").size(); i++) {
            JsonNode metric = spec.path("metrics").get(i);
            outer |= List.of("Object", "External").contains(metric.path("type").asText());
            AutoscalerMetricRules.add("spec.metrics[" + i + "]", metric, out);
        }
        if (!least.isMissingNode() && least.asInt() == 0 && !outer) {
            out.add(Violation.forbidden(
                    "spec.metrics",
                    "must specify at least one Object or External metric to support scaling to zero replicas"));
        }
        direction("spec.behavior.scaleUp", spec.path("behavior").path("scaleUp"), out);
        direction("spec.behavior.scaleDown", spec.path("behavior").path("scaleDown"), out);
    }

    static void reference(String at, JsonNode reference, List<Violation> out) {
        ValueRules.segment(at + ".kind", reference.path("kind"), out);
        ValueRules.segment(at + ".name", reference.path("name"), out);
    }

    private static void direction(String at, JsonNode rules, List<Violation> out) {
        ValueRules.between(
                at + ".stabilizationWindowSeconds",
                rules.path("stabilizationWindowSeconds"),
                0,
                LONGEST_WINDOW,
                "must be greater than or equal to zero",
                "must be less than or equal to " + LONGEST_WINDOW,
                out);
        ServiceRules.oneOf(at + ".selectPolicy", rules.path("selectPolicy"), List.of("Disabled", "Max", "Min"), out);
        if (rules.path("policies").isArray() && rules.path("policies").isEmpty()) {
            out.add(Violation.required(at + ".policies", "must specify at least one Policy"));
        }
        for (int i = 0; i < rules.path("policies").size(); i++) {
            JsonNode policy = rules.path("policies").get(i);
            String here = at + ".policies[" + i + "]";
            ServiceRules.oneOf(
                    here + ".type", TextNode.valueOf(policy.path("type").asText()), List.of("Percent", "Pods"), out);
            ValueRules.between(
                    here + ".value",
                    number(policy.path("value")),
                    1,
                    Integer.MAX_VALUE,
                    "must be greater than zero",
                    "",
                    out);
            ValueRules.between(
                    here + ".periodSeconds",
                    number(policy.path("periodSeconds")),
                    1,
                    LONGEST_PERIOD,
                    "must be greater than zero",
                    "must be less than or equal to " + LONGEST_PERIOD,
                    out);
        }
    }

    private static JsonNode number(JsonNode given) {
        return IntNode.valueOf(given.asInt());
    }
}
