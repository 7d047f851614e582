package io.driftless.sandbox.model;

import java.util.Map;
import java.util.Set;

/// Where the real server keeps an object in its storage, which some of its refusals tell.
public final class StorageKeys {
    /// Resources that lie elsewhere than under their own name.
    private static final Map<String, String> ELSEWHERE = Map.of(
            "services",
            "services/specs",
            "endpoints",
            "services/endpoints",
            "nodes",
            "minions",
            "replicationcontrollers",
            "controllers",
            "ingresses.networking.k8s.io",
            "ingress");

    private static final Set<String> UNDER_THEIR_GROUP = Set.of("apiextensions.k8s.io", "apiregistration.k8s.io");

    private StorageKeys() {}

    static String of(ResourceType type, String namespace, String name) {
        boolean grouped = type.custom() != null || UNDER_THEIR_GROUP.contains(type.group());
        return "/registry/" + (grouped ? type.group() + "/" : "") + ELSEWHERE.getOrDefault(type.id(), type.plural())
                + "/" + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}
