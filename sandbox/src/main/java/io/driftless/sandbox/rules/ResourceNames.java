package io.driftless.sandbox.rules;

import io.driftless.sandbox.custom.Violation;
import java.util.List;
import java.util.Set;

/// The names of resources that limits and quotas speak of.
public final class ResourceNames {
    private static final Set<String> COMPUTED = Set.of("cpu", "memory", "ephemeral-storage");

    /// What is counted in whole numbers.
    private static final Set<String> WHOLE = Set.of(
            "pods",
            "services",
            "replicationcontrollers",
            "resourcequotas",
            "secrets",
            "configmaps",
            "persistentvolumeclaims",
            "services.nodeports",
            "services.loadbalancers");

    private ResourceNames() {}

    static boolean ofContainers(String name) {
        return COMPUTED.contains(name) || name.startsWith("hugepages-");
    }

    static boolean ofQuotas(String name) {
        return WHOLE.contains(name)
                || name.equals("requests.storage")
                || ofContainers(name.startsWith("requests.") ? name.substring("requests.".length()) : name)
                || (name.startsWith("limits.") && COMPUTED.contains(name.substring("limits.".length())));
    }

    static boolean whole(String name) {
        return WHOLE.contains(name)
                || (name.contains("/") && !name.startsWith("requests.") && !name.contains("kubernetes.io/"));
    }

    /// Whether requests may be less than limits.
    static boolean elastic(String name) {
        return !name.contains("/") && !name.startsWith("hugepages-");
    }

    /// A name is that of a standard resource, or has the domain of somebody before it.
    static void known(String field, String name, List<Violation> out) {
        int before = out.size();
        Names.key(field, name, out);
        boolean standard = ofQuotas(name) || name.equals("storage");
        if (out.size() == before && !name.contains("/") && !standard) {
            out.add(Names.invalid(field, name, "must be a standard resource type or fully qualified"));
        }
    }
}
