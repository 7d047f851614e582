package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.custom.Violation;
import java.util.List;

/// What makes an ingress invalid.
public final class IngressRules {
    private static final String CLASS = "kubernetes.io/ingress.class";
    private static final String NOT_WILD =
            "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of"
                    + " lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g."
                    + " '*.example.com', regex used for validation is"
                    + " '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private IngressRules() {}

    static void add(JsonNode ingress, boolean created, List<Violation> out) {
        JsonNode spec = ingress.path("spec");
        JsonNode rules = spec.path("rules");
        JsonNode fallback = spec.path("defaultBackend");
        if (rules.isEmpty() && fallback.isMissingNode()) {
            String shown = spec.has("rules") ? "[]" : "null";
            out.add(Violation.invalid("spec", shown, "either `defaultBackend` or `rules` must be specified"));
        }
        if (!fallback.isMissingNode()) {
            backend("spec.defaultBackend", fallback, out);
        }
        for (int i = 0; i < rules.size(); i++) {
            rule("spec.rules[" + i + "]", rules.get(i), out);
        }
        for (int i = 0; i < spec.path("tls").size(); i++) {
            tls("spec.tls[" + i + "]", spec.path("tls").get(i), out);
        }
        if (spec.has("ingressClassName")) {
            ValueRules.subdomain("spec.ingressClassName", spec.path("ingressClassName"), out);
        }
        JsonNode annotations = ingress.path("metadata").path("annotations");
        if (created
                && annotations.has(CLASS)
                && spec.has("ingressClassName")
                && !annotations.path(CLASS).equals(spec.path("ingressClassName"))) {
            out.add(Names.invalid(
                    "annotations." + CLASS,
                    annotations.path(CLASS).asText(),
                    "must match `ingressClassName` when both are specified"));
        }
    }

    private static void rule(String at, JsonNode rule, List<Violation> out) {
        String host = rule.path("host").asText();
        if (Networks.address(host).isPresent()) {
            out.add(Names.invalid(at + ".host", host, "must be a DNS name, not an IP address"));
        } else if (!host.isEmpty()) {
            host(at + ".host", rule.path("host"), out);
        }
        if (rule.has("http")) {
            IngressPathRules.add(at + ".http.paths", rule.path("http").path("paths"), out);
        }
    }

    private static void host(String at, JsonNode host, List<Violation> out) {
        String text = host.asText();
        if (!text.contains("*")) {
            ValueRules.subdomain(at, host, out);
        } else if (!text.startsWith("*.") || !Names.subdomain(text.substring(2))) {
            out.add(Names.invalid(at, text, NOT_WILD));
        }
    }

    private static void tls(String at, JsonNode tls, List<Violation> out) {
        for (int i = 0; i < tls.path("hosts").size(); i++) {
            host(at + ".hosts[" + i + "]", tls.path("hosts").get(i), out);
        }
        if (!tls.path("secretName").asText().isEmpty()) {
            ValueRules.subdomain(at + ".secretName", tls.path("secretName"), out);
        }
    }

    /// Where requests are sent: to a service or to something else, and to one of them only.
    static void backend(String at, JsonNode backend, List<Violation> out) {
        JsonNode resource = backend.path("resource");
        JsonNode service = backend.path("service");
        if (!resource.isMissingNode() && !service.isMissingNode()) {
            out.add(Names.invalid(at, "", "cannot set both resource and service backends"));
        } else if (!resource.isMissingNode()) {
            if (!resource.path("apiGroup").isMissingNode()
                    && !resource.path("apiGroup").isNull()) {
                ValueRules.subdomain(at + ".resource.apiGroup", resource.path("apiGroup"), out);
            }
            ValueRules.segment(at + ".resource.kind", resource.path("kind"), out);
            ValueRules.segment(at + ".resource.name", resource.path("name"), out);
        } else if (!service.isMissingNode()) {
            service(at, service, out);
        } else {
            out.add(Names.invalid(at, "", "resource or service backend is required"));
        }
    }

    private static void service(String at, JsonNode service, List<Violation> out) {
        if (service.path("name").asText().isEmpty()) {
            out.add(Violation.required(at + ".service.name", ""));
        } else {
            ValueRules.label(at + ".service.name", service.path("name"), out);
        }
        String name = service.path("port").path("name").asText();
        int number = service.path("port").path("number").asInt();
        if (!name.isEmpty() && number != 0) {
            out.add(Names.invalid(at, "", "cannot set both port name & port number"));
        } else if (!name.isEmpty()) {
            ValueRules.portName(at + ".service.port.name", name, out);
        } else if (number != 0) {
            ValueRules.portNumber(at + ".service.port.number", number, out);
        } else {
            out.add(Violation.required(at, "port name or number is required"));
        }
    }
}
