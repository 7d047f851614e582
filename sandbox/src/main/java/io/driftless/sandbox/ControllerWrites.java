package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
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
    private final Refusals refusals;
    private final StatusReports reports;
    private final ControllerEvents events = new ControllerEvents();
    private final EventQueue waiting = new EventQueue(this::create, this::delete);

    ControllerWrites(
            Store store, ResourceRegistry registry, ObjectWriter writer, ObjectRemover remover, Refusals refusals) {
        this.store = store;
        this.registry = registry;
        this.writer = writer;
        this.remover = remover;
        this.refusals = refusals;
        this.reports = new StatusReports(store);
    }

    private ResourceType type(String id) {
        ResourceType type = registry.byId(id);
        if (type == null) {
            throw ApiError.noSuchPath();
        }
        return type;
    }

    Stored create(String type, String namespace, ObjectNode object) {
        return writer.create(type(type), namespace, object, options("create")).stored();
    }

    /// The same, as somebody else.
    void createAs(String manager, String type, String namespace, ObjectNode object) {
        var _ = writer.create(type(type), namespace, object, WriteOptions.by(manager));
    }

    private Key create(ObjectNode event) {
        return create("events", Json.namespace(event), event).key();
    }

    /// Tells people by an Event what a controller did to an object.
    void tell(Stored about, String component, String reason, String message) {
        waiting.add(events.told(about, component, reason, message));
    }

    /// Tells people by an Event what went wrong.
    void warn(Stored about, String component, String reason, String message) {
        waiting.add(events.told(about, component, reason, message).put("type", "Warning"));
    }

    /// Tells that a pod has found its node.
    void tellScheduled(Stored pod, String node) {
        waiting.add(events.scheduled(pod, node));
    }

    /// Tells why a pod has found none.
    void warnUnscheduled(Stored pod, String why) {
        waiting.add(events.unscheduled(pod, why));
    }

    /// Whose objects are refused.
    Refusals refusals() {
        return refusals;
    }

    /// Writes the next Event that waits; false where none does.
    boolean writeEvent() {
        return waiting.writeNext();
    }

    private static WriteOptions options(String verb) {
        return new WriteOptions(false, false, new Author(MANAGER, verb, MANAGER));
    }

    /// Changes the status (and, as controllers do, annotations) of an object of a built-in kind.
    /// Nothing is written where the status is as it should be.
    void status(Key key, Consumer<ObjectNode> change) {
        statusAs(MANAGER, key, change);
    }

    /// The same, as somebody else.
    void statusAs(String manager, Key key, Consumer<ObjectNode> change) {
        reports.write(type(key.type()), key, manager, change);
    }

    /// Applies, with force, what a manager wishes of an object that is there.
    void apply(String manager, Key key, ObjectNode wish) {
        WriteOptions options = new WriteOptions(false, true, new Author(MANAGER, "apply", manager));
        writer.apply(type(key.type()), key.namespace(), key.name(), "", wish, options, _ -> {});
    }

    void main(Key key, Consumer<ObjectNode> change) {
        writer.update(type(key.type()), key.namespace(), key.name(), "", options("update"), live -> {
            ObjectNode next = live.deepCopy();
            change.accept(next);
            return next;
        });
    }

    /// Deletes an object; one that is gone already is no error.
    void delete(Key key) {
        delete(key, Json.object());
    }

    /// Deletes a pod without a time of grace.
    void deleteNow(Key key) {
        delete(key, Json.object().put("gracePeriodSeconds", 0));
    }

    private void delete(Key key, ObjectNode how) {
        if (store.get(key) != null) {
            remover.delete(type(key.type()), key, how, false, options("delete").author());
        }
    }

    /// Removes an object that nothing holds any more, unless it changed meanwhile: then it is looked at
    /// again.
    void gone(Stored object) {
        store.remove(object.key(), object, object.tree(), options("delete").author());
    }

    /// The objects of a type that an object controls and that are not being deleted.
    List<Stored> controlled(String uid, String type) {
        return everyControlled(uid, type).stream()
                .filter(object -> !object.terminating())
                .toList();
    }

    /// The objects of a type that an object controls.
    List<Stored> everyControlled(String uid, String type) {
        List<Stored> out = new ArrayList<>();
        for (Key key : store.dependents(uid)) {
            Stored object = key.type().equals(type) ? store.get(key) : null;
            if (object != null) {
                out.add(object);
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
