package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.sandbox.custom.Violation;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What makes a slice of endpoints invalid.
public final class EndpointSliceRules {
    private static final List<String> TYPES = List.of("FQDN", "IPv4", "IPv6");
    private static final int MOST_ADDRESSES = 100;

    private EndpointSliceRules() {}

    static void add(JsonNode slice, @Nullable JsonNode before, List<Violation> out) {
        JsonNode type = slice.path("addressType");
        boolean known = TYPES.contains(type.asText());
        if (type.asText().isEmpty()) {
            out.add(Violation.required("addressType", ""));
        } else {
            ServiceRules.oneOf("addressType", type, TYPES, out);
        }
        boolean moved = before != null && !before.path("addressType").equals(type);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < slice.path("ports").size(); i++) {
            port("ports[" + i + "]", slice.path("ports").get(i), names, out);
        }
        // What an update leaves as it was is not held against another type.
        boolean kept = before != null && before.path("endpoints").equals(slice.path("endpoints"));
        boolean looked = known && !(moved && kept);
        for (int i = 0; i < slice.path("endpoints").size(); i++) {
            endpoint("endpoints[" + i + "]", slice.path("endpoints").get(i), looked ? type.asText() : "", out);
        }
        if (moved) {
            out.add(Violation.invalid("addressType", TextNode.valueOf(type.asText()), "field is immutable"));
        }
    }

    private static void endpoint(String at, JsonNode endpoint, String type, List<Violation> out) {
        JsonNode addresses = endpoint.path("addresses");
        if (addresses.isEmpty()) {
            out.add(Violation.required(at + ".addresses", "must contain at least 1 address"));
        } else if (addresses.size() > MOST_ADDRESSES) {
            out.add(Violation.tooMany(at + ".addresses", addresses.size(), MOST_ADDRESSES));
        }
        for (int i = 0; i < (type.isEmpty() ? 0 : addresses.size()); i++) {
            address(at + ".addresses", i, addresses.get(i), type, out);
        }
        if (endpoint.has("nodeName")) {
            ValueRules.subdomain(at + ".nodeName", endpoint.path("nodeName"), out);
        }
        Set<String> zones = new HashSet<>();
        for (int i = 0; i < endpoint.path("hints").path("forZones").size(); i++) {
            JsonNode zone = endpoint.path("hints").path("forZones").get(i).path("name");
            if (!zones.add(zone.asText())) {
                out.add(Violation.duplicate(at + ".hints.forZones[" + i + "].name", zone));
            }
        }
        if (endpoint.has("hostname")) {
            ValueRules.label(at + ".hostname", endpoint.path("hostname"), out);
        }
    }

    private static void address(String at, int index, JsonNode text, String type, List<Violation> out) {
        String field = at + "[" + index + "]";
        if (type.equals("FQDN")) {
            ValueRules.subdomain(field, text, out);
            return;
        }
        Optional<InetAddress> address = Networks.address(field, text, out);
        if (address.isPresent() && Networks.six(address.get()) != type.equals("IPv6")) {
            out.add(Names.invalid(at, text.asText(), "must be an " + type + " address"));
        } else if (address.isPresent()) {
            Networks.outside(field, address.get(), text.asText(), out);
        }
    }

    private static void port(String at, JsonNode port, Set<String> names, List<Violation> out) {
        JsonNode name = port.path("name");
        if (!name.asText().isEmpty()) {
            ServicePortRules.name(at + ".name", name, out);
        }
        if (!names.add(name.asText())) {
            out.add(Violation.duplicate(at + ".name", name));
        }
        ServiceRules.oneOf(at + ".protocol", port.path("protocol"), List.of("SCTP", "TCP", "UDP"), out);
        if (port.has("appProtocol")) {
            Names.key(at + ".appProtocol", port.path("appProtocol").asText(), out);
        }
    }
}
