package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Event;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import java.util.function.Consumer;

/// Deletes what only owners that are gone held, and finishes foreground deletions.
final class GarbageCollector {
    private static final Author AUTHOR = new Author("generic-garbage-collector", "update", "kube-controller-manager");
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
        store.dependents(event.object().uid()).forEach(enqueue);
    }

    /// Looks at one object; true where it changed by that, so that others look at what comes of it.
    boolean collect(Stored object) {
        if (!object.owners().isEmpty() && !ownersLive(object)) {
            return true;
        }
        return object.terminating() && finalizers(object);
    }

    /// Deletes an object whose owners are all gone, takes those that are gone off another. False where it
    /// changed.
    private boolean ownersLive(Stored object) {
        ObjectNode left = object.tree();
        int alive = 0;
        for (String uid : object.owners()) {
            if (store.byUid(uid) != null) {
                alive++;
            } else {
                left = ObjectRemover.withoutOwner(left, uid);
            }
        }
        if (alive == object.owners().size() || (alive == 0 && object.terminating())) {
            return true;
        }
        if (alive == 0) {
            delete(object.key(), "Background");
        } else {
            replace(object, left);
        }
        return false;
    }

    /// Stores what follows from an object; where another write came first the object is looked at again.
    private void replace(Stored object, ObjectNode next) {
        if (store.put(object.key(), object, next, null, AUTHOR.doing("update")) == null) {
            enqueue.accept(object.key());
        }
    }

    private boolean finalizers(Stored object) {
        for (JsonNode finalizer : object.tree().path("metadata").path("finalizers")) {
            if (finalizer.asText().equals(ObjectRemover.FOREGROUND)) {
                foreground(object);
                return true;
            }
            if (finalizer.asText().equals(ObjectRemover.ORPHAN)) {
                orphan(object);
                return true;
            }
        }
        return false;
    }

    /// Dependents that block the deletion of their owner go first, in the foreground too; others only have to be told.
    private void foreground(Stored object) {
        boolean waiting = false;
        for (Key key : store.dependents(object.uid())) {
            Stored dependent = store.get(key);
            if (dependent != null) {
                boolean blocks = blocks(dependent, object.uid());
                delete(key, blocks ? "Foreground" : "Background");
                waiting |= blocks && store.get(key) != null;
            }
        }
        if (!waiting) {
            finish(object, ObjectRemover.FOREGROUND);
        }
    }

    private static boolean blocks(Stored dependent, String owner) {
        for (JsonNode reference : dependent.tree().path("metadata").path("ownerReferences")) {
            if (reference.path("uid").asText().equals(owner)) {
                return reference.path("blockOwnerDeletion").asBoolean();
            }
        }
        return false;
    }

    private void orphan(Stored object) {
        for (Key dependent : store.dependents(object.uid())) {
            Stored found = store.get(dependent);
            if (found != null
                    && store.put(
                                    dependent,
                                    found,
                                    ObjectRemover.withoutOwner(found.tree(), object.uid()),
                                    null,
                                    AUTHOR.doing("patch"))
                            == null) {
                enqueue.accept(object.key());
                return;
            }
        }
        finish(object, ObjectRemover.ORPHAN);
    }

    /// Takes the finalizer off; the last one takes the object along.
    private void finish(Stored object, String finalizer) {
        ObjectNode next = object.tree().deepCopy();
        ArrayNode left = Json.MAPPER.createArrayNode();
        next.path("metadata").path("finalizers").forEach(f -> {
            if (!f.asText().equals(finalizer)) {
                left.add(f);
            }
        });
        if (!left.isEmpty()) {
            Json.meta(next).set("finalizers", left);
            replace(object, next);
        } else if (store.remove(object.key(), object, object.tree(), AUTHOR.doing("delete")) == null) {
            enqueue.accept(object.key());
        }
    }

    private void delete(Key key, String policy) {
        ResourceType type = registry.byId(key.type());
        Stored object = store.get(key);
        if (type != null && object != null && !object.terminating()) {
            remover.delete(type, key, Json.object().put("propagationPolicy", policy), false, AUTHOR.doing("delete"));
        }
    }
}
