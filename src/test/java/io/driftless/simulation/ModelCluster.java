package io.driftless.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ApiException;
import io.driftless.cluster.Cluster.Apply;
import io.driftless.cluster.Cluster.Change;
import io.driftless.cluster.Cluster.Delete;
import io.driftless.cluster.ObjectIds;
import io.driftless.events.ResourceId;
import io.driftless.objects.FieldSet;
import io.driftless.objects.ManagedFields;
import io.driftless.objects.ManagedFields.Manager;
import io.driftless.objects.ManagedFields.Operation;
import io.driftless.objects.PathStep;
import io.driftless.objects.Schema;
import io.driftless.objects.Schemas;
import io.driftless.objects.StructuredMerge;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An API server: objects with resourceVersion and uid, server-side apply with owners and preconditions, deletion, and
/// the history that watches read.
final class ModelCluster {
    static final String SERVER = "https://kubernetes.default.svc";

    /// A change in the order of the server. Objects are never changed after they are stored.
    record Entry(Change change, ResourceId id, ObjectNode object) {}

    private static final ManagedFields NOBODY = new ManagedFields(List.of());
    private static final FieldSet STATUS = status();

    private final Map<ResourceId, ObjectNode> objects = new TreeMap<>();
    private final List<Entry> history = new ArrayList<>();
    private long version = 1;
    private int uids;
    private boolean reachable = true;
    /// Whether deletions take two steps, as they do where something has to be cleaned up first.
    boolean slowDeletion;

    Map<ResourceId, ObjectNode> objects() {
        return objects;
    }

    List<Entry> history() {
        return history;
    }

    boolean reachable() {
        return reachable;
    }

    void reachable(boolean now) {
        reachable = now;
    }

    @Nullable
    ObjectNode get(ResourceId id) {
        return objects.get(id);
    }

    ObjectNode apply(JsonNode given, Apply options) {
        ResourceId id = ObjectIds.of(given);
        ObjectNode intent = given.deepCopy();
        ObjectNode metadata = (ObjectNode) intent.path("metadata");
        String expected = text(metadata.remove("resourceVersion"));
        String uid = text(metadata.remove("uid"));
        ObjectNode live = objects.get(id);
        if (live == null && !uid.isEmpty()) {
            throw conflict(id, "no object of this uid");
        }
        if (live != null && !uid.isEmpty() && !uid.equals(uid(live))) {
            throw new ApiException(422, "Invalid", id + ": uid is immutable");
        }
        if (live != null && !expected.isEmpty() && !expected.equals("0") && !expected.equals(version(live))) {
            throw conflict(id, "the object has been modified");
        }
        Schema schema = Schemas.of(ObjectIds.apiVersion(given), id.kind());
        Manager manager = new Manager(options.fieldManager(), Operation.Apply, ObjectIds.apiVersion(given), "");
        ManagedFields owners = live == null ? NOBODY : ManagedFields.of(live);
        ObjectNode before = live == null ? JsonNodeFactory.instance.objectNode() : unmanaged(live);
        StructuredMerge.Result result =
                StructuredMerge.apply(schema, before, owners, intent, manager, STATUS, options.force(), "t");
        if (!(result instanceof StructuredMerge.Merged merged)) {
            throw conflict(id, "somebody else owns a field");
        }
        ObjectNode next = merged.object().deepCopy();
        ArrayNode managed = merged.managers().toJson();
        ((ObjectNode) next.path("metadata")).set("managedFields", managed);
        if (next.equals(live) || options.dryRun()) {
            return next;
        }
        return put(id, next);
    }

    /// Somebody else writes: `change` is made to a copy.
    void edit(ResourceId id, String editor, Consumer<ObjectNode> change) {
        ObjectNode live = objects.get(id);
        if (live == null) {
            return;
        }
        ObjectNode before = unmanaged(live);
        ObjectNode next = before.deepCopy();
        change.accept(next);
        if (next.equals(before)) {
            return;
        }
        Schema schema = Schemas.of(ObjectIds.apiVersion(live), id.kind());
        Manager manager = new Manager(editor, Operation.Update, ObjectIds.apiVersion(live), "");
        ManagedFields owners =
                StructuredMerge.update(schema, before, next, ManagedFields.of(live), manager, FieldSet.EMPTY, "t");
        ((ObjectNode) next.path("metadata")).set("managedFields", owners.toJson());
        put(id, next);
    }

    /// Stores an object under a new resourceVersion.
    ObjectNode put(ResourceId id, ObjectNode object) {
        ObjectNode metadata = (ObjectNode) object.path("metadata");
        boolean created = !objects.containsKey(id);
        if (created) {
            metadata.put("uid", "u" + ++uids);
        }
        metadata.put("resourceVersion", Long.toString(++version));
        objects.put(id, object);
        history.add(new Entry(created ? Change.ADDED : Change.MODIFIED, id, object));
        return object;
    }

    boolean delete(ResourceId id, Delete options) {
        ObjectNode live = objects.get(id);
        if (live == null) {
            return false;
        }
        boolean uidHolds = options.uid() == null
                || options.uid().isEmpty()
                || options.uid().equals(uid(live));
        boolean versionHolds = options.resourceVersion() == null
                || options.resourceVersion().isEmpty()
                || options.resourceVersion().equals(version(live));
        if (!uidHolds || !versionHolds) {
            throw conflict(id, "the precondition of the deletion does not hold");
        }
        if (options.dryRun()) {
            return true;
        }
        if (slowDeletion && live.path("metadata").path("deletionTimestamp").isMissingNode()) {
            ObjectNode going = live.deepCopy();
            ((ObjectNode) going.path("metadata")).put("deletionTimestamp", "2026-01-01T00:00:00Z");
            put(id, going);
        } else {
            remove(id);
        }
        return true;
    }

    void remove(ResourceId id) {
        ObjectNode last = objects.remove(id);
        if (last != null) {
            ObjectNode gone = last.deepCopy();
            ((ObjectNode) gone.path("metadata")).put("resourceVersion", Long.toString(++version));
            history.add(new Entry(Change.DELETED, id, gone));
        }
    }

    static String uid(JsonNode object) {
        return object.path("metadata").path("uid").asText("");
    }

    static String version(JsonNode object) {
        return object.path("metadata").path("resourceVersion").asText("");
    }

    static boolean deleting(JsonNode object) {
        return object.path("metadata").has("deletionTimestamp");
    }

    private static String text(@Nullable JsonNode node) {
        return node == null ? "" : node.asText("");
    }

    private static ApiException conflict(ResourceId id, String reason) {
        return new ApiException(409, "Conflict", id + ": " + reason);
    }

    private static ObjectNode unmanaged(ObjectNode live) {
        ObjectNode copy = live.objectNode();
        copy.setAll(live);
        ObjectNode metadata = live.objectNode();
        metadata.setAll((ObjectNode) live.path("metadata"));
        metadata.remove("managedFields");
        copy.set("metadata", metadata);
        return copy;
    }

    private static FieldSet status() {
        FieldSet.Builder fields = new FieldSet.Builder();
        fields.at(new PathStep.Field("status")).add();
        return fields.build();
    }
}
