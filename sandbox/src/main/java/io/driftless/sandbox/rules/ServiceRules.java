package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What makes a Service invalid.
public final class ServiceRules {
    private static final List<String> TYPES = List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    private static final List<String> TRAFFIC = List.of("Cluster", "Local");
    private static final List<String> NEAR = List.of("PreferClose", "PreferSameZone", "PreferSameNode");
    private static final int LONGEST_AFFINITY = 86_400;

    private static final String ONLY_BALANCED = "may only be used when `type` is 'LoadBalancer'";

    private ServiceRules() {}

    /// Only what is balanced has addresses of balancers.
    static void balanced(JsonNode service, List<Violation> out) {
        if (!service.path("spec").path("type").asText().equals("LoadBalancer")
                && !service.at("/status/loadBalancer/ingress").isEmpty()) {
            out.add(Violation.forbidden(
                    "status.loadBalancer.ingress", "may only be used when `spec.type` is 'LoadBalancer'"));
        }
    }

    static void add(JsonNode spec, @Nullable JsonNode before, List<Violation> out) {
        String type = spec.path("type").asText();
        boolean external = type.equals("ExternalName");
        int known = out.size();
        if (!external && !ServiceAddressRules.familiar(spec, before, out)) {
            out.subList(0, known).clear();
            return;
        }
        JsonNode ports = spec.path("ports");
        if (!ServicePortRules.taken(ports, type, out)) {
            return;
        }
        if (!external && ports.isEmpty() && !spec.path("clusterIP").asText().equals("None")) {
            out.add(Violation.required("spec.ports", ""));
        }
        if (before != null) {
            unmoved(spec, before.path("spec"), out);
        }
        if (external) {
            elsewhere(spec, out);
        }
        boolean headless = spec.path("clusterIP").asText().equals("None");
        if (headless && List.of("NodePort", "LoadBalancer").contains(type)) {
            out.add(Names.invalid("spec.clusterIPs[0]", "None", "may not be set to 'None' for " + type + " services"));
        }
        ServicePortRules.add(ports, out);
        spec.path("selector").properties().forEach(label -> {
            Names.key("spec.selector", label.getKey(), out);
            Names.value("spec.selector", label.getValue().asText(), out);
        });
        oneOf("spec.sessionAffinity", spec.path("sessionAffinity"), List.of("ClientIP", "None"), out);
        affinity(spec, out);
        ServiceAddressRules.others(spec.path("externalIPs"), out);
        oneOf("spec.type", spec.path("type"), TYPES, out);
        ServicePortRules.onNodes(ports, type, out);
        ServicePortRules.pairs(ports, out);
        balanced(spec, type, out);
        if (before == null) {
            sort(spec, type, out);
        }
        traffic(spec, type, out);
        if (out.isEmpty() && !external) {
            ServiceAddressRules.available(spec, before, out);
        }
    }

