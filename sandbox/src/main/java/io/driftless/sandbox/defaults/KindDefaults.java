package io.driftless.sandbox.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import io.driftless.sandbox.typed.TypedDefaults;
import java.util.List;
import java.util.Set;

/// Defaults that follow from types, for the kinds that have any: read when the first object of one is written.
public final class KindDefaults {
    private static final Set<String> KINDS = Set.of(
            ResourceType.DEFINITIONS,
            "namespaces",
            "ingresses.networking.k8s.io",
            "daemonsets.apps",
            "deployments.apps",
            "replicasets.apps",
            "statefulsets.apps",
            "cronjobs.batch",
            "jobs.batch",
            "events",
            "persistentvolumeclaims",
            "persistentvolumes",
            "pods",
            "podtemplates",
            "replicationcontrollers",
            "horizontalpodautoscalers.autoscaling",
            "mutatingwebhookconfigurations.admissionregistration.k8s.io",
            "networkpolicies.networking.k8s.io",
            "poddisruptionbudgets.policy",
            "priorityclasses.scheduling.k8s.io",
            "validatingwebhookconfigurations.admissionregistration.k8s.io");

    private static final List<String> RULE_LISTS =
            List.of("apiGroups", "nonResourceURLs", "resourceNames", "resources");
    private static final String FIRST = "firstTimestamp";
    private static final String LAST = "lastTimestamp";
    private static final String OLD_FIRST = "deprecatedFirstTimestamp";
    private static final String OLD_LAST = "deprecatedLastTimestamp";

    private KindDefaults() {}

    private static final class Held {
        static final TypedDefaults DEFAULTS = TypedDefaults.read();
    }

    /// Completes an object that has its status and the defaults of its kind.
    public static void complete(ResourceType type, ObjectNode object) {
        if (type.custom() == null && KINDS.contains(type.id())) {
            Held.DEFAULTS.complete(type.group(), type.version(), type.kind(), object);
        }
        switch (type.id()) {
            case "statefulsets.apps" ->
                object.path("spec").path("volumeClaimTemplates").forEach(KindDefaults::claim);
            case "roles.rbac.authorization.k8s.io", "clusterroles.rbac.authorization.k8s.io" -> {
                if (object.path("rules").isEmpty()) {
                    object.putNull("rules");
                }
                object.path("rules").forEach(KindDefaults::rule);
            }
            case "events" -> {
                boolean core = type.group().isEmpty();
                for (String moment :
                        core ? List.of("eventTime", FIRST, LAST) : List.of("eventTime", OLD_FIRST, OLD_LAST)) {
                    if (!object.has(moment)) {
                        object.putNull(moment);
                    }
                }
                if (!core) {
                    Json.child(object, "deprecatedSource");
                }
            }
            case "endpoints" ->
                object.path("subsets").forEach(subset -> subset.path("ports").forEach(KindDefaults::protocol));
            case "endpointslices.discovery.k8s.io" -> {
                for (String list : new String[] {"endpoints", "ports"}) {
                    if (object.path(list).isEmpty()) {
                        object.putNull(list);
                    }
                }
                object.path("ports").forEach(port -> {
                    protocol(port);
                    if (port instanceof ObjectNode one) {
                        Defaults.absent(one, "name", "");
                    }
                });
                object.path("endpoints").forEach(one -> {
                    if (one instanceof ObjectNode endpoint) {
                        endpoint.remove("deprecatedTopology");
                        Json.child(endpoint, "conditions");
                    }
                });
            }
            case "horizontalpodautoscalers.autoscaling" -> {
                if (object.get("spec") instanceof ObjectNode spec) {
                    if (type.version().equals("v1")) {
                        Defaults.absent(spec, "targetCPUUtilizationPercentage", 80);
                    } else {
                        AutoscalerDefaults.complete(spec);
                    }
                }
            }
            case "limitranges" -> {
                object.path("spec").path("limits").forEach(KindDefaults::limit);
                if (object.path("spec").path("limits").isEmpty()) {
                    Json.child(object, "spec").putNull("limits");
                }
            }
            default -> {}
        }
    }

    private static void claim(JsonNode claim) {
        if (claim instanceof ObjectNode one) {
            Defaults.absent(one, "apiVersion", "v1");
            Defaults.absent(one, "kind", "PersistentVolumeClaim");
            Defaults.absent(Json.child(one, "status"), "phase", "Pending");
        }
    }

    private static void rule(JsonNode rule) {
        if (rule instanceof ObjectNode one) {
            RULE_LISTS.stream().filter(list -> one.path(list).isEmpty()).forEach(one::remove);
        }
    }

    private static void protocol(JsonNode port) {
        if (port instanceof ObjectNode one) {
            Defaults.absent(one, "protocol", "TCP");
        }
    }

    /// What a container asks for is what it may have, where nothing else is said.
    private static void limit(JsonNode limit) {
        if (limit instanceof ObjectNode one && one.path("type").asText().equals("Container")) {
            for (String[] pair :
                    new String[][] {{"max", "default"}, {"default", "defaultRequest"}, {"min", "defaultRequest"}}) {
                one.path(pair[0]).properties().forEach(amount -> {
                    ObjectNode to = Json.child(one, pair[1]);
                    if (!to.has(amount.getKey())) {
                        to.set(amount.getKey(), amount.getValue());
                    }
                });
            }
        }
    }
}
