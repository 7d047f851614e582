package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import io.driftless.sandbox.rules.NamespaceRules;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Deletes: preconditions, finalizers, propagation. What depends on a deleted object is the garbage
/// collector's work.
final class ObjectRemover {
    static final String FOREGROUND = "foregroundDeletion";
    static final String ORPHAN = "orphan";
    private static final Set<String> LASTING = Set.of("default", "kube-system", "kube-public");
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
            if (type.id().equals("namespaces") && LASTING.contains(key.name())) {
                throw ApiError.forbidden(type, key.name(), "this namespace may not be deleted");
            }
            preconditions(type, key, live, options.path("preconditions"));
            long grace = grace(type, live, options);
            if (grace > 0 && live.terminating()) {
                return live;
            }
            ObjectNode next =
                    marked(type, live, options.path("propagationPolicy").asText(), grace);
            boolean held = grace > 0
                    || type.id().equals("namespaces")
                    || type.id().equals(ResourceType.DEFINITIONS)
                    || !next.path("metadata").path("finalizers").isEmpty();
            if (dryRun) {
                return held ? store.tried(key, live.version(), next) : null;
            }
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

    /// An object that is gone, as it was at last.
    Stored ended(ResourceType type, Stored live) {
        return store.tried(live.key(), live.version(), marked(type, live, "", 0));
    }

    /// How many seconds a pod that runs somewhere has to end; nothing else has any.
    private static long grace(ResourceType type, Stored live, JsonNode options) {
        JsonNode spec = live.tree().path("spec");
        String phase = live.tree().path("status").path("phase").asText();
        if (!type.id().equals("pods") || !spec.has("nodeName") || phase.equals("Succeeded") || phase.equals("Failed")) {
            return 0;
        }
        return options.path("gracePeriodSeconds")
                .asLong(spec.path("terminationGracePeriodSeconds").asLong(30));
    }

    /// The object as it is while something holds it.
    private static ObjectNode marked(ResourceType type, Stored live, String policy, long grace) {
        ObjectNode next = live.tree().deepCopy();
        ObjectNode meta = Json.meta(next);
        if (policy.equals("Foreground")) {
            finalizer(meta, FOREGROUND);
        } else if (policy.equals("Orphan")) {
            finalizer(meta, ORPHAN);
        }
        if (!live.terminating()) {
            meta.put("deletionTimestamp", Json.inSeconds(grace));
            if (type.hasGeneration() && !type.id().equals(ResourceType.DEFINITIONS)) {
                meta.put("generation", meta.path("generation").asLong() + 1);
            }
            if (type.id().equals(ResourceType.DEFINITIONS)) {
                finalizer(meta, DefinitionController.CLEANUP);
                Conditions.set(Json.child(next, "status"), DefinitionController.terminating());
            }
            if (type.id().equals("namespaces")) {
                Json.child(next, "status").put("phase", "Terminating");
            } else if (!type.id().equals(ResourceType.DEFINITIONS)) {
                meta.put("deletionGracePeriodSeconds", grace);
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
        if (type.id().equals("namespaces")) {
            NamespaceRules.precondition(type, key.name(), live.uid(), live.version(), wanted);
        }
        if (!uid.isEmpty() && !uid.equals(live.uid())) {
            throw ApiError.conflict(
                    type.kind(),
                    type.group(),
                    key.name(),
                    "the UID in the precondition (" + uid + ") does not match the UID in record (" + live.uid()
                            + "). The object might have been deleted and then recreated");
        }
        String version = wanted.path("resourceVersion").asText();
        String actual = Long.toString(live.version());
        if (!version.isEmpty() && !version.equals(actual)) {
            throw ApiError.conflict(
                    type.kind(),
                    type.group(),
                    key.name(),
                    "the ResourceVersion in the precondition (" + version
                            + ") does not match the ResourceVersion in record (" + actual
                            + "). The object might have been modified");
        }
    }
}
