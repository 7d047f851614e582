package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.Json;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What makes the addresses of a service invalid, in a cluster that has addresses of IPv4 alone.
public final class ServiceAddressRules {
    private static final List<String> FAMILIES = List.of("IPv4", "IPv6");
    private static final List<String> POLICIES = List.of("PreferDualStack", "RequireDualStack", "SingleStack");
    private static final Networks.Range OWN = Networks.range("10.96.0.0/16").orElseThrow();

    private ServiceAddressRules() {}

    /// The addresses that a service has within the cluster, and of which families they are. Where something is wrong
    /// with them nothing else is looked at.
    ///
    /// @return whether they are in order
    static boolean familiar(JsonNode spec, @Nullable JsonNode before, List<Violation> out) {
        int known = out.size();
        own(spec, before == null, out);
        if (out.size() == known && !unselected(spec)) {
            families(spec, out);
        }
        return out.size() == known;
    }

    private static void own(JsonNode spec, boolean created, List<Violation> out) {
        ServiceRules.oneOf("spec.ipFamilyPolicy", spec.path("ipFamilyPolicy"), POLICIES, out);
        JsonNode families = spec.path("ipFamilies");
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < families.size(); i++) {
            String field = "spec.ipFamilies[" + i + "]";
            ServiceRules.oneOf(field, families.get(i), FAMILIES, out);
            if (!seen.add(families.get(i).asText())) {
                out.add(Violation.duplicate(field, families.get(i)));
            }
        }
        JsonNode all = spec.path("clusterIPs");
        if (!all.isEmpty() && !all.get(0).equals(spec.path("clusterIP"))) {
            out.add(Violation.invalid(
                    "spec.clusterIPs",
                    all.toString(),
                    created
                            ? "must be empty when `clusterIP` is not specified"
                            : "first value must match `clusterIP`"));
        }
        if (all.size() > 1 && all.get(0).asText().equals("None")) {
            out.add(Violation.invalid("spec.clusterIPs", all.toString(), "'None' must be the first and only value"));
        }
        if (seen.size() > 1 && spec.path("ipFamilyPolicy").asText().equals("SingleStack")) {
            out.add(Violation.invalid(
                    "spec.ipFamilyPolicy",
                    spec.path("ipFamilyPolicy"),
                    "must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified"));
        }
        for (int i = 0; i < spec.path("clusterIPs").size(); i++) {
            JsonNode address = spec.path("clusterIPs").get(i);
            boolean given = created && inRange(address);
            address("spec.clusterIPs[" + i + "]", i, address, given ? NullNode.instance : families.path(i), out);
        }
    }

    private static void address(String field, int index, JsonNode text, JsonNode family, List<Violation> out) {
        if (text.asText().isEmpty() || index == 0 && text.asText().equals("None")) {
            return;
        }
        Optional<InetAddress> address = Networks.address(field, text, out);
        String is = address.map(Networks::six).orElse(false) ? "IPv6" : "IPv4";
        if (address.isPresent()
                && FAMILIES.contains(family.asText())
                && !family.asText().equals(is)) {
            out.add(Names.invalid(
                    field,
                    text.asText(),
                    "expected an " + family.asText() + " value as indicated by `ipFamilies[" + index + "]`"));
        }
    }

    /// Addresses outside of the cluster that lead to it.
    static void others(JsonNode addresses, List<Violation> out) {
        for (int i = 0; i < addresses.size(); i++) {
            String field = "spec.externalIPs[" + i + "]";
            String shown = addresses.get(i).asText();
            Networks.address(field, addresses.get(i), out)
                    .ifPresent(address -> Networks.outside(field, address, shown, out));
        }
    }

    private static void families(JsonNode spec, List<Violation> out) {
        JsonNode policy = spec.path("ipFamilyPolicy");
        if (policy.asText().equals("RequireDualStack")) {
            out.add(Violation.invalid(
                    "spec.ipFamilyPolicy", policy, "this cluster is not configured for dual-stack services"));
        }
        for (int i = 0; i < spec.path("ipFamilies").size(); i++) {
            JsonNode family = spec.path("ipFamilies").get(i);
            if (!family.asText().equals("IPv4")) {
                out.add(Violation.invalid("spec.ipFamilies[" + i + "]", family, "not configured on this cluster"));
            }
        }
    }

    /// What this cluster cannot give to a service that is in order.
    static void available(JsonNode spec, @Nullable JsonNode before, List<Violation> out) {
        JsonNode address = spec.path("clusterIP");
        boolean kept = before != null && before.path("spec").path("clusterIP").equals(address);
        if (!kept && !inRange(address)) {
            out.add(Violation.invalid(
                    "spec.clusterIPs",
                    Json.MAPPER
                            .createArrayNode()
                            .add(TextNode.valueOf(address.asText()))
                            .toString(),
                    "failed to allocate IP " + address.asText()
                            + ": the provided network does not match the current range"));
        }
    }

    private static boolean inRange(JsonNode address) {
        String text = address.asText();
        return text.isEmpty()
                || text.equals("None")
                || Networks.range(text + "/32").map(OWN::holdsMoreThan).orElse(false);
    }

    /// A service without addresses that does not choose its pods may have whatever addresses it is given.
    public static boolean unselected(JsonNode spec) {
        return spec.path("clusterIP").asText().equals("None")
                && spec.path("selector").isEmpty();
    }
}
