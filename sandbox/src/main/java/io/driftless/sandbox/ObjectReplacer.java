package io.driftless.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.ManagedFields;
import io.driftless.sandbox.model.Relabel;
import io.driftless.sandbox.model.ResourceType;
import org.jspecify.annotations.Nullable;

/// The last step of a write to an object that is there.
final class ObjectReplacer {
    private final Store store;
    private final QuotaGuard guard;

    ObjectReplacer(Store store, QuotaGuard guard) {
        this.store = store;
        this.guard = guard;
    }

    /// Stores the next version, or removes the object where nothing holds it any more. Null where
    /// another write came first.
    @Nullable
    Stored replace(ResourceType type, Stored before, ObjectNode next, ManagedFields managers, WriteOptions options) {
        if (nothingNew(next, before.in(type), managers, before.managers())) {
            return before;
        }
        boolean gone = next.path("metadata").has("deletionTimestamp")
                && next.path("metadata").path("finalizers").isEmpty()
                && (!type.id().equals("namespaces")
                        || next.path("spec").path("finalizers").isEmpty());
        ObjectNode tree = Relabel.toStorage(type, next);
        if (gone && !options.dryRun()) {
            return store.remove(before.key(), before, tree, options.author());
        }
        return guard.rewrite(
                type,
                before,
                next,
                options.dryRun(),
                () -> options.dryRun()
                        ? store.tried(before.key(), before.version(), tree)
                        : store.put(before.key(), before, tree, managers, options.author()));
    }

    /// The same, or the same but for when managers last changed their fields.
    private static boolean nothingNew(ObjectNode next, ObjectNode live, ManagedFields managers, ManagedFields before) {
        return next.equals(live)
                || !managers.equals(before)
                        && managers.ownAs(before)
                        && FieldOwners.without(next).equals(FieldOwners.without(live));
    }
}
