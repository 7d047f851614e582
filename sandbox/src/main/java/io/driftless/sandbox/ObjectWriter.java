package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.FieldSet;
import io.driftless.objects.ManagedFields;
import io.driftless.objects.ManagedFields.Manager;
import io.driftless.objects.ManagedFields.Operation;
import io.driftless.objects.StructuredMerge;
import io.driftless.sandbox.Store.Key;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Create, update, patch and apply: everything between a decoded body and the store.
final class ObjectWriter {
    private static final ManagedFields NOBODY = new ManagedFields(List.of());
    private final Store store;
    private final ResourceRegistry registry;

    ObjectWriter(Store store, ResourceRegistry registry) {
        this.store = store;
        this.registry = registry;
    }

    /// What a write left: the object, and whether it is new.
    record Written(ObjectNode object, boolean created) {}

    static Key key(ResourceType type, String namespace, String name) {
        return new Key(type.id(), namespace, name);
    }

    Written create(ResourceType type, String namespace, ObjectNode body, WriteOptions options) {
        synchronized (store) {
            ObjectNode object = body.deepCopy();
            ObjectNode meta = Json.meta(object);
            if (!meta.path("resourceVersion").asText().isEmpty()) {
                throw ApiError.of(500, "", "resourceVersion should not be set on objects to be created");
            }
            if (meta.path("name").asText().isEmpty()
                    && !meta.path("generateName").asText().isEmpty()) {
                meta.put("name", meta.path("generateName").asText() + suffix());
            }
            meta.remove("managedFields");
            Validation.prepare(type, namespace, "", object);
            return insert(type, namespace, object, null, options);
        }
    }

    private Written insert(
            ResourceType type,
            String namespace,
            ObjectNode object,
            @Nullable ManagedFields owners,
            WriteOptions options) {
        ObjectNode meta = Json.meta(object);
        String name = meta.path("name").asText();
        Validation.name(type, name);
        namespaceAccepts(type, namespace, name);
        Key key = key(type, namespace, name);
        if (store.get(key) != null) {
            throw ApiError.alreadyExists(type, name);
        }
        meta.remove(List.of(
                "resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "generation"));
        meta.put("uid", UUID.randomUUID().toString());
        meta.put("creationTimestamp", Json.now());
        if (type.hasGeneration()) {
            meta.put("generation", 1);
        }
        if (type.hasStatus()) {
            object.remove("status");
        }
        Normaliser.apply(type.schema(), object);
        Defaults.apply(type, object, null);
        if (type.hasStatus() && type.custom() == null && !object.has("status")) {
            object.putObject("status");
        }
        Validation.check(type, object, null);
        ManagedFields managers = owners != null
                ? owners
                : StructuredMerge.update(
                        type.schema(),
                        blank(type, object),
                        object,
                        NOBODY,
                        new Manager(options.manager(), Operation.Update, type.apiVersion(), ""),
                        ignored(type, ""),
                        Json.now());
        setManagers(object, managers);
        return new Written(commit(type, key, object, options), true);
    }

    /// Replaces an object (or one subresource of it) by what `change` makes of the present one.
    ObjectNode update(
            ResourceType type,
            String namespace,
            String name,
            String subresource,
            WriteOptions options,
            UnaryOperator<ObjectNode> change) {
        synchronized (store) {
            Key key = key(type, namespace, name);
            ObjectNode live = Relabel.to(type, require(type, key));
            ObjectNode next = change.apply(live).deepCopy();
            ManagedFields before = ManagedFields.of(live);
            JsonNode given = next.path("metadata").path("managedFields");
            boolean reset = given.isArray() && given.size() == 1 && given.get(0).isEmpty();
            Json.meta(next).remove("managedFields");
            boolean settled = settle(type, namespace, name, subresource, live, next);
            ManagedFields managers = reset
                    ? NOBODY
                    : settled
                            ? before
                            : StructuredMerge.update(
                                    type.schema(),
                                    without(live),
                                    next,
                                    before,
                                    new Manager(options.manager(), Operation.Update, type.apiVersion(), subresource),
                                    ignored(type, subresource),
                                    Json.now());
            setManagers(next, managers);
            return finish(type, key, live, next, options);
        }
    }

    /// Server-side apply.
    ///
    /// `metadata.resourceVersion` in the body, as a kube-apiserver 1.36 was seen to treat it: on an object that
    /// exists a
    /// different one is refused with 409, `"0"` and an absent one are no condition. On an object that does not
    /// exist it is
    /// ignored and the object is created, so it does not protect against creating again what was deleted
    /// meanwhile;
    /// `metadata.uid` does: 409 where no object exists, 422 where another one does.
    Written apply(
            ResourceType type,
            String namespace,
            String name,
            String subresource,
            ObjectNode body,
            WriteOptions options) {
        synchronized (store) {
            ObjectNode intent = body.deepCopy();
            if (Json.meta(intent).has("managedFields")
                    && !Json.meta(intent).path("managedFields").isEmpty()) {
                throw ApiError.badRequest("metadata.managedFields must be nil");
            }
            Validation.prepare(type, namespace, name, intent);
            String wanted = intent.path("metadata").path("resourceVersion").asText();
            String uid = Json.uid(intent);
            Json.meta(intent)
                    .remove(List.of("resourceVersion", "uid", "managedFields", "creationTimestamp", "generation"));
            Manager manager = new Manager(options.manager(), Operation.Apply, type.apiVersion(), subresource);
            Key key = key(type, namespace, name);
            ObjectNode stored = store.get(key);
            if (stored == null) {
                if (!subresource.isEmpty()) {
                    throw ApiError.notFound(type.plural(), type.group(), name);
                }
                if (!uid.isEmpty()) {
                    throw ApiError.conflict(
                            type,
                            name,
                            "uid mismatch: the provided object specified uid " + uid
                                    + ", and no existing object was found");
                }
                StructuredMerge.Merged merged = merge(type, Json.object(), NOBODY, intent, manager, subresource, true);
                return insert(type, namespace, merged.object().deepCopy(), merged.managers(), options);
            }
            ObjectNode live = Relabel.to(type, stored);
            if (!uid.isEmpty() && !uid.equals(Json.uid(live))) {
                throw ApiError.invalid(
                        type, name, "metadata.uid", "Invalid value: \"" + uid + "\": field is immutable");
            }
            Validation.version(type, name, wanted, live);
            StructuredMerge.Merged merged =
                    merge(type, without(live), ManagedFields.of(live), intent, manager, subresource, options.force());
            ObjectNode next = merged.object().deepCopy();
            settle(type, namespace, name, subresource, live, next);
            setManagers(next, merged.managers());
            return new Written(finish(type, key, live, next, options), false);
        }
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
                type.schema(), live, managers, intent, manager, ignored(type, subresource), force, Json.now())) {
            case StructuredMerge.Merged merged -> merged;
            case StructuredMerge.Conflicts conflicts -> throw ApiError.applyConflicts(conflicts.conflicts());
        };
    }

