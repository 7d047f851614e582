package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.ManagedFields;
import io.driftless.objects.ManagedFields.Manager;
import io.driftless.objects.ManagedFields.Operation;
import io.driftless.objects.StructuredMerge;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.defaults.Normaliser;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import java.util.Objects;
import java.util.function.Consumer;

/// How controllers report on built-in kinds: writes through `status` that share everything else
/// with the version before.
final class StatusReports {
    private final Store store;

    StatusReports(Store store) {
        this.store = store;
    }

    /// Lets `change` edit status and annotations, and stores the outcome if it differs. An object
    /// that is gone is left alone.
    void write(ResourceType type, Key key, String manager, Consumer<ObjectNode> change) {
        boolean done = false;
        while (!done) {
            Stored before = store.get(key);
            done = before == null || write(type, before, manager, change);
        }
    }

    private boolean write(ResourceType type, Stored before, String manager, Consumer<ObjectNode> change) {
        ObjectNode live = before.tree();
        ObjectNode next = Json.object().setAll(live);
        ObjectNode meta = Json.ownMeta(next);
        JsonNode annotations = meta.get("annotations");
        if (annotations != null) {
            Json.ownChild(meta, "annotations");
        }
        JsonNode status = live.get("status");
        next.set("status", status == null ? Json.object() : status.deepCopy());
        change.accept(next);
        if (next.path("status") instanceof ObjectNode own) {
            Normaliser.apply(type.schema().field("status"), own);
        }
        if (next.path("status").equals(status == null ? Json.object() : status)
                && Objects.equals(meta.get("annotations"), annotations)) {
            return true;
        }
        ManagedFields managers = StructuredMerge.update(
                type.schema(),
                live,
                next,
                before.managers(),
                new Manager(manager, Operation.Update, type.apiVersion(), "status"),
                FieldOwners.ignored(type, "status"),
                Json.now());
        FieldOwners.set(next, managers, before);
        return store.put(before.key(), before, next, managers, new Author(manager, "update", manager)) != null;
    }
}