    private static void elsewhere(JsonNode spec, List<Violation> out) {
        for (String field : List.of("clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
            if (!spec.path(field).isEmpty() || spec.path(field).isTextual()) {
                out.add(Violation.forbidden("spec." + field, "may not be set for ExternalName services"));
            }
        }
        String name = spec.path("externalName").asText();
        if (name.isEmpty()) {
            out.add(Violation.required("spec.externalName", ""));
        } else {
            String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
            ValueRules.subdomain("spec.externalName", TextNode.valueOf(bare), out);
        }
    }

    private static void affinity(JsonNode spec, List<Violation> out) {
        JsonNode seconds = spec.path("sessionAffinityConfig").path("clientIP").path("timeoutSeconds");
        boolean bound = spec.path("sessionAffinity").asText().equals("ClientIP");
        if (bound && !seconds.isMissingNode() && (seconds.asInt() <= 0 || seconds.asInt() > LONGEST_AFFINITY)) {
            out.add(Violation.invalid(
                    "spec.sessionAffinityConfig.clientIP.timeoutSeconds",
                    seconds,
                    "must be greater than 0 and less than " + LONGEST_AFFINITY));
        }
    }

    /// What only a service with a load balancer has.
    private static void balanced(JsonNode spec, String type, List<Violation> out) {
        boolean balanced = type.equals("LoadBalancer");
        JsonNode ranges = spec.path("loadBalancerSourceRanges");
        if (!balanced && !ranges.isEmpty()) {
            out.add(Violation.forbidden("spec.LoadBalancerSourceRanges", ONLY_BALANCED));
        }
        for (int i = 0; i < ranges.size(); i++) {
            Networks.range("spec.LoadBalancerSourceRanges[" + i + "]", ranges.get(i), out);
        }
        if (!balanced && spec.has("allocateLoadBalancerNodePorts")) {
            out.add(Violation.forbidden("spec.allocateLoadBalancerNodePorts", ONLY_BALANCED));
        }
    }

    private static void sort(JsonNode spec, String type, List<Violation> out) {
        if (spec.has("loadBalancerClass") && !type.equals("LoadBalancer")) {
            out.add(Violation.forbidden("spec.loadBalancerClass", ONLY_BALANCED));
        } else if (spec.has("loadBalancerClass")) {
            Names.key("spec.loadBalancerClass", spec.path("loadBalancerClass").asText(), out);
        }
    }

    private static void traffic(JsonNode spec, String type, List<Violation> out) {
        JsonNode health = spec.path("healthCheckNodePort");
        boolean local = type.equals("LoadBalancer")
                && spec.path("externalTrafficPolicy").asText().equals("Local");
        JsonNode from = spec.path("externalTrafficPolicy");
        boolean reached = type.equals("NodePort")
                || type.equals("LoadBalancer")
                || type.equals("ClusterIP") && !spec.path("externalIPs").isEmpty();
        if (!reached && !from.asText().isEmpty()) {
            out.add(Violation.invalid(
                    "spec.externalTrafficPolicy", from, "may only be set for externally-accessible services"));
        } else {
            oneOf("spec.externalTrafficPolicy", from, TRAFFIC, out);
        }
        if (health.asInt() != 0 && !local) {
            out.add(Violation.invalid(
                    "spec.healthCheckNodePort",
                    health,
                    "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'"));
        }
        oneOf("spec.internalTrafficPolicy", spec.path("internalTrafficPolicy"), TRAFFIC, out);
        oneOf("spec.trafficDistribution", spec.path("trafficDistribution"), NEAR, out);
    }

    private static void unmoved(JsonNode spec, JsonNode was, List<Violation> out) {
        boolean external = spec.path("type").asText().equals("ExternalName")
                || was.path("type").asText().equals("ExternalName");
        String old = was.path("clusterIP").asText();
        String now = spec.path("clusterIP").asText();
        boolean address = now.equals("None") || Networks.address(now).isPresent();
        if (!external && !old.isEmpty() && !old.equals(now) && address) {
            ArrayNode shown = Json.MAPPER.createArrayNode().add(now);
            out.add(Violation.invalid("spec.clusterIPs[0]", shown.toString(), "may not change once set"));
        }
        JsonNode health = spec.path("healthCheckNodePort");
        if (health.asInt() != 0
                && was.path("healthCheckNodePort").asInt() != 0
                && health.asInt() != was.path("healthCheckNodePort").asInt()) {
            out.add(Violation.forbidden("spec.healthCheckNodePort", "field is immutable"));
        }
        boolean balanced = spec.path("type").asText().equals("LoadBalancer")
                && was.path("type").asText().equals("LoadBalancer");
        JsonNode sort = spec.path("loadBalancerClass");
        if (balanced && !sort.equals(was.path("loadBalancerClass"))) {
            out.add(Violation.invalid(
                    "spec.loadBalancerClass",
                    sort.isMissingNode() ? Json.MAPPER.nullNode() : sort,
                    "may not change once set"));
        }
        sort(spec, spec.path("type").asText(), out);
    }

    /// A text that is one of some.
    static void oneOf(String field, JsonNode value, List<String> supported, List<Violation> out) {
        if (!value.isMissingNode() && !supported.contains(value.asText())) {
            out.add(Violation.unsupported(
                    field,
                    value,
                    supported.stream().<JsonNode>map(TextNode::valueOf).toList()));
        }
    }
}
