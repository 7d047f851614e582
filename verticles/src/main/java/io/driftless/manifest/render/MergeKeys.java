package io.driftless.manifest.render;

import java.util.List;
import java.util.Set;

/// Which lists of built-in kinds a patch merges item by item, and by which fields; every other list is replaced as a
/// whole.
/// The annotated properties of the Kubernetes 1.21 schema, which Kustomize 5.8.1 goes by.
final class MergeKeys {
    /// The items are plain values: a set.
    static final String ITSELF = "";

    private static final Set<String> CONTAINERS = Set.of("containers", "initContainers", "ephemeralContainers");
    private static final Set<String> GROUPS = Set.of("", "apps", "batch", "autoscaling", "policy", "extensions");
    private static final List<String> NONE = List.of();

    private MergeKeys() {}

    /// Whether the schema of kinds of this group is known.
    static boolean isBuiltIn(String group) {
        return GROUPS.contains(group) || group.endsWith(".k8s.io");
    }

    /// The keys of the list `field` inside `parent` (the nearest field above it, empty at the top) of a kind;
    /// empty to
    /// replace it.
    static List<String> of(String kind, String parent, String field) {
        return switch (field) {
            case "containers", "initContainers", "ephemeralContainers", "volumes", "imagePullSecrets" ->
                parent.equals("spec") ? List.of("name") : NONE;
            case "hostAliases" -> parent.equals("spec") ? List.of("ip") : NONE;
            case "topologySpreadConstraints" ->
                parent.equals("spec") ? List.of("topologyKey", "whenUnsatisfiable") : NONE;
            case "env" -> CONTAINERS.contains(parent) ? List.of("name") : NONE;
            case "volumeMounts" -> CONTAINERS.contains(parent) ? List.of("mountPath") : NONE;
            case "volumeDevices" -> CONTAINERS.contains(parent) ? List.of("devicePath") : NONE;
            case "ports" -> ports(kind, parent);
            case "secrets" -> kind.equals("ServiceAccount") && parent.isEmpty() ? List.of("name") : NONE;
            case "webhooks" -> kind.endsWith("WebhookConfiguration") ? List.of("name") : NONE;
            case "finalizers" -> parent.equals("metadata") ? List.of(ITSELF) : NONE;
            case "ownerReferences" -> parent.equals("metadata") ? List.of("uid") : NONE;
            case "conditions" -> parent.equals("status") ? List.of("type") : NONE;
            default -> NONE;
        };
    }

    private static List<String> ports(String kind, String parent) {
        if (CONTAINERS.contains(parent)) {
            return List.of("containerPort", "protocol");
        }
        return kind.equals("Service") && parent.equals("spec") ? List.of("port", "protocol") : NONE;
    }
}
