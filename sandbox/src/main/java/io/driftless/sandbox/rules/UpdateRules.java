package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.ResourceType;
import java.util.List;
import java.util.Set;

/// Which kinds are made by an update of what is not there, and which are never updated without saying of what version.
public final class UpdateRules {
    private static final Set<String> MADE = Set.of(
            "endpoints",
            "events",
            "events.events.k8s.io",
            "leases.coordination.k8s.io",
            "limitranges",
            "services",
            "roles.rbac.authorization.k8s.io",
            "rolebindings.rbac.authorization.k8s.io",
            "clusterroles.rbac.authorization.k8s.io",
            "clusterrolebindings.rbac.authorization.k8s.io",
            "runtimeclasses.node.k8s.io");
    private static final Set<String> OF_A_VERSION = Set.of(
            ResourceType.DEFINITIONS,
            "apiservices.apiregistration.k8s.io",
            "leases.coordination.k8s.io",
            "poddisruptionbudgets.policy",
            "runtimeclasses.node.k8s.io");
    private static final Set<String> GROUPS_OF_A_VERSION = Set.of("admissionregistration.k8s.io");

    private UpdateRules() {}

    /// Whether an update makes the object where there is none.
    public static boolean makes(ResourceType type) {
        return MADE.contains(type.id());
    }

    /// @throws ApiError 422 where the version is left out and has to be there
    public static void versioned(ResourceType type, String name, JsonNode object) {
        String version = object.path("metadata").path("resourceVersion").asText();
        if (needsVersion(type) && (version.isEmpty() || version.equals("0"))) {
            throw ApiError.invalid(
                    type.group(),
                    type.plural(),
                    name,
                    List.of(Violation.invalid("metadata.resourceVersion", "0", "must be specified for an update")));
        }
    }

    private static boolean needsVersion(ResourceType type) {
        return type.custom() != null
                || OF_A_VERSION.contains(type.id())
                || GROUPS_OF_A_VERSION.contains(type.group())
                || type.group().equals("storage.k8s.io") && !type.plural().equals("storageclasses");
    }
}
