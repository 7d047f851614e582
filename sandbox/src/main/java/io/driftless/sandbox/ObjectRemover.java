package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;
import org.jspecify.annotations.Nullable;

/// Deletes: preconditions, finalizers, propagation. What depends on a deleted object is the garbage
/// collector's
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
    Stored delete(ResourceType type, Key key, JsonNode options, boolean dryRun, Author author) {
        while (true) {
            Stored live = store.get(key);
            if (live == null) {
                throw ApiError.notFound(type.plural(), type.group(), key.name());
            }
            preconditions(type, key, live, options.path("preconditions"));
            if (dryRun) {
                return live;
            }
            ObjectNode next =
                    marked(type, live, options.path("propagationPolicy").asText());
            boolean held = type.id().equals("namespaces")
                    || !next.path("metadata").path("finalizers").isEmpty();
            if (!held) {
                if (store.remove(key, live, live.tree(), author) != null) {
                    return null;
                }
            } else if (next.equals(live.tree())) {
                return live;
            } else {
                Stored left = store.put(key, live, next, null, author);
                if (left != null) {
                    return left;
                }
            }
        }
    }

    /// The object as it is while something holds it.
    private ObjectNode marked(ResourceType type, Stored live, String policy) {
        ObjectNode next = live.tree().deepCopy();
        ObjectNode meta = Json.meta(next);
        if (policy.equals("Foreground")) {
            finalizer(meta, FOREGROUND);
        } else if (policy.equals("Orphan")) {
            finalizer(meta, ORPHAN);
        }
        if (!live.terminating()) {
            meta.put("deletionTimestamp", Json.now()).put("deletionGracePeriodSeconds", 0);
            if (type.hasGeneration()) {
                meta.put("generation", meta.path("generation").asLong() + 1);
            }
            if (type.id().equals("namespaces")) {
                Json.child(next, "status").put("phase", "Terminating");
            }
        }
        return next;
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

    private static void preconditions(ResourceType type, Key key, Stored live, JsonNode wanted) {
        String uid = wanted.path("uid").asText();
        if (!uid.isEmpty() && !uid.equals(live.uid())) {
            throw ApiError.conflict(
                    type,
                    key.name(),
                    "the UID in the precondition (" + uid + ") does not match the UID in record (" + live.uid()
                            + "). The object might have been deleted and then recreated");
        }
        String version = wanted.path("resourceVersion").asText();
        String actual = Long.toString(live.version());
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
