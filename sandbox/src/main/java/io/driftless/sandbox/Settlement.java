package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Completes the next version of an object: what a client cannot change, defaults, checks, generation.
final class Settlement {
    private static final List<String> SERVER_OWNED = List.of(
            "uid",
            "creationTimestamp",
            "resourceVersion",
            "generation",
            "deletionTimestamp",
            "deletionGracePeriodSeconds");

    private Settlement() {}

    /// Completes `next` in place.
    ///
    /// @throws ApiError where the change is refused
    static void settle(
            ResourceType type, String namespace, String name, String subresource, ObjectNode live, ObjectNode next) {
        Validation.prepare(type, namespace, name, next);
        ObjectNode meta = Json.meta(next);
        Validation.version(type, name, meta.path("resourceVersion").asText(), live);
        String uid = meta.path("uid").asText();
        if (!uid.isEmpty() && !uid.equals(Json.uid(live))) {
            throw ApiError.conflict(
                    type,
                    name,
                    "StorageError: invalid object, Code: 4, Key: /registry/" + type.plural() + "/"
                            + (namespace.isEmpty() ? "" : namespace + "/") + name
                            + ", ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: "
                            + uid
                            + ", UID in object meta: " + Json.uid(live));
        }
        meta.remove("selfLink");
        SERVER_OWNED.forEach(field -> copy(live.path("metadata"), meta, field));
        if (subresource.equals("status")) {
            statusAlone(type, live, next);
        } else if (type.hasStatus()) {
            copy(live, next, "status");
        }
        Normaliser.apply(type.schema(), next);
        Defaults.apply(type, next, live);
        KindDefaults.complete(type, next);
        if (type.id().equals("pods") && next.get("spec") instanceof ObjectNode spec) {
            PodAdmission.tolerations(spec);
        }
        Validation.check(type, next, live);
        boolean annotated = type.id().equals("deployments.apps")
                && subresource.isEmpty()
                && !live.path("metadata")
                        .path("annotations")
                        .equals(Json.meta(next).path("annotations"));
        if (type.hasGeneration() && (annotated || !sameWish(type, live, next))) {
            Json.meta(next)
                    .put("generation", live.path("metadata").path("generation").asLong() + 1);
        }
    }

    /// Through `status` nothing changes but the status, and annotations of built-in kinds.
    private static void statusAlone(ResourceType type, ObjectNode live, ObjectNode next) {
        JsonNode status = next.get("status");
        JsonNode annotations = Json.meta(next).get("annotations");
        next.removeAll();
        next.setAll(FieldOwners.without(live).deepCopy());
        if (annotations != null && type.custom() == null) {
            Json.meta(next).set("annotations", annotations);
        }
        if (status != null) {
            next.set("status", status);
        } else {
            next.remove("status");
        }
    }

    /// A status is no wish where it is a part of its own.
    private static boolean sameWish(ResourceType type, ObjectNode live, ObjectNode next) {
        return covers(type, live, next) && covers(type, next, live);
    }

    private static boolean covers(ResourceType type, ObjectNode all, ObjectNode part) {
        for (var entry : part.properties()) {
            String field = entry.getKey();
            boolean wish = !field.equals("metadata") && !(field.equals("status") && type.hasStatus());
            if (wish && !entry.getValue().equals(all.get(field))) {
                return false;
            }
        }
        return true;
    }

    static void copy(JsonNode from, ObjectNode to, String field) {
        JsonNode value = from.get(field);
        if (value == null) {
            to.remove(field);
        } else {
            to.set(field, value);
        }
    }
}
