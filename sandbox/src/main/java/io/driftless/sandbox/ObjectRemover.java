package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;
import org.jspecify.annotations.Nullable;

/// Deletes: preconditions, finalizers, propagation. What depends on a deleted object is the garbage collector's
/// work.
final class ObjectRemover {
    static final String FOREGROUND = "foregroundDeletion";
    static final String ORPHAN = "orphan";
    private final Store store;

    ObjectRemover(Store store) {
        this.store = store;
    }

    /// Deletes, or marks as being deleted where finalizers hold the object.
    ///
    /// @param options `DeleteOptions`
    /// @return the object where it still exists, null where it is gone
    @Nullable
    ObjectNode delete(ResourceType type, Key key, JsonNode options, boolean dryRun) {
        synchronized (store) {
            ObjectNode live = store.get(key);
            if (live == null) {
                throw ApiError.notFound(type.plural(), type.group(), key.name());
            }
            preconditions(type, key, live, options.path("preconditions"));
            if (dryRun) {
                return live;
            }
            ObjectNode next = live.deepCopy();
            ObjectNode meta = Json.meta(next);
            switch (options.path("propagationPolicy").asText()) {
                case "Foreground" -> {
                    if (!store.dependents(Json.uid(live)).isEmpty()) {
                        finalizer(meta, FOREGROUND);
                    }
                }
                case "Orphan" -> orphan(Json.uid(live));
                default -> {}
            }
            boolean namespace = type.id().equals("namespaces");
            if (!namespace && meta.path("finalizers").isEmpty()) {
                store.remove(key);
                return null;
            }
            boolean marked = meta.has("deletionTimestamp");
            if (!marked) {
                meta.put("deletionTimestamp", Json.now()).put("deletionGracePeriodSeconds", 0);
                if (type.hasGeneration()) {
                    meta.put("generation", meta.path("generation").asLong() + 1);
                }
                if (namespace) {
                    Json.child(next, "status").put("phase", "Terminating");
                }
            }
            return next.equals(live) ? live : store.put(key, next);
        }
    }

    private static void finalizer(ObjectNode meta, String name) {
        ArrayNode list = meta.get("finalizers") instanceof ArrayNode found ? found : meta.putArray("finalizers");
        for (JsonNode item : list) {
            if (item.asText().equals(name)) {
                return;
            }
        }
        list.add(name);
    }

    private void orphan(String uid) {
        for (Key dependent : store.dependents(uid)) {
            ObjectNode object = store.get(dependent);
            if (object != null) {
                store.put(dependent, withoutOwner(object, uid));
            }
        }
    }

    static ObjectNode withoutOwner(ObjectNode object, String uid) {
        ObjectNode next = object.deepCopy();
        ArrayNode left = Json.MAPPER.createArrayNode();
        next.path("metadata").path("ownerReferences").forEach(o -> {
            if (!o.path("uid").asText().equals(uid)) {
                left.add(o);
            }
        });
        if (left.isEmpty()) {
            Json.meta(next).remove("ownerReferences");
        } else {
            Json.meta(next).set("ownerReferences", left);
        }
        return next;
    }

    private static void preconditions(ResourceType type, Key key, JsonNode live, JsonNode wanted) {
        String uid = wanted.path("uid").asText();
        if (!uid.isEmpty() && !uid.equals(Json.uid(live))) {
            throw ApiError.conflict(
                    type,
                    key.name(),
                    "the UID in the precondition (" + uid + ") does not match the UID in record (" + Json.uid(live)
                            + "). The object might have been deleted and then recreated");
        }
        String version = wanted.path("resourceVersion").asText();
        String actual = live.path("metadata").path("resourceVersion").asText();
        if (!version.isEmpty() && !version.equals(actual)) {
            throw ApiError.conflict(
                    type,
                    key.name(),
                    "the ResourceVersion in the precondition (" + version
                            + ") does not match the ResourceVersion in record (" + actual
                            + "). The object might have been modified");
        }
    }
}
