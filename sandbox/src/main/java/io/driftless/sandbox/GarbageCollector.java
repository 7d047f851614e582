package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Event;
import io.driftless.sandbox.Store.Key;
import java.util.function.Consumer;

/// Deletes what only owners that are gone held, and finishes foreground deletions.
final class GarbageCollector {
    private final Store store;
    private final ResourceRegistry registry;
    private final ObjectRemover remover;
    private final Consumer<Key> enqueue;

    GarbageCollector(Store store, ResourceRegistry registry, ObjectRemover remover, Consumer<Key> enqueue) {
        this.store = store;
        this.registry = registry;
        this.remover = remover;
        this.enqueue = enqueue;
    }

    /// Queues the dependents of an object that is gone.
    void removed(Event event) {
        store.dependents(Json.uid(event.object())).forEach(enqueue);
    }

    /// Looks at one object; true where it is no longer there to reconcile.
    boolean collect(Key key, ObjectNode object) {
        JsonNode owners = object.path("metadata").path("ownerReferences");
        if (!owners.isEmpty()) {
            int alive = 0;
            ObjectNode left = object;
            for (JsonNode owner : owners) {
                String uid = owner.path("uid").asText();
                if (store.byUid(uid) != null) {
                    alive++;
                } else {
                    left = ObjectRemover.withoutOwner(left, uid);
                }
            }
            if (alive == 0) {
                delete(key);
                return true;
            }
            if (alive < owners.size()) {
                store.put(key, left);
            }
        }
        if (object.path("metadata").has("deletionTimestamp")) {
            foreground(key, object);
        }
        return store.get(key) == null;
    }

    private void foreground(Key key, ObjectNode object) {
        boolean waiting = false;
        for (JsonNode finalizer : object.path("metadata").path("finalizers")) {
            waiting |= finalizer.asText().equals(ObjectRemover.FOREGROUND);
        }
        if (!waiting) {
            return;
        }
        for (Key dependent : store.dependents(Json.uid(object))) {
            delete(dependent);
        }
        if (!store.dependents(Json.uid(object)).isEmpty()) {
            return;
        }
        ObjectNode next = object.deepCopy();
        ArrayNode left = Json.MAPPER.createArrayNode();
        object.path("metadata").path("finalizers").forEach(f -> {
            if (!f.asText().equals(ObjectRemover.FOREGROUND)) {
                left.add(f);
            }
        });
        if (left.isEmpty()) {
            store.remove(key);
        } else {
            Json.meta(next).set("finalizers", left);
            store.put(key, next);
        }
    }

    private void delete(Key key) {
        ResourceType type = registry.byId(key.type());
        ObjectNode object = store.get(key);
        if (type != null && object != null && !object.path("metadata").has("deletionTimestamp")) {
            remover.delete(type, key, Json.object().put("propagationPolicy", "Background"), false);
        }
    }
}
