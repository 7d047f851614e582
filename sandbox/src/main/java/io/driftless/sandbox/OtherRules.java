package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.sandbox.custom.Violation;
import java.util.List;

/// What makes objects of kinds with few rules invalid.
final class OtherRules {
    private OtherRules() {}

    static void ingress(JsonNode spec, List<Violation> out) {
        if (spec.path("rules").isEmpty() && spec.path("defaultBackend").isMissingNode()) {
            String rules = spec.has("rules") ? "[]" : "null";
            out.add(Violation.invalid("spec", rules, "either `defaultBackend` or `rules` must be specified"));
        }
        for (int i = 0; i < spec.path("rules").size(); i++) {
            JsonNode rule = spec.path("rules").get(i);
            String host = rule.path("host").asText();
            if (!host.isEmpty() && !Names.subdomain(host.startsWith("*.") ? host.substring(2) : host)) {
                out.add(Names.invalid("spec.rules[" + i + "].host", host, Names.NOT_SUBDOMAIN));
            }
            if (rule.has("http")) {
                IngressPathRules.add(
                        "spec.rules[" + i + "].http.paths", rule.path("http").path("paths"), out);
            }
        }
    }

    static void budget(JsonNode spec, List<Violation> out) {
        if (spec.has("minAvailable") && spec.has("maxUnavailable")) {
            out.add(Violation.invalid("spec", budgetShown(spec), "minAvailable and maxUnavailable cannot be both set"));
        }
        SelectorRules.add("spec.selector", spec.path("selector"), out);
        ServiceRules.oneOf(
                "spec.unhealthyPodEvictionPolicy",
                spec.path("unhealthyPodEvictionPolicy"),
                List.of("AlwaysAllow", "IfHealthyBudget"),
                out);
    }

    /// By the names that the fields have within the real server.
    private static String budgetShown(JsonNode spec) {
        JsonNode none = Json.MAPPER.nullNode();
        ObjectNode shown = Json.object();
        shown.set("MinAvailable", spec.path("minAvailable"));
        shown.set("Selector", spec.has("selector") ? spec.path("selector") : none);
        shown.set("MaxUnavailable", spec.path("maxUnavailable"));
        JsonNode policy = spec.path("unhealthyPodEvictionPolicy");
        shown.set("UnhealthyPodEvictionPolicy", policy.isMissingNode() ? none : policy);
        return shown.toString();
    }

    static void autoscaler(JsonNode spec, List<Violation> out) {
        int most = spec.path("maxReplicas").asInt();
        if (most < 1) {
            out.add(Violation.invalid("spec.maxReplicas", Integer.toString(most), "must be greater than 0"));
        }
        if (most < spec.path("minReplicas").asInt(1)) {
            out.add(Violation.invalid(
                    "spec.maxReplicas", Integer.toString(most), "must be greater than or equal to `minReplicas`"));
        }
        for (String field : List.of("kind", "name")) {
            if (spec.path("scaleTargetRef").path(field).asText().isEmpty()) {
                out.add(Violation.required("spec.scaleTargetRef." + field, ""));
            }
        }
    }

    static void volume(JsonNode spec, List<Violation> out) {
        if (spec.path("accessModes").isEmpty()) {
            out.add(Violation.required("spec.accessModes", ""));
        }
        if (spec.path("capacity").isEmpty()) {
            out.add(Violation.required("spec.capacity", ""));
            out.add(Violation.unsupported(
                    "spec.capacity", Json.MAPPER.nullNode(), List.of(TextNode.valueOf("storage"))));
        }
        boolean source = spec.properties().stream()
                .anyMatch(field -> field.getValue().isObject()
                        && !List.of("capacity", "claimRef", "nodeAffinity").contains(field.getKey()));
        if (!source) {
            out.add(Violation.required("spec", "must specify a volume type"));
        }
    }

    static void lease(JsonNode spec, List<Violation> out) {
        JsonNode seconds = spec.path("leaseDurationSeconds");
        if (!seconds.isMissingNode() && seconds.asInt() <= 0) {
            out.add(Violation.invalid("spec.leaseDurationSeconds", seconds, "must be greater than 0"));
        }
        if (spec.path("leaseTransitions").asInt() < 0) {
            out.add(Violation.invalid(
                    "spec.leaseTransitions", spec.path("leaseTransitions"), "must be greater than or equal to 0"));
        }
    }

    static void event(JsonNode event, List<Violation> out) {
        JsonNode namespace = event.path("involvedObject").path("namespace");
        String own = Json.namespace(event);
        if (!namespace.asText().isEmpty() && !namespace.asText().equals(own)) {
            out.add(Violation.invalid("involvedObject.namespace", namespace, "does not match event.namespace"));
        } else if (namespace.asText().isEmpty() && !own.equals("default")) {
            out.add(Violation.invalid("involvedObject.namespace", "\"\"", "does not match event.namespace"));
        }
    }
}
