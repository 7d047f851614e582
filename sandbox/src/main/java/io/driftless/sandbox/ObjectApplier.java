package io.driftless.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.ManagedFields;
import io.driftless.objects.ManagedFields.Manager;
import io.driftless.objects.ManagedFields.Operation;
import io.driftless.objects.StructuredMerge;
import io.driftless.sandbox.ObjectWriter.Written;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.ApplyConflicts;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import io.driftless.sandbox.rules.UpdateRules;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Server-side apply: prepared without a lock from the present version of an object, and anew where another write came
/// first.
final class ObjectApplier {
    private final Store store;
    private final ObjectCreator creator;
    private final ObjectReplacer replacer;

    ObjectApplier(Store store, ObjectCreator creator, ObjectReplacer replacer) {
        this.store = store;
        this.creator = creator;
        this.replacer = replacer;
    }

    /// Server-side apply.
    ///
    /// `metadata.resourceVersion` in the body, as a kube-apiserver 1.36 was seen to treat it: on an
    /// object that exists a different one is refused with 409, `"0"` and an absent one are no
    /// condition. On an object that does not exist it is ignored and the object is created, so it
    /// does not protect against creating again what was deleted meanwhile; `metadata.uid` does: 409
    /// where no object exists, 422 where another one does.
    ///
    /// @param read reads the merged object by its type, in place: what is empty there is owned, but left out
    Written apply(
            ResourceType type,
            String namespace,
            String name,
            String subresource,
            ObjectNode body,
            WriteOptions options,
            Consumer<ObjectNode> read) {
        ObjectNode intent = Json.object().setAll(body);
        ObjectNode meta = Json.ownMeta(intent);
        if (type.defined() != null) {
            CustomObjects.fits(type, type.defined(), Json.namespace(intent), intent);
        }
        boolean named = !Json.name(intent).isEmpty();
        Validation.prepare(type, namespace, name, intent);
        String wanted = meta.path("resourceVersion").asText();
        String uid = Json.uid(intent);
        meta.remove(List.of("resourceVersion", "uid", "managedFields", "creationTimestamp", "generation"));
        Manager manager = new Manager(options.manager(), Operation.Apply, type.apiVersion(), subresource);
        Key key = ObjectWriter.key(type, namespace, name);
        while (true) {
            Stored before = store.get(key);
            if (before == null && !named && subresource.isEmpty()) {
                throw Validation.undeterminable(name);
            }
            Written written = before == null
                    ? applyNew(type, key, subresource, uid, intent, manager, options, read)
                    : applyTo(type, before, subresource, uid, wanted, intent, manager, options, read);
            if (written != null) {
                return written;
            }
        }
    }

    private @Nullable Written applyNew(
            ResourceType type,
            Key key,
            String subresource,
            String uid,
            ObjectNode intent,
            Manager manager,
            WriteOptions options,
            Consumer<ObjectNode> read) {
        if (!subresource.isEmpty()) {
            throw ApiError.notFound(type.plural(), type.group(), key.name());
        }
        if (!uid.isEmpty()) {
            throw ApiError.conflict(
                    type,
                    key.name(),
                    "uid mismatch: the provided object specified uid " + uid + ", and no existing object was found");
        }
        StructuredMerge.Merged merged =
                merge(type, Json.object(), FieldOwners.NOBODY, intent, manager, subresource, true);
        ObjectNode object = merged.object().deepCopy();
        read.accept(object);
        return creator.insert(type, key.namespace(), object, merged.managers(), options, true);
    }

    private @Nullable Written applyTo(
            ResourceType type,
            Stored before,
            String subresource,
            String uid,
            String wanted,
            ObjectNode intent,
            Manager manager,
            WriteOptions options,
            Consumer<ObjectNode> read) {
        Key key = before.key();
        ObjectNode live = before.in(type);
        ObjectNode bare = FieldOwners.without(live);
        ManagedFields owners = before.managers();
        if (owners.equals(FieldOwners.NOBODY)) {
            // What nobody owned belongs to whoever was there before the first apply.
            Manager unknown = new Manager("before-first-apply", Operation.Update, type.apiVersion(), subresource);
            owners = StructuredMerge.update(
                    type.schema(),
                    FieldOwners.blank(type, bare),
                    bare,
                    owners,
                    unknown,
                    FieldOwners.ignored(type, subresource),
                    Json.now());
        }
        StructuredMerge.Merged merged = merge(type, bare, owners, intent, manager, subresource, options.force());
        if (!uid.isEmpty() && !uid.equals(before.uid())) {
            throw ApiError.invalid(
                    type, key.name(), "metadata.uid", "Invalid value: \"" + uid + "\": field is immutable");
        }
        if (wanted.equals("0")) {
            UpdateRules.versioned(type, key.name(), intent);
        }
        Validation.version(type, key.name(), wanted, live);
        if (merged.object() == bare && merged.managers().equals(before.managers())) {
            return new Written(before, false);
        }
        ObjectNode next = Json.object().setAll(merged.object());
        if (subresource.isEmpty() && type.hasStatus()) {
            next.remove("status");
        }
        next = next.deepCopy();
        read.accept(next);
        Settlement.settle(type, key.namespace(), key.name(), subresource, live, next);
        FieldOwners.set(next, merged.managers(), before);
        Stored after = replacer.replace(type, before, next, merged.managers(), options);
        return after == null ? null : new Written(after, false);
    }

    private static StructuredMerge.Merged merge(
            ResourceType type,
            ObjectNode live,
            ManagedFields managers,
            ObjectNode intent,
            Manager manager,
            String subresource,
            boolean force) {
        return switch (StructuredMerge.apply(
                type.schema(),
                live,
                managers,
                intent,
                manager,
                FieldOwners.ignored(type, subresource),
                force,
                Json.now())) {
            case StructuredMerge.Merged merged -> merged;
            case StructuredMerge.Conflicts conflicts -> throw ApplyConflicts.refusal(conflicts.conflicts());
        };
    }
}
