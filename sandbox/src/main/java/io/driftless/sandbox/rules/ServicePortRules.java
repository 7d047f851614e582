package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.custom.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What makes the ports of a service invalid.
public final class ServicePortRules {
    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
    private static final int LOWEST_NODE_PORT = 30_000;
    private static final int HIGHEST_NODE_PORT = 32_767;

    /// Whether nothing is stored in the end: no port of a node is taken then.
    public static final ScopedValue<Boolean> TRIED = ScopedValue.newInstance();

    private ServicePortRules() {}

    static void add(JsonNode ports, List<Violation> out) {
        for (int i = 0; i < ports.size(); i++) {
            port("spec.ports[" + i + "]", ports.get(i), ports.size() > 1, out);
        }
        names(ports, out);
    }

    private static void port(String at, JsonNode port, boolean several, List<Violation> out) {
        String name = port.path("name").asText();
        if (name.isEmpty() && several) {
            out.add(Violation.required(at + ".name", ""));
        }
        if (!name.isEmpty()) {
            name(at + ".name", port.path("name"), out);
        }
        int number = port.path("port").asInt();
        ValueRules.portNumber(at + ".port", number, out);
        ServiceRules.oneOf(at + ".protocol", port.path("protocol"), PROTOCOLS, out);
        JsonNode target = port.path("targetPort");
        if (target.isTextual()) {
            ValueRules.portName(at + ".targetPort", target.asText(), out);
        } else {
            ValueRules.portNumber(at + ".targetPort", target.isMissingNode() ? number : target.asInt(), out);
        }
        if (port.has("appProtocol")) {
            Names.key(at + ".appProtocol", port.path("appProtocol").asText(), out);
        }
    }

    /// Ports of the nodes are taken before anything else is looked at: where one cannot be, nothing else is told.
    ///
    /// @return whether all could be taken
    static boolean taken(JsonNode ports, String type, List<Violation> out) {
        if (type.equals("ClusterIP") || type.equals("ExternalName") || TRIED.orElse(false)) {
            return true;
        }
        List<Violation> wrong = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
            int node = ports.get(i).path("nodePort").asInt();
            if (node != 0 && (node < LOWEST_NODE_PORT || node > HIGHEST_NODE_PORT)) {
                wrong.add(Violation.invalid(
                        "spec.ports[" + i + "].nodePort",
                        Integer.toString(node),
                        "provided port is not in the valid range. The range of valid ports is 30000-32767"));
            }
        }
        if (!wrong.isEmpty()) {
            out.clear();
            out.addAll(wrong);
        }
        return wrong.isEmpty();
    }

    /// Which services may ask for ports of the nodes.
    static void onNodes(JsonNode ports, String type, List<Violation> out) {
        for (int i = 0; i < ports.size(); i++) {
            String at = "spec.ports[" + i + "].nodePort";
            int node = ports.get(i).path("nodePort").asInt();
            if (node != 0 && type.equals("ClusterIP")) {
                out.add(Violation.forbidden(at, "may not be used when `type` is 'ClusterIP'"));
            }
        }
    }

    /// The name of a port as services and endpoints have it.
    static void name(String field, JsonNode name, List<Violation> out) {
        String text = name.asText();
        if (text.length() > 63) {
            out.add(Names.invalid(field, text, "must be no more than 63 characters"));
        } else if (text.contains(".")) {
            out.add(Names.invalid(field, text, "must not contain dots"));
        } else {
            ValueRules.label(field, name, out);
        }
    }

    private static void names(JsonNode ports, List<Violation> out) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            JsonNode name = ports.get(i).path("name");
            if (!name.asText().isEmpty() && !names.add(name.asText())) {
                out.add(Violation.duplicate("spec.ports[" + i + "].name", name));
            }
        }
    }

    /// Refuses the same port of the same protocol a second time.
    static void pairs(JsonNode ports, List<Violation> out) {
        Set<String> numbers = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            JsonNode port = ports.get(i);
            if (!numbers.add(port.path("port") + port.path("protocol").asText())) {
                out.add(new Violation(
                        "spec.ports[" + i + "]",
                        "FieldValueDuplicate",
                        "Duplicate value: {\"Name\":\"\",\"Protocol\":" + port.path("protocol")
                                + ",\"AppProtocol\":null,\"Port\":" + port.path("port")
                                + ",\"TargetPort\":0,\"NodePort\":0}"));
            }
        }
    }
}
