package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.custom.Violation;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// What makes endpoints invalid.
public final class EndpointRules {
    private EndpointRules() {}

    static void add(JsonNode subsets, List<Violation> out) {
        for (int i = 0; i < subsets.size(); i++) {
            JsonNode subset = subsets.get(i);
            String at = "subsets[" + i + "]";
            if (subset.path("addresses").isEmpty()
                    && subset.path("notReadyAddresses").isEmpty()) {
                out.add(Violation.required(at, "must specify `addresses` or `notReadyAddresses`"));
            }
            addresses(at + ".addresses", subset.path("addresses"), out);
            addresses(at + ".notReadyAddresses", subset.path("notReadyAddresses"), out);
            ports(at + ".ports", subset.path("ports"), out);
        }
    }

    private static void addresses(String at, JsonNode addresses, List<Violation> out) {
        for (int i = 0; i < addresses.size(); i++) {
            String here = at + "[" + i + "]";
            JsonNode text = addresses.get(i).path("ip");
            Optional<InetAddress> address = Networks.address(here + ".ip", text, out);
            if (addresses.get(i).has("hostname")) {
                ValueRules.label(here + ".hostname", addresses.get(i).path("hostname"), out);
            }
            if (address.isPresent()) {
                Networks.outside(here + ".ip", address.get(), text.asText(), out);
            } else {
                out.add(Names.invalid(here + ".ip", text.asText(), "must be a valid IP address"));
            }
        }
    }

    private static void ports(String at, JsonNode ports, List<Violation> out) {
        for (int i = 0; i < ports.size(); i++) {
            String here = at + "[" + i + "]";
            JsonNode name = ports.get(i).path("name");
            if (!name.asText().isEmpty()) {
                ValueRules.label(here + ".name", name, out);
            } else if (ports.size() > 1) {
                out.add(Violation.required(here + ".name", ""));
            }
            ValueRules.portNumber(here + ".port", ports.get(i).path("port").asInt(), out);
            ServiceRules.oneOf(here + ".protocol", ports.get(i).path("protocol"), List.of("SCTP", "TCP", "UDP"), out);
        }
    }
}
