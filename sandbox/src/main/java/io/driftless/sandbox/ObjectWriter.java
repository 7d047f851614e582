package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.ManagedFields;
import io.driftless.objects.ManagedFields.Manager;
import io.driftless.objects.ManagedFields.Operation;
import io.driftless.objects.StructuredMerge;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Update, patch and apply: everything between a decoded body and the store. Each is prepared
/// without a lock from the present version of the object; where another write came first it is
/// prepared anew.
final class ObjectWriter {
    private final Store store;
    private final ObjectCreator creator;
    private final ObjectReplacer replacer;
    private final ObjectApplier applier;

    ObjectWriter(Store store, QuotaGuard guard) {
        this.store = store;
        this.creator = new ObjectCreator(store, guard);
        this.replacer = new ObjectReplacer(store, guard);
        this.applier = new ObjectApplier(store, creator, replacer);
    }

    /// What a write left: the object, and whether it is new.
    record Written(Stored stored, boolean created) {}

    static Key key(ResourceType type, String namespace, String name) {
        return new Key(type.id(), namespace, name);
    }

    Written create(ResourceType type, String namespace, ObjectNode body, WriteOptions options) {
        return creator.create(type, namespace, body, options);
    }

    /// Replaces an object (or one subresource of it) by what `change` makes of the present one,
    /// which must share no part with it that is changed here.
    Stored update(
            ResourceType type,
            String namespace,
            String name,
            String subresource,
            WriteOptions options,
            UnaryOperator<ObjectNode> change) {
        Key key = key(type, namespace, name);
        while (true) {
            Stored before = require(type, key);
            ObjectNode live = before.in(type);
            ObjectNode next = change.apply(live);
            JsonNode given = next.path("metadata").path("managedFields");
            Json.meta(next).remove("managedFields");
            ManagedFields owners =
                    FieldOwners.given(given, before, options.author().verb().equals("patch"));
            JsonNode link = next.path("metadata").path("selfLink");
            boolean part = PartWrites.about(type, subresource);
            ObjectNode sent = part ? PartWrites.asSent(type, live, next) : Allocations.asSent(type, subresource, next);
            Settlement.settle(type, namespace, name, subresource, live, next);
            ObjectNode asked =
                    sent == next ? next : part ? PartWrites.asAsked(sent, next) : Allocations.asAsked(type, sent, next);
            ManagedFields managers = owners.entries().isEmpty()
                    ? FieldOwners.NOBODY
                    : StructuredMerge.update(
                            type.schema(),
                            FieldOwners.without(live),
                            asked,
                            owners,
                            new Manager(options.manager(), Operation.Update, type.apiVersion(), subresource),
                            FieldOwners.ignored(type, subresource),
                            Json.now());
            if (subresource.equals("scale") && type.custom() == null) {
                managers = FieldOwners.scaled(managers, live, next);
            }
            FieldOwners.set(next, managers, before);
            if (options.dryRun() && !link.isMissingNode()) {
                // It is lost where an object is stored.
                Json.meta(next).set("selfLink", link);
            }
            Stored after = replacer.replace(type, before, next, managers, options);
            if (after != null) {
                return after;
            }
        }
    }

    /// Server-side apply, see [ObjectApplier#apply].
    Written apply(
            ResourceType type,
            String namespace,
            String name,
            String subresource,
            ObjectNode body,
            WriteOptions options,
            Consumer<ObjectNode> read) {
        return applier.apply(type, namespace, name, subresource, body, options, read);
    }

    private Stored require(ResourceType type, Key key) {
        Stored live = store.get(key);
        if (live == null) {
            throw ApiError.notFound(type.plural(), type.group(), key.name());
        }
        return live;
    }
}
