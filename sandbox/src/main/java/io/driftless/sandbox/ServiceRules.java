package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.sandbox.custom.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What makes a Service invalid.
final class ServiceRules {
    private static final List<String> TYPES = List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    private static final List<String> TRAFFIC = List.of("Cluster", "Local");
    private static final List<String> NEAR = List.of("PreferClose", "PreferSameZone", "PreferSameNode");
    private static final int LONGEST_AFFINITY = 86_400;

    private ServiceRules() {}

    static void add(JsonNode spec, @Nullable JsonNode before, List<Violation> out) {
        String type = spec.path("type").asText();
        boolean external = type.equals("ExternalName");
        JsonNode ports = spec.path("ports");
        if (!external && ports.isEmpty() && !spec.path("clusterIP").asText().equals("None")) {
            out.add(Violation.required("spec.ports", ""));
        }
        if (external) {
            elsewhere(spec, out);
        }
        ServicePortRules.add(ports, out);
        spec.path("selector").properties().forEach(label -> {
            Names.key("spec.selector", label.getKey(), out);
            Names.value("spec.selector", label.getValue().asText(), out);
        });
        oneOf("spec.sessionAffinity", spec.path("sessionAffinity"), List.of("ClientIP", "None"), out);
        affinity(spec, out);
        if (!external) {
            ServiceAddressRules.own(spec, before == null, out);
        }
        ServiceAddressRules.others(spec.path("externalIPs"), out);
        oneOf("spec.type", spec.path("type"), TYPES, out);
        ServicePortRules.pairs(ports, out);
        balanced(spec, type, out);
        traffic(spec, type, out);
        if (before != null) {
            unmoved(spec, before.path("spec"), out);
        }
        if (out.isEmpty() && !external) {
            ServiceAddressRules.available(spec, before, out);
        }
    }

    private static void elsewhere(JsonNode spec, List<Violation> out) {
        String name = spec.path("externalName").asText();
        if (name.isEmpty()) {
            out.add(Violation.required("spec.externalName", ""));
        } else {
            String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
            if (!Names.subdomain(bare)) {
                out.add(Names.invalid("spec.externalName", bare, Names.NOT_SUBDOMAIN));
            }
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
        String only = "may only be used when `type` is 'LoadBalancer'";
        JsonNode ranges = spec.path("loadBalancerSourceRanges");
        if (!balanced && !ranges.isEmpty()) {
            out.add(Violation.forbidden("spec.LoadBalancerSourceRanges", only));
        }
        for (int i = 0; i < ranges.size(); i++) {
            Networks.range("spec.LoadBalancerSourceRanges[" + i + "]", ranges.get(i), out);
        }
        if (!balanced && spec.has("allocateLoadBalancerNodePorts")) {
            out.add(Violation.forbidden("spec.allocateLoadBalancerNodePorts", only));
        }
        if (!balanced && spec.has("loadBalancerClass")) {
            out.add(Violation.forbidden("spec.loadBalancerClass", only));
        } else if (spec.has("loadBalancerClass")) {
            Names.key("spec.loadBalancerClass", spec.path("loadBalancerClass").asText(), out);
        }
    }

    private static void traffic(JsonNode spec, String type, List<Violation> out) {
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