    /// Completes `next` in place: what a client cannot change, defaults, generation. True where nothing but
    /// metadata
    /// that the
    /// server owns differs from `live`.
    private static boolean settle(
            ResourceType type, String namespace, String name, String subresource, ObjectNode live, ObjectNode next) {
        Validation.prepare(type, namespace, name, next);
        ObjectNode meta = Json.meta(next);
        Validation.version(type, name, meta.path("resourceVersion").asText(), live);
        String uid = meta.path("uid").asText();
        if (!uid.isEmpty() && !uid.equals(Json.uid(live))) {
            throw ApiError.conflict(
                    type,
                    name,
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + Json.uid(live));
        }
        for (String field : List.of(
                "uid",
                "creationTimestamp",
                "resourceVersion",
                "generation",
                "deletionTimestamp",
                "deletionGracePeriodSeconds")) {
            copy(live.path("metadata"), meta, field);
        }
        if (subresource.equals("status")) {
            JsonNode status = next.get("status");
            JsonNode annotations = meta.get("annotations");
            ObjectNode base = without(live);
            next.removeAll();
            next.setAll(base.deepCopy());
            if (annotations != null && type.custom() == null) {
                Json.meta(next).set("annotations", annotations);
            }
            if (status != null) {
                next.set("status", status);
            } else {
                next.remove("status");
            }
        } else if (type.hasStatus()) {
            copy(live, next, "status");
        }
        Normaliser.apply(type.schema(), next);
        Defaults.apply(type, next, live);
        Validation.check(type, next, live);
        if (type.hasGeneration() && !sameBesideMetadata(live, next)) {
            Json.meta(next)
                    .put("generation", live.path("metadata").path("generation").asLong() + 1);
        }
        return without(live).equals(next);
    }

