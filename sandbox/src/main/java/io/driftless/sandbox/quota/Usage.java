package io.driftless.sandbox.quota;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/// What one object uses, under the names that quotas have for it.
final class Usage {
    private static final String COUNT = "count/";
    private static final String CLASS = ".storageclass.storage.k8s.io/";
    private static final Set<String> COUNTED =
            Set.of("configmaps", "secrets", "replicationcontrollers", "resourcequotas");
    private static final Set<String> COMPUTED = Set.of("cpu", "memory", "ephemeral-storage");

    private Usage() {}

    /// @param type such as `pods` or `deployments.apps`
    static Amounts of(String type, JsonNode object) {
        Amounts count = Amounts.NONE.with(COUNT + type, Amount.ONE);
        return switch (type) {
            case "pods" -> pod(object, count);
            case "services" -> service(object.path("spec"), count.with(type, Amount.ONE));
            case "persistentvolumeclaims" -> claim(object.path("spec"), count.with(type, Amount.ONE));
            default -> COUNTED.contains(type) ? count.with(type, Amount.ONE) : count;
        };
    }

    /// The type whose objects use what a quota names; empty where nothing does.
    static String type(String name) {
        if (name.startsWith(COUNT)) {
            return name.substring(COUNT.length());
        }
        if (name.startsWith("services")) {
            return "services";
        }
        if (name.equals("persistentvolumeclaims") || name.equals("requests.storage") || name.contains(CLASS)) {
            return "persistentvolumeclaims";
        }
        if (COUNTED.contains(name)) {
            return name;
        }
        String bare = name.replaceFirst("^(requests|limits)\\.", "");
        boolean computed = name.equals("pods")
                || COMPUTED.contains(bare)
                || (bare.startsWith("hugepages-") && !name.startsWith("limits."))
                || (bare.contains("/") && name.startsWith("requests."));
        return computed ? "pods" : "";
    }

    private static Amounts pod(JsonNode pod, Amounts count) {
        String phase = pod.path("status").path("phase").asText();
        if (phase.equals("Succeeded") || phase.equals("Failed")) {
            return count;
        }
        JsonNode spec = pod.path("spec");
        return count.with("pods", Amount.ONE)
                .plus(computed(PodAmounts.of(spec, "requests"), PodAmounts.of(spec, "limits")));
    }

    /// What is asked for counts under its own name too, as it did before limits were counted.
    static Amounts computed(Amounts requests, Amounts limits) {
        Amounts out = Amounts.NONE;
        for (String name : requests.names()) {
            Amount amount = requests.orNothing(name);
            out = out.with("requests." + name, amount);
            if (!name.contains("/")) {
                out = out.with(name, amount);
            }
        }
        for (String name : limits.names()) {
            if (COMPUTED.contains(name)) {
                out = out.with("limits." + name, limits.orNothing(name));
            }
        }
        return out;
    }

    private static Amounts service(JsonNode spec, Amounts count) {
        int ports = spec.path("ports").size();
        return switch (spec.path("type").asText()) {
            case "NodePort" -> count.with("services.nodeports", Amount.of(ports));
            case "LoadBalancer" -> {
                boolean allocated = spec.path("allocateLoadBalancerNodePorts").asBoolean(true);
                int held = allocated
                        ? ports
                        : (int) spec.path("ports")
                                .valueStream()
                                .filter(p -> p.path("nodePort").asInt() > 0)
                                .count();
                yield count.with("services.loadbalancers", Amount.ONE).with("services.nodeports", Amount.of(held));
            }
            default -> count;
        };
    }

    private static Amounts claim(JsonNode spec, Amounts count) {
        Amount storage = Amount.of(spec.path("resources").path("requests").path("storage"));
        Amounts out = count.with("requests.storage", storage);
        String name = spec.path("storageClassName").asText();
        return name.isEmpty()
                ? out
                : out.with(name + CLASS + "requests.storage", storage)
                        .with(name + CLASS + "persistentvolumeclaims", Amount.ONE);
    }
}
