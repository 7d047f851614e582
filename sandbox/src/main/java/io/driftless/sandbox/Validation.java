package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.custom.Violation;
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
        boolean label = type.id().equals("namespaces");
        if (name.length() > (label ? 63 : 253)
                || name.contains("/")
                || (label && name.contains("."))
                || (!free && !SUBDOMAIN.matcher(name).matches())) {
            throw ApiError.invalid(
                    type,
                    name,
                    "metadata.name",
                    "Invalid value: \"" + name + "\": a lowercase RFC 1123 " + (label ? "label" : "subdomain")
                            + " is required");
        }
    }

    /// What a deletion does about dependents.
    static void propagation(String policy) {
        if (!List.of("", "Orphan", "Background", "Foreground").contains(policy)) {
            throw ApiError.of(
                    422,
                    "Invalid",
                    "DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Invalid value: \"" + policy
                            + "\": must be Orphan, Background or Foreground");
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
        List<Violation> wrong = MetadataRules.problems(meta, before);
        if (type.defined() != null) {
            ApiError.refuse(type, name, wrong);
            CustomObjects.check(type, type.defined(), object, before);
            return;
        }
        KindRules.add(type, object, before, wrong);
        ApiError.refuse(type, name, wrong);
    }
}