    private static boolean sameBesideMetadata(ObjectNode live, ObjectNode next) {
        ObjectNode a = Json.object().setAll(live);
        ObjectNode b = Json.object().setAll(next);
        a.remove(List.of("metadata", "status"));
        b.remove(List.of("metadata", "status"));
        return a.equals(b);
    }

    private ObjectNode finish(ResourceType type, Key key, ObjectNode live, ObjectNode next, WriteOptions options) {
        if (next.equals(live)) {
            return live;
        }
        boolean gone = next.path("metadata").has("deletionTimestamp")
                && next.path("metadata").path("finalizers").isEmpty()
                && (!type.id().equals("namespaces")
                        || next.path("spec").path("finalizers").isEmpty());
        if (gone && !options.dryRun()) {
            store.remove(key);
            return next;
        }
        return commit(type, key, next, options);
    }

    private ObjectNode commit(ResourceType type, Key key, ObjectNode object, WriteOptions options) {
        if (options.dryRun()) {
            return object;
        }
        ObjectNode stored = store.put(key, Relabel.toStorage(type, object));
        return Relabel.to(type, stored);
    }

    private ObjectNode require(ResourceType type, Key key) {
        ObjectNode live = store.get(key);
        if (live == null) {
            throw ApiError.notFound(type.plural(), type.group(), key.name());
        }
        return live;
    }

    private void namespaceAccepts(ResourceType type, String namespace, String name) {
        if (!type.namespaced()) {
            return;
        }
        ObjectNode found = store.get(new Key("namespaces", "", namespace));
        if (found == null) {
            throw ApiError.notFound("namespaces", "", namespace);
        }
        if (found.path("metadata").has("deletionTimestamp")) {
            throw ApiError.forbidden(
                    type,
                    name,
                    "unable to create new content in namespace " + namespace + " because it is being terminated");
        }
    }

    /// Fields that a write through this (sub)resource cannot change, so nobody comes to own them by it.
    private static FieldSet ignored(ResourceType type, String subresource) {
        if (subresource.equals("status")) {
            return path("spec");
        }
        return subresource.isEmpty() && type.hasStatus() ? path("status") : FieldSet.EMPTY;
    }

    private static FieldSet path(String field) {
        FieldSet.Builder out = new FieldSet.Builder();
        out.at(new FieldSet.Field(field)).add();
        return out.build();
    }

    /// What the real server compares a new object with: an empty value of its Go type, in which structs are
    /// never absent.
    private static ObjectNode blank(ResourceType type, ObjectNode object) {
        ObjectNode out = Json.object();
        if (type.custom() == null && object.has("spec")) {
            ObjectNode spec = out.putObject("spec");
            if (object.path("spec").has("template")) {
                ObjectNode template = spec.putObject("template");
                template.putObject("metadata");
                template.putObject("spec");
            }
        }
        return out;
    }

    private static void setManagers(ObjectNode object, ManagedFields managers) {
        if (managers.entries().isEmpty()) {
            Json.meta(object).remove("managedFields");
        } else {
            Json.meta(object).set("managedFields", managers.toJson());
        }
    }

    private static ObjectNode without(ObjectNode live) {
        ObjectNode out = Json.object().setAll(live);
        ObjectNode meta = Json.object();
        if (live.get("metadata") instanceof ObjectNode was) {
            meta.setAll(was);
        }
        meta.remove("managedFields");
        out.set("metadata", meta);
        return out;
    }

    private static void copy(JsonNode from, ObjectNode to, String field) {
        JsonNode value = from.get(field);
        if (value == null) {
            to.remove(field);
        } else {
            to.set(field, value);
        }
    }

    private static String suffix() {
        String letters = "bcdfghjklmnpqrstvwxz2456789";
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            out.append(letters.charAt(ThreadLocalRandom.current().nextInt(letters.length())));
        }
        return out.toString();
    }

    /// The type that an object of this kind belongs to.
    ResourceType typeOf(JsonNode object) {
        ResourceType type = registry.byKind(
                object.path("apiVersion").asText(), object.path("kind").asText());
        if (type == null) {
            throw ApiError.badRequest(
                    "no resource is served for " + object.path("apiVersion").asText() + " "
                            + object.path("kind").asText());
        }
        return type;
    }
}
