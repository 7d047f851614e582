package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import java.util.ArrayList;
import java.util.List;

/// The `scale` subresource: a view of `spec.replicas`.
final class Scale {
    private Scale() {}

    /// The same for who reads it.
    ///
    /// @throws ApiError where a defined kind has no such number
    static ObjectNode read(ResourceType type, ObjectNode object) {
        String wished = path(type, "specReplicasPath");
        if (type.custom() != null && at(object, wished).isMissingNode()) {
            String why = "the spec replicas field \"." + wished + "\" does not exist";
            ObjectNode details = Json.object();
            details.putArray("causes").addObject().put("message", why);
            throw ApiError.detailed(500, "InternalError", "Internal error occurred: " + why, details);
        }
        return of(type, object);
    }

    static ObjectNode of(ResourceType type, ObjectNode object) {
        ObjectNode out = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectNode meta = out.putObject("metadata");
        for (String field : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            JsonNode value = object.path("metadata").get(field);
            if (value != null) {
                meta.set(field, value);
            }
        }
        Conditions.count(
                out.putObject("spec"),
                "replicas",
                at(object, path(type, "specReplicasPath")).asInt());
        ObjectNode status = out.putObject("status")
                .put("replicas", at(object, path(type, "statusReplicasPath")).asInt());
        String selector = selector(type, object);
        if (!selector.isEmpty()) {
            status.put("selector", selector);
        }
        return out;
    }

    private static String selector(ResourceType type, JsonNode object) {
        if (type.custom() != null) {
            String path = path(type, "labelSelectorPath");
            return path.isEmpty() ? "" : at(object, path).asText();
        }
        List<String> labels = new ArrayList<>();
        object.path("spec")
                .path("selector")
                .path("matchLabels")
                .properties()
                .forEach(e -> labels.add(e.getKey() + "=" + e.getValue().asText()));
        return String.join(",", labels);
    }

    /// Where a value is, by the definition of a custom kind, or as all built-in kinds have it.
    private static String path(ResourceType type, String which) {
        String known = which.equals("specReplicasPath") ? "spec.replicas" : "status.replicas";
        JsonNode custom = type.custom();
        return custom == null
                ? known
                : custom.path("subresources").path("scale").path(which).asText().replaceFirst("^\\.", "");
    }

    private static JsonNode at(JsonNode object, String path) {
        JsonNode at = object;
        for (String part : path.split("\\.")) {
            at = at.path(part);
        }
        return at;
    }

    /// The object with the replicas of a Scale, refused if the Scale is of another version of the object.
    static ObjectNode into(ResourceType type, ObjectNode object, ObjectNode scale) {
        int replicas = scale.path("spec").path("replicas").asInt();
        String name = Json.name(scale);
        if (type.custom() != null && !name.isEmpty() && !name.equals(Json.name(object))) {
            throw ApiError.badRequest("the name of the object (" + name + ") does not match the name on the URL ("
                    + Json.name(object) + ")");
        }
        if (replicas < 0 && type.custom() == null) {
            throw ApiError.invalid(
                    "autoscaling",
                    "Scale",
                    Json.name(object),
                    List.of(Violation.invalid(
                            "spec.replicas", Integer.toString(replicas), "must be greater than or equal to 0")));
        }
        ObjectNode out = object.deepCopy();
        String[] path = path(type, "specReplicasPath").split("\\.");
        ObjectNode at = out;
        for (int i = 0; i < path.length - 1; i++) {
            at = Json.child(at, path[i]);
        }
        at.put(path[path.length - 1], replicas);
        String version = scale.path("metadata").path("resourceVersion").asText();
        if (!version.isEmpty()) {
            Json.meta(out).put("resourceVersion", version);
        }
        return out;
    }
}
