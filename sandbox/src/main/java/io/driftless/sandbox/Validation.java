package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What makes a write invalid. Far from all rules of the real server: those that users of a delivery tool
/// run
/// into.
final class Validation {
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private Validation() {}

    /// Sets apiVersion, kind and namespace where the body leaves them out, refuses contradictions with the
    /// request.
    static void prepare(ResourceType type, String namespace, String name, ObjectNode object) {
        String apiVersion = object.path("apiVersion").asText(type.apiVersion());
        String kind = object.path("kind").asText(type.kind());
        if (!apiVersion.equals(type.apiVersion()) || !kind.equals(type.kind())) {
            throw ApiError.badRequest("the API version and kind in the data (" + apiVersion + ", " + kind
                    + ") do not match the expected ones (" + type.apiVersion() + ", " + type.kind() + ")");
        }
        object.put("apiVersion", apiVersion).put("kind", kind);
        ObjectNode meta = Json.meta(object);
        if (!name.isEmpty()) {
            String given = meta.path("name").asText(name);
            if (!given.equals(name)) {
                throw ApiError.badRequest(
                        "the name of the object (" + given + ") does not match the name on the URL (" + name + ")");
            }
            meta.put("name", name);
        }
        if (type.namespaced()) {
            String given = meta.path("namespace").asText();
            if (!given.isEmpty() && !given.equals(namespace)) {
                throw ApiError.badRequest(
                        "the namespace of the provided object does not match the namespace sent on the request");
            }
            meta.put("namespace", namespace);
        } else {
            meta.remove("namespace");
        }
    }

    static void name(ResourceType type, String name) {
        if (name.isEmpty()) {
            throw ApiError.invalid(type, name, "metadata.name", "Required value: name or generateName is required");
        }
        boolean free = type.group().equals("rbac.authorization.k8s.io");
        if (name.length() > 253
                || name.contains("/")
                || (!free && !SUBDOMAIN.matcher(name).matches())) {
            throw ApiError.invalid(
                    type,
                    name,
                    "metadata.name",
                    "Invalid value: \"" + name + "\": a lowercase RFC 1123 subdomain is required");
        }
    }

    /// Optimistic concurrency: an absent version and "0" are no condition.
    static void version(ResourceType type, String name, String wanted, JsonNode live) {
        if (!wanted.isEmpty()
                && !wanted.equals("0")
                && !wanted.equals(live.path("metadata").path("resourceVersion").asText())) {
            throw ApiError.modified(type, name);
        }
    }

    static void check(ResourceType type, ObjectNode object, @Nullable JsonNode before) {
        String name = Json.name(object);
        JsonNode meta = object.path("metadata");
        for (String field : List.of("labels", "annotations")) {
            for (Map.Entry<String, JsonNode> entry : meta.path(field).properties()) {
                if (!entry.getValue().isTextual()) {
                    throw ApiError.badRequest(
                            type.kind() + " in version \"" + type.version() + "\" cannot be handled as a " + type.kind()
                                    + ": metadata." + field + "." + entry.getKey() + " must be a string");
                }
            }
        }
        if (type.custom() != null) {
            CustomSchema.check(type, object);
            return;
        }
        switch (type.id()) {
            case "deployments.apps", "replicasets.apps", "statefulsets.apps", "daemonsets.apps" ->
                workload(type, object, before);
            case "configmaps", "secrets" -> {
                if (before != null
                        && before.path("immutable").asBoolean()
                        && !before.path("data").equals(object.path("data"))) {
                    throw ApiError.invalid(type, name, "data", "Forbidden: field is immutable when `immutable` is set");
                }
            }
            case "services" -> {
                if (!object.path("spec").path("type").asText().equals("ExternalName")
                        && object.path("spec").path("ports").isEmpty()
                        && !object.path("spec").path("clusterIP").asText().equals("None")) {
                    throw ApiError.invalid(type, name, "spec.ports", "Required value");
                }
            }
            default -> {}
        }
    }

    private static void workload(ResourceType type, ObjectNode object, @Nullable JsonNode before) {
        String name = Json.name(object);
        JsonNode selector = object.path("spec").path("selector");
        if (selector.isEmpty()) {
            throw ApiError.invalid(type, name, "spec.selector", "Required value");
        }
        JsonNode labels = object.path("spec").path("template").path("metadata").path("labels");
        for (Map.Entry<String, JsonNode> entry : selector.path("matchLabels").properties()) {
            if (!entry.getValue().equals(labels.get(entry.getKey()))) {
                throw ApiError.invalid(
                        type,
                        name,
                        "spec.template.metadata.labels",
                        "Invalid value: " + labels + ": `selector` does not match template `labels`");
            }
        }
        JsonNode containers = object.path("spec").path("template").path("spec").path("containers");
        if (containers.isEmpty()) {
            throw ApiError.invalid(type, name, "spec.template.spec.containers", "Required value");
        }
        for (int i = 0; i < containers.size(); i++) {
            for (String field : List.of("name", "image")) {
                if (containers.get(i).path(field).asText().isEmpty()) {
                    throw ApiError.invalid(
                            type, name, "spec.template.spec.containers[" + i + "]." + field, "Required value");
                }
            }
        }
        JsonNode replicas = object.path("spec").path("replicas");
        if (replicas.asInt() < 0) {
            throw ApiError.invalid(
                    type, name, "spec.replicas", "Invalid value: " + replicas + ": must be greater than or equal to 0");
        }
        if (before != null && !before.path("spec").path("selector").equals(selector)) {
            throw ApiError.invalid(type, name, "spec.selector", "Invalid value: " + selector + ": field is immutable");
        }
    }
}
