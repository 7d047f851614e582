package io.driftless.sandbox.quota;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// Which objects a quota is about.
final class Scopes {
    private Scopes() {}

    /// @param spec of the quota
    static boolean match(JsonNode spec, String type, JsonNode object) {
        for (JsonNode scope : spec.path("scopes")) {
            if (!matches(scope.asText(), "Exists", spec.path(""), type, object)) {
                return false;
            }
        }
        for (JsonNode one : spec.path("scopeSelector").path("matchExpressions")) {
            if (!matches(
                    one.path("scopeName").asText(), one.path("operator").asText(), one.path("values"), type, object)) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(String scope, String operator, JsonNode values, String type, JsonNode object) {
        JsonNode spec = object.path("spec");
        if (type.equals("persistentvolumeclaims") && scope.equals("VolumeAttributesClass")) {
            return chosen(spec.path("volumeAttributesClassName").asText(), operator, values);
        }
        boolean bestEffort = object.path("status").path("qosClass").asText().equals("BestEffort");
        return type.equals("pods")
                && switch (scope) {
                    case "Terminating" -> spec.has("activeDeadlineSeconds");
                    case "NotTerminating" -> !spec.has("activeDeadlineSeconds");
                    case "BestEffort" -> bestEffort;
                    case "NotBestEffort" -> !bestEffort;
                    case "PriorityClass" ->
                        chosen(spec.path("priorityClassName").asText(), operator, values);
                    case "CrossNamespacePodAffinity" -> looksBeyond(spec.path("affinity"));
                    default -> false;
                };
    }

    private static boolean chosen(String name, String operator, JsonNode values) {
        boolean listed =
                !name.isEmpty() && values.valueStream().anyMatch(v -> v.asText().equals(name));
        return switch (operator) {
            case "In" -> listed;
            case "NotIn" -> !listed;
            case "Exists" -> !name.isEmpty();
            default -> name.isEmpty();
        };
    }

    /// Whether a pod wants to be near, or far from, pods of other namespaces.
    private static boolean looksBeyond(JsonNode affinity) {
        for (String sort : List.of("podAffinity", "podAntiAffinity")) {
            JsonNode terms = affinity.path(sort);
            for (JsonNode term : terms.path("requiredDuringSchedulingIgnoredDuringExecution")) {
                if (beyond(term)) {
                    return true;
                }
            }
            for (JsonNode weighted : terms.path("preferredDuringSchedulingIgnoredDuringExecution")) {
                if (beyond(weighted.path("podAffinityTerm"))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean beyond(JsonNode term) {
        return !term.path("namespaces").isEmpty() || term.has("namespaceSelector");
    }
}
