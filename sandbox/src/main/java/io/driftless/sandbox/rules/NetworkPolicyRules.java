package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What makes a network policy invalid.
public final class NetworkPolicyRules {
    private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");
    private static final String RANGE = "must be between 1 and 65535, inclusive";

    private NetworkPolicyRules() {}

    /// Takes lists that hold nothing out of a policy, in place: it is stored as if they were not there, but they count
    /// as a change.
    ///
    /// @return whether there were any
    public static boolean emptied(ResourceType type, JsonNode spec) {
        return type.id().equals("networkpolicies.networking.k8s.io") && emptied(spec);
    }

    private static boolean emptied(JsonNode value) {
        boolean any = false;
        var fields = value.properties().iterator();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            JsonNode inner = field.getValue();
            if (inner.isArray() && inner.isEmpty()) {
                // Without any types they follow from the rest.
                any |= !field.getKey().equals("policyTypes");
                fields.remove();
            } else {
                any |= emptied(inner);
            }
        }
        if (value.isArray()) {
            for (JsonNode item : value) {
                any |= emptied(item);
            }
        }
        return any;
    }

    static void add(JsonNode spec, List<Violation> out) {
        SelectorRules.add("spec.podSelector", spec.path("podSelector"), out);
        rules("spec.ingress", spec.path("ingress"), "from", out);
        rules("spec.egress", spec.path("egress"), "to", out);
        JsonNode types = spec.path("policyTypes");
        if (types.size() > 2) {
            out.add(Violation.invalid("spec.policyTypes", types, "may not specify more than two policyTypes"));
            return;
        }
        for (int i = 0; i < types.size(); i++) {
            if (!List.of("Ingress", "Egress").contains(types.get(i).asText())) {
                out.add(Violation.unsupported(
                        "spec.policyTypes[" + i + "]",
                        types.get(i),
                        List.of(TextNode.valueOf("Ingress"), TextNode.valueOf("Egress"))));
            }
        }
    }

    private static void rules(String at, JsonNode rules, String peers, List<Violation> out) {
        for (int i = 0; i < rules.size(); i++) {
            JsonNode rule = rules.get(i);
            for (int j = 0; j < rule.path("ports").size(); j++) {
                port(at + "[" + i + "].ports[" + j + "]", rule.path("ports").get(j), out);
            }
            for (int j = 0; j < rule.path(peers).size(); j++) {
                peer(
                        at + "[" + i + "]." + peers + "[" + j + "]",
                        rule.path(peers).get(j),
                        out);
            }
        }
    }

    private static void port(String at, JsonNode port, List<Violation> out) {
        if (port.has("protocol") && !PROTOCOLS.contains(port.path("protocol").asText())) {
            out.add(Violation.unsupported(
                    at + ".protocol",
                    port.path("protocol"),
                    PROTOCOLS.stream().<JsonNode>map(TextNode::valueOf).toList()));
        }
        JsonNode number = port.path("port");
        JsonNode end = port.path("endPort");
        if (number.isInt()) {
            if (!between(number)) {
                out.add(Violation.invalid(at + ".port", number, RANGE));
            }
            if (!end.isMissingNode() && end.asInt() < number.asInt()) {
                out.add(Violation.invalid(at + ".endPort", number, "must be greater than or equal to `port`"));
            }
            if (!end.isMissingNode() && !between(end)) {
                out.add(Violation.invalid(at + ".endPort", end, RANGE));
            }
        } else if (number.isTextual()) {
            ValueRules.portName(at + ".port", number.asText(), out);
            if (!end.isMissingNode()) {
                out.add(Violation.invalid(at + ".endPort", end, "may not be specified when `port` is non-numeric"));
            }
        } else if (number.isMissingNode() && !end.isMissingNode()) {
            out.add(Violation.invalid(at + ".endPort", end, "may not be specified when `port` is not specified"));
        }
    }

    private static boolean between(JsonNode number) {
        return number.asInt() >= 1 && number.asInt() <= 65_535;
    }

    private static void peer(String at, JsonNode peer, List<Violation> out) {
        SelectorRules.add(at + ".podSelector", peer.path("podSelector"), out);
        SelectorRules.add(at + ".namespaceSelector", peer.path("namespaceSelector"), out);
        if (peer.has("ipBlock")) {
            block(at + ".ipBlock", peer.path("ipBlock"), out);
        }
        boolean selects = peer.has("podSelector") || peer.has("namespaceSelector");
        if (!selects && !peer.has("ipBlock")) {
            out.add(Violation.required(at, "must specify a peer"));
        } else if (selects && peer.has("ipBlock")) {
            out.add(Violation.forbidden(at, "may not specify both ipBlock and another peer"));
        }
    }

    private static void block(String at, JsonNode block, List<Violation> out) {
        if (block.path("cidr").asText().isEmpty()) {
            out.add(Violation.required(at + ".cidr", ""));
            return;
        }
        Optional<Networks.Range> all = Networks.range(at + ".cidr", block.path("cidr"), out);
        if (all.isPresent() && !all.get().lowest()) {
            out.add(Names.invalid(
                    at + ".cidr", block.path("cidr").asText(), "must not have bits set beyond the prefix length"));
        }
        for (int i = 0; i < block.path("except").size(); i++) {
            JsonNode except = block.path("except").get(i);
            String here = at + ".except[" + i + "]";
            Optional<Networks.Range> part = Networks.range(here, except, out);
            if (part.isPresent() && all.isPresent() && !all.get().holdsMoreThan(part.get())) {
                out.add(Names.invalid(here, except.asText(), "must be a strict subset of `cidr`"));
            }
        }
    }
}
