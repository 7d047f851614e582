package io.driftless.sandbox.defaults;

import static io.driftless.sandbox.defaults.Defaults.absent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.rules.ServiceAddressRules;
import org.jspecify.annotations.Nullable;

/// The defaults of a service, with the addresses and node ports that the server hands out.
public final class ServiceDefaults {
    private ServiceDefaults() {}

    static void apply(ObjectNode object, ObjectNode spec, @Nullable JsonNode before) {
        absent(spec, "type", "ClusterIP");
        absent(spec, "sessionAffinity", "None");
        if (spec.path("sessionAffinity").asText().equals("ClientIP")) {
            absent(Json.child(Json.child(spec, "sessionAffinityConfig"), "clientIP"), "timeoutSeconds", 10_800);
        } else if (spec.path("sessionAffinity").asText().equals("None")) {
            spec.remove("sessionAffinityConfig");
        }
        String type = spec.path("type").asText();
        if (before != null) {
            unreached(spec, type, before.path("spec"));
        }
        if (before != null && !before.path("spec").path("type").asText().equals(type)) {
            forget(spec, type, before.path("spec"));
        }
        for (JsonNode port : spec.path("ports")) {
            if (port instanceof ObjectNode p) {
                absent(p, "protocol", "TCP");
                if (p.path("name").asText().isEmpty()) {
                    p.remove("name");
                }
                JsonNode target = p.path("targetPort");
                if ((target.asText().isEmpty() || target.asText().equals("0")) && p.has("port")) {
                    p.set("targetPort", p.get("port"));
                }
                if (onNodes(spec, type) && !p.has("nodePort")) {
                    p.put("nodePort", nodePort(p, before, object));
                }
            }
        }
        if (type.equals("ExternalName")) {
            if (!spec.path("clusterIP").asText().isEmpty() && !spec.has("clusterIPs")) {
                spec.putArray("clusterIPs").add(spec.path("clusterIP").asText());
            }
        } else {
            if (!spec.has("clusterIP") || spec.path("clusterIP").asText().isEmpty()) {
                String was = before == null
                        ? ""
                        : before.path("spec").path("clusterIP").asText();
                spec.put("clusterIP", was.isEmpty() ? Addresses.of(Json.uid(object), "10.96") : was);
            }
            boolean moved = before != null
                    && before.path("spec").path("clusterIPs").equals(spec.path("clusterIPs"))
                    && !before.path("spec").path("clusterIP").equals(spec.path("clusterIP"));
            if (!spec.has("clusterIPs") || moved) {
                spec.putArray("clusterIPs").add(spec.path("clusterIP").asText());
            }
            if (ServiceAddressRules.unselected(spec) && before != null && !spec.has("ipFamilies")) {
                Json.copy(before.path("spec"), spec, "ipFamilies");
                if (!spec.has("ipFamilyPolicy")) {
                    Json.copy(before.path("spec"), spec, "ipFamilyPolicy");
                }
            }
            if (ServiceAddressRules.unselected(spec)) {
                absent(spec, "ipFamilyPolicy", "RequireDualStack");
            }
            boolean both = ServiceAddressRules.unselected(spec)
                    && !spec.path("ipFamilyPolicy").asText().equals("SingleStack");
            if (!spec.has("ipFamilies")) {
                spec.putArray("ipFamilies").add("IPv4");
            }
            if (both && spec.path("ipFamilies").size() == 1) {
                String one = spec.path("ipFamilies").get(0).asText();
                spec.withArray("/ipFamilies").add(one.equals("IPv4") ? "IPv6" : "IPv4");
            }
            absent(spec, "ipFamilyPolicy", "SingleStack");
            absent(spec, "internalTrafficPolicy", "Cluster");
        }
        boolean outside = type.equals("ClusterIP") && !spec.path("externalIPs").isEmpty();
        if (type.equals("NodePort") || type.equals("LoadBalancer") || outside) {
            absent(spec, "externalTrafficPolicy", "Cluster");
        }
        health(spec, type, before, object);
        if (type.equals("LoadBalancer") && !spec.has("allocateLoadBalancerNodePorts")) {
            spec.put("allocateLoadBalancerNodePorts", true);
        }
        if (!object.path("status").has("loadBalancer")) {
            Json.child(object, "status").putObject("loadBalancer");
        }
    }

    /// Whether ports of the nodes lead to the service without being asked for one by one.
    private static boolean onNodes(ObjectNode spec, String type) {
        return type.equals("NodePort")
                || (type.equals("LoadBalancer")
                        && spec.path("allocateLoadBalancerNodePorts").asBoolean(true));
    }

    /// Nodes are asked whether they have a part of a service that is balanced among those that have.
    private static void health(ObjectNode spec, String type, @Nullable JsonNode before, ObjectNode object) {
        boolean asked = asked(spec, type);
        JsonNode was = before == null ? Json.object() : before.path("spec");
        if (asked && spec.path("healthCheckNodePort").asInt() == 0) {
            int port = was.path("healthCheckNodePort").asInt();
            spec.put(
                    "healthCheckNodePort",
                    port != 0 ? port : 30000 + Math.floorMod((Json.uid(object) + "health").hashCode(), 2768));
        } else if (!asked && asked(was, was.path("type").asText())) {
            lost(spec, was, "healthCheckNodePort");
        }
    }

    private static boolean asked(JsonNode spec, String type) {
        return type.equals("LoadBalancer")
                && spec.path("externalTrafficPolicy").asText().equals("Local");
    }

    /// How requests from outside are led is lost with the last of them.
    private static void unreached(ObjectNode spec, String type, JsonNode before) {
        JsonNode policy = spec.path("externalTrafficPolicy");
        if (type.equals("ClusterIP")
                && spec.path("externalIPs").isEmpty()
                && policy.equals(before.path("externalTrafficPolicy"))) {
            spec.remove("externalTrafficPolicy");
        }
    }

    /// What another type of service has is lost with the type.
    private static void forget(ObjectNode spec, String type, JsonNode before) {
        boolean external = type.equals("ExternalName");
        boolean noded = type.equals("NodePort") || type.equals("LoadBalancer");
        if (!noded) {
            lost(spec, before, "externalTrafficPolicy", "healthCheckNodePort");
            for (JsonNode port : spec.path("ports")) {
                if (port instanceof ObjectNode p && !port.path("nodePort").isMissingNode() && wasThere(port, before)) {
                    p.remove("nodePort");
                }
            }
        }
        if (!type.equals("LoadBalancer")) {
            lost(spec, before, "allocateLoadBalancerNodePorts", "loadBalancerClass");
        }
        if (external) {
            lost(spec, before, "clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy");
        }
    }

    /// What is not asked for anew.
    private static void lost(ObjectNode spec, JsonNode before, String... fields) {
        for (String field : fields) {
            if (spec.path(field).equals(before.path(field))) {
                spec.remove(field);
            }
        }
    }

    private static boolean wasThere(JsonNode port, JsonNode before) {
        for (JsonNode old : before.path("ports")) {
            if (old.path("nodePort").equals(port.path("nodePort"))) {
                return true;
            }
        }
        return false;
    }

    private static int nodePort(ObjectNode port, @Nullable JsonNode before, ObjectNode object) {
        if (before != null) {
            for (JsonNode old : before.path("spec").path("ports")) {
                if (old.path("port").equals(port.path("port")) && old.has("nodePort")) {
                    return old.path("nodePort").asInt();
                }
            }
        }
        return 30000 + Math.floorMod((Json.uid(object) + port.path("port")).hashCode(), 2768);
    }
}
