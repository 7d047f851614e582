package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.custom.Violation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What makes objects of some built-in kinds invalid.
final class KindRules {
    private KindRules() {}

    /// Adds what is wrong with an object.
    static void add(ResourceType type, JsonNode object, @Nullable JsonNode before, List<Violation> out) {
        switch (type.id()) {
            case "deployments.apps", "replicasets.apps", "statefulsets.apps", "daemonsets.apps" ->
                workload(object.path("spec"), before, out);
            case "pods" -> containers("spec.containers", object.path("spec").path("containers"), out);
            case "configmaps" -> data(object, before, out);
            case "secrets" -> {
                data(object, before, out);
                SecretRules.add(object, before, out);
            }
            case "services" -> ServiceRules.add(object.path("spec"), before, out);
            case "persistentvolumeclaims" -> ClaimRules.add(object, before, out);
            case DefinitionController.TYPE -> CustomObjects.definition(object, before, out);
            case "roles.rbac.authorization.k8s.io",
                    "clusterroles.rbac.authorization.k8s.io",
                    "rolebindings.rbac.authorization.k8s.io",
                    "clusterrolebindings.rbac.authorization.k8s.io" -> RoleRules.add(type, object, before, out);
            default -> {}
        }
    }

    private static void data(JsonNode object, @Nullable JsonNode before, List<Violation> out) {
        boolean immutable = before != null && before.path("immutable").asBoolean();
        if (immutable && !object.path("immutable").asBoolean()) {
            out.add(Violation.forbidden("immutable", "field is immutable when `immutable` is set"));
        }
        for (String field : List.of("data", "binaryData")) {
            for (Map.Entry<String, JsonNode> entry : object.path(field).properties()) {
                String at = field + "[" + entry.getKey() + "]";
                SecretRules.key(at, entry.getKey(), out);
                if (field.equals("data") && object.path("binaryData").has(entry.getKey())) {
                    out.add(Names.invalid(at, entry.getKey(), "duplicate of key present in binaryData"));
                }
            }
            if (immutable && !before.path(field).equals(object.path(field))) {
                out.add(Violation.forbidden(field, "field is immutable when `immutable` is set"));
            }
        }
    }

    private static void workload(JsonNode spec, @Nullable JsonNode before, List<Violation> out) {
        JsonNode selector = spec.path("selector");
        if (selector.isEmpty()) {
            out.add(Violation.worded("spec.selector", "Required value"));
        }
        JsonNode labels = spec.path("template").path("metadata").path("labels");
        for (Map.Entry<String, JsonNode> entry : selector.path("matchLabels").properties()) {
            if (!entry.getValue().equals(labels.get(entry.getKey()))) {
                out.add(Violation.worded(
                        "spec.template.metadata.labels",
                        "Invalid value: " + labels + ": `selector` does not match template `labels`"));
                break;
            }
        }
        containers(
                "spec.template.spec.containers",
                spec.path("template").path("spec").path("containers"),
                out);
        JsonNode replicas = spec.path("replicas");
        if (replicas.asInt() < 0) {
            out.add(Violation.worded(
                    "spec.replicas", "Invalid value: " + replicas + ": must be greater than or equal to 0"));
        }
        if (before != null && !before.path("spec").path("selector").equals(selector)) {
            out.add(Violation.worded("spec.selector", "Invalid value: " + selector + ": field is immutable"));
        }
    }

    private static void containers(String at, JsonNode containers, List<Violation> out) {
        if (containers.isEmpty()) {
            out.add(Violation.worded(at, "Required value"));
        }
        for (int i = 0; i < containers.size(); i++) {
            for (String field : List.of("name", "image")) {
                if (containers.get(i).path(field).asText().isEmpty()) {
                    out.add(Violation.worded(at + "[" + i + "]." + field, "Required value"));
                }
            }
        }
    }
}
