package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// How controllers write: like any client of theirs, with their own field manager.
final class ControllerWrites {
    private static final String MANAGER = "kube-controller-manager";
    private final Store store;
    private final ResourceRegistry registry;
    private final ObjectWriter writer;
    private final ObjectRemover remover;
    private final StatusReports reports;

    ControllerWrites(Store store, ResourceRegistry registry, ObjectWriter writer, ObjectRemover remover) {
        this.store = store;
        this.registry = registry;
        this.writer = writer;
        this.remover = remover;
        this.reports = new StatusReports(store);
    }

    private ResourceType type(String id) {
        ResourceType type = registry.byId(id);
        if (type == null) {
            throw ApiError.noSuchPath();
        }
        return type;
    }

    void create(String type, String namespace, ObjectNode object) {
        writer.create(type(type), namespace, object, options("create"));
    }

    private static WriteOptions options(String verb) {
        return new WriteOptions(false, false, new Author(MANAGER, verb, MANAGER));
    }

    /// Changes the status (and, as controllers do, annotations) of an object of a built-in kind. Nothing
    /// is written
    /// where the status is as it should be.
    void status(Key key, Consumer<ObjectNode> change) {
        reports.write(type(key.type()), key, MANAGER, change);
    }

    void main(Key key, Consumer<ObjectNode> change) {
        writer.update(type(key.type()), key.namespace(), key.name(), "", options("update"), live -> {
            ObjectNode next = live.deepCopy();
            change.accept(next);
            return next;
        });
    }

    void delete(Key key) {
        remover.delete(
                type(key.type()), key, Json.object(), false, options("delete").author());
    }

    /// Removes an object that nothing holds any more, unless it changed meanwhile: then it is looked at
    /// again.
    void gone(Stored object) {
        store.remove(object.key(), object, object.tree(), options("delete").author());
    }

    /// The objects of a type that an object controls and that are not being deleted.
    List<ObjectNode> controlled(String uid, String type) {
        List<ObjectNode> out = new ArrayList<>();
        for (Key key : store.dependents(uid)) {
            Stored object = key.type().equals(type) ? store.get(key) : null;
            if (object != null && !object.terminating()) {
                out.add(object.tree());
            }
        }
        return out;
    }

    static void owner(ObjectNode object, JsonNode owner) {
        Json.meta(object)
                .putArray("ownerReferences")
                .addObject()
                .put("apiVersion", owner.path("apiVersion").asText())
                .put("kind", owner.path("kind").asText())
                .put("name", Json.name(owner))
                .put("uid", Json.uid(owner))
                .put("controller", true)
                .put("blockOwnerDeletion", true);
    }
}
