package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.driftless.sandbox.custom.Violation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What makes a Service invalid.
final class ServiceRules {
    private static final List<String> TYPES = List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    private static final int LOWEST_NODE_PORT = 30_000;
    private static final int HIGHEST_NODE_PORT = 32_767;

    private ServiceRules() {}

    static void add(JsonNode spec, @Nullable JsonNode before, List<Violation> out) {
        String type = spec.path("type").asText();
        boolean external = type.equals("ExternalName");
        boolean headless = spec.path("clusterIP").asText().equals("None");
        if (!external && spec.path("ports").isEmpty() && !headless) {
            out.add(Violation.required("spec.ports", ""));
        }
        if (external && spec.path("externalName").asText().isEmpty()) {
            out.add(Violation.required("spec.externalName", ""));
        }
        for (int i = 0; i < spec.path("ports").size(); i++) {
            port(
                    "spec.ports[" + i + "]",
                    spec.path("ports").get(i),
                    spec.path("ports").size() > 1,
                    out);
        }
        duplicates(spec.path("ports"), out);
        spec.path("selector").properties().forEach(label -> {
            Names.key("spec.selector", label.getKey(), out);
            Names.value("spec.selector", label.getValue().asText(), out);
        });
        oneOf("spec.sessionAffinity", spec.path("sessionAffinity"), List.of("ClientIP", "None"), out);
        oneOf("spec.type", spec.path("type"), TYPES, out);
        addresses(spec, out);
        if (before != null) {
            unmoved(spec, before.path("spec"), out);
        }
    }

    private static void port(String at, JsonNode port, boolean several, List<Violation> out) {
        String name = port.path("name").asText();
        if (name.isEmpty() && several) {
            out.add(Violation.required(at + ".name", ""));
        }
        if (!name.isEmpty() && !name.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")) {
            out.add(Names.invalid(at + ".name", name, Names.NOT_LABEL));
        }
        int number = port.path("port").asInt();
        range(at + ".port", number, out);
        oneOf(at + ".protocol", port.path("protocol"), PROTOCOLS, out);
        JsonNode target = port.path("targetPort");
        if (target.isTextual()) {
            String text = target.asText();
            if (!text.matches("[-a-z0-9]*")) {
                out.add(Names.invalid(
                        at + ".targetPort",
                        text,
                        "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)"));
            }
            if (text.chars().noneMatch(c -> c >= 'a' && c <= 'z')) {
                out.add(Names.invalid(at + ".targetPort", text, "must contain at least one letter (a-z)"));
            }
        } else {
            range(at + ".targetPort", target.isMissingNode() ? number : target.asInt(), out);
        }
        int node = port.path("nodePort").asInt();
        if (node != 0 && (node < LOWEST_NODE_PORT || node > HIGHEST_NODE_PORT)) {
            out.add(Violation.invalid(
                    at + ".nodePort",
                    Integer.toString(node),
                    "provided port is not in the valid range. The range of valid ports is 30000-32767"));
        }
    }

    private static void range(String field, int port, List<Violation> out) {
        if (port < 1 || port > 65_535) {
            out.add(Violation.invalid(field, Integer.toString(port), "must be between 1 and 65535, inclusive"));
        }
    }

    private static void duplicates(JsonNode ports, List<Violation> out) {
        Set<String> names = new HashSet<>();
        Set<String> numbers = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            JsonNode port = ports.get(i);
            String name = port.path("name").asText();
            if (!name.isEmpty() && !names.add(name)) {
                out.add(Violation.duplicate("spec.ports[" + i + "].name", port.path("name")));
            }
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

    private static void addresses(JsonNode spec, List<Violation> out) {
        for (int i = 0; i < spec.path("clusterIPs").size(); i++) {
            String address = spec.path("clusterIPs").get(i).asText();
            if (!address.equals("None")
                    && !address.isEmpty()
                    && !ADDRESS.matcher(address).matches()) {
                out.add(Names.invalid(
                        "spec.clusterIPs[" + i + "]",
                        address,
                        "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"));
            }
        }
    }

    private static void unmoved(JsonNode spec, JsonNode was, List<Violation> out) {
        boolean external = spec.path("type").asText().equals("ExternalName")
                || was.path("type").asText().equals("ExternalName");
        String old = was.path("clusterIP").asText();
        if (!external && !old.isEmpty() && !old.equals(spec.path("clusterIP").asText())) {
            ArrayNode shown =
                    Json.MAPPER.createArrayNode().add(spec.path("clusterIP").asText());
            out.add(Violation.invalid("spec.clusterIPs[0]", shown.toString(), "may not change once set"));
        }
    }

    /// A text that is one of some.
    static void oneOf(String field, JsonNode value, List<String> supported, List<Violation> out) {
        if (!value.isMissingNode() && !supported.contains(value.asText())) {
            out.add(Violation.unsupported(
                    field,
                    value,
                    supported.stream()
                            .map(one -> (JsonNode) com.fasterxml.jackson.databind.node.TextNode.valueOf(one))
                            .toList()));
        }
    }
}
