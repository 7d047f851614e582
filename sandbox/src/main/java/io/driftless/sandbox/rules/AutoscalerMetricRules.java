package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.objects.Quantities;
import io.driftless.sandbox.custom.Violation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What makes a metric of an autoscaler invalid.
public final class AutoscalerMetricRules {
    /// Types of metrics, and which field tells more of one.
    private static final TreeMap<String, String> SOURCES = new TreeMap<>(Map.of(
            "ContainerResource", "containerResource",
            "External", "external",
            "Object", "object",
            "Pods", "pods",
            "Resource", "resource"));

    private AutoscalerMetricRules() {}

    static void add(String at, JsonNode metric, List<Violation> out) {
        String type = metric.path("type").asText();
        if (type.isEmpty()) {
            out.add(Violation.required(at + ".type", "must specify a metric source type"));
        }
        ServiceRules.oneOf(at + ".type", TextNode.valueOf(type), List.copyOf(SOURCES.keySet()), out);
        String expected = SOURCES.getOrDefault(type, "");
        if (!expected.isEmpty() && !metric.has(expected)) {
            out.add(Violation.required(at + "." + expected, "must populate information for the given metric source"));
        }
        for (String source : SOURCES.values()) {
            if (metric.has(source) && source.equals(expected)) {
                source(at + "." + source, source, metric.path(source), out);
            } else if (metric.has(source) && metric.has(expected)) {
                out.add(Violation.forbidden(at + "." + source, "must populate the given metric source only"));
            }
        }
    }

    private static void source(String at, String source, JsonNode given, List<Violation> out) {
        JsonNode target = given.path("target");
        if (source.equals("object")) {
            AutoscalerRules.reference(at + ".describedObject", given.path("describedObject"), out);
        }
        if (source.equals("containerResource")
                && given.path("container").asText().isEmpty()) {
            out.add(Violation.required(at + ".container", "must specify a container"));
        }
        if (source.endsWith("esource")) {
            if (given.path("name").asText().isEmpty()) {
                out.add(Violation.required(at + ".name", "must specify a resource name"));
            }
        } else {
            if (given.path("metric").path("name").asText().isEmpty()) {
                out.add(Violation.required(at + ".metric.name", "must specify a metric name"));
            } else {
                ValueRules.segment(at + ".metric.name", given.path("metric").path("name"), out);
            }
            SelectorRules.add(at + ".metric.selector", given.path("metric").path("selector"), out);
        }
        target(at + ".target", target, out);
        enough(at + ".target", source, target, out);
    }

    private static void target(String at, JsonNode target, List<Violation> out) {
        String type = target.path("type").asText();
        if (type.isEmpty()) {
            out.add(Violation.required(at + ".type", "must specify a metric target type"));
        }
        if (!List.of("Utilization", "Value", "AverageValue").contains(type)) {
            out.add(Names.invalid(at + ".type", type, "must be either Utilization, Value, or AverageValue"));
        }
        for (String amount : List.of("value", "averageValue")) {
            JsonNode given = target.path(amount);
            if (!given.isMissingNode()
                    && Quantities.parse(given.asText()).orElse(BigDecimal.ONE).signum() <= 0) {
                out.add(Names.invalid(at + "." + amount, given.asText(), "must be positive"));
            }
        }
    }

    private static void enough(String at, String source, JsonNode target, List<Violation> out) {
        boolean value = target.has("value");
        boolean average = target.has("averageValue");
        boolean used = target.has("averageUtilization");
        switch (source) {
            case "object" -> {
                if (!value && !average) {
                    out.add(Violation.required(at + ".averageValue", "must set either a target value or averageValue"));
                }
            }
            case "external" -> {
                if (!value && !average) {
                    out.add(Violation.required(
                            at + ".averageValue", "must set either a target value for metric or a per-pod target"));
                } else if (value && average) {
                    out.add(Violation.forbidden(
                            at + ".value", "may not set both a target value for metric and a per-pod target"));
                }
            }
            case "pods" -> {
                if (!average) {
                    out.add(Violation.required(at + ".averageValue", "must specify a positive target averageValue"));
                }
            }
            default -> {
                if (used && target.path("averageUtilization").asInt() < 1) {
                    out.add(Violation.invalid(
                            at + ".averageUtilization", target.path("averageUtilization"), "must be greater than 0"));
                }
                if (!used && !average) {
                    out.add(Violation.required(
                            at + ".averageUtilization", "must set either a target raw value or a target utilization"));
                } else if (used && average) {
                    out.add(Violation.forbidden(
                            at + ".averageValue", "may not set both a target raw value and a target utilization"));
                }
            }
        }
    }
}
