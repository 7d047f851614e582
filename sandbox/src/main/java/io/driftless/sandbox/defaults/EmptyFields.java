package io.driftless.sandbox.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.ResourceType;
import java.util.List;
import java.util.Map;

/// Single values that the real server cannot tell from absent ones: an empty text, zero, false. Of most others an
/// empty one is something of its own.
public final class EmptyFields {
    private static final String SERVICE_PORT = "spec/ports/*/";

    /// Resource to paths; `*` stands for each item of a list.
    private static final Map<String, List<List<String>>> OF = Map.ofEntries(
            paths(
                    "services",
                    "spec/type",
                    "spec/clusterIP",
                    "spec/sessionAffinity",
                    "spec/externalName",
                    "spec/externalTrafficPolicy",
                    "spec/loadBalancerIP",
                    "spec/healthCheckNodePort",
                    "spec/publishNotReadyAddresses",
                    SERVICE_PORT + "name",
                    SERVICE_PORT + "protocol",
                    SERVICE_PORT + "nodePort"),
            paths("secrets", "type"),
            paths("persistentvolumeclaims", "spec/volumeName"),
            paths(
                    "persistentvolumes",
                    "spec/storageClassName",
                    "spec/persistentVolumeReclaimPolicy",
                    "spec/nfs/readOnly"),
            paths("ingresses.networking.k8s.io", "spec/rules/*/host", "spec/tls/*/secretName"),
            paths("priorityclasses.scheduling.k8s.io", "description", "globalDefault"),
            paths("ingressclasses.networking.k8s.io", "spec/controller"),
            paths("horizontalpodautoscalers.autoscaling", "spec/scaleTargetRef/apiVersion"),
            paths("rolebindings.rbac.authorization.k8s.io", "subjects/*/namespace", "subjects/*/apiGroup"),
            paths("clusterrolebindings.rbac.authorization.k8s.io", "subjects/*/namespace", "subjects/*/apiGroup"),
            paths(
                    "endpoints",
                    "subsets/*/ports/*/name",
                    "subsets/*/ports/*/protocol",
                    "subsets/*/addresses/*/hostname"));

    private EmptyFields() {}

    private static Map.Entry<String, List<List<String>>> paths(String resource, String... paths) {
        return Map.entry(
                resource,
                List.of(paths).stream().map(path -> List.of(path.split("/"))).toList());
    }

    /// Takes the empty ones out of an object, in place.
    public static void drop(ResourceType type, ObjectNode object) {
        if (type.custom() == null) {
            OF.getOrDefault(type.id(), List.of()).forEach(path -> drop(object, path, 0));
        }
    }

    private static void drop(JsonNode at, List<String> path, int step) {
        String name = path.get(step);
        if (name.equals("*")) {
            at.forEach(item -> drop(item, path, step + 1));
        } else if (step + 1 < path.size()) {
            drop(at.path(name), path, step + 1);
        } else if (at instanceof ObjectNode holder && empty(holder.path(name))) {
            holder.remove(name);
        }
    }

    private static boolean empty(JsonNode value) {
        return value.isTextual() && value.asText().isEmpty()
                || value.isNumber() && value.asInt() == 0
                || value.isBoolean() && !value.asBoolean();
    }
}
