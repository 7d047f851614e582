package io.driftless.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.ManagedFields;
import io.driftless.objects.ManagedFields.Manager;
import io.driftless.objects.ManagedFields.Operation;
import io.driftless.objects.StructuredMerge;
import io.driftless.sandbox.ObjectWriter.Written;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.defaults.Defaults;
import io.driftless.sandbox.defaults.KindDefaults;
import io.driftless.sandbox.defaults.Normaliser;
import io.driftless.sandbox.defaults.PodAdmission;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.Relabel;
import io.driftless.sandbox.model.ResourceType;
import io.driftless.sandbox.rules.NetworkPolicyRules;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// New objects: what the server sets, defaults, checks, the first owners of the fields.
final class ObjectCreator {
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final int NAMES_TRIED = 8;
    /// Of a name that is made up, without its random end: what is longer is cut off.
    private static final int LONGEST_BASE = 58;

    private final Store store;
    private final QuotaGuard guard;
    private final PodGates gates;
    private final ServiceAddresses addresses;

    ObjectCreator(Store store, QuotaGuard guard) {
        this.store = store;
        this.guard = guard;
        this.gates = new PodGates(store);
        this.addresses = new ServiceAddresses(store);
    }

    Written create(ResourceType type, String namespace, ObjectNode body, WriteOptions options) {
        ObjectNode given = Json.object().setAll(body);
        ObjectNode meta = Json.ownMeta(given);
        if (!options.dryRun()
                && !List.of("", "0").contains(meta.path("resourceVersion").asText())) {
            throw ApiError.of(500, "", "resourceVersion should not be set on objects to be created");
        }
        meta.remove("managedFields");
        Validation.prepare(type, namespace, "", given);
        boolean generated = meta.path("name").asText().isEmpty()
                && !meta.path("generateName").asText().isEmpty();
        for (int attempt = 1; ; attempt++) {
            ObjectNode object = given.deepCopy();
            if (generated) {
                String base = meta.path("generateName").asText();
                Json.meta(object).put("name", base.substring(0, Math.min(base.length(), LONGEST_BASE)) + suffix());
            }
            Written written = insert(type, namespace, object, null, options, generated && attempt < NAMES_TRIED);
            if (written != null) {
                return written;
            }
        }
    }

    /// Completes and stores an object, which is changed by it.
    ///
    /// @param owners the owners of its fields; null where they follow from the write
    /// @param again whether null is the answer where the name is taken
    /// @return null where another write came first
    @Nullable
    Written insert(
            ResourceType type,
            String namespace,
            ObjectNode object,
            @Nullable ManagedFields owners,
            WriteOptions options,
            boolean again) {
        ObjectNode meta = Json.meta(object);
        String name = meta.path("name").asText();
        Validation.named(type, name);
        namespaceAccepts(type, namespace, name);
        definitionAccepts(type);
        Key key = ObjectWriter.key(type, namespace, name);
        if (again && store.get(key) != null) {
            return null;
        }
        ObjectNode given = Allocations.asGiven(type, object);
        complete(type, object);
        ManagedFields managers = type.id().equals(CertificateStatus.TYPE)
                ? FieldOwners.NOBODY
                : owners != null ? owners : owners(type, Allocations.without(type, given, object), options);
        admit(type, namespace, object);
        addresses.allocate(type, given, object);
        guard.limit(type, namespace, object);
        Stored stored = guard.write(
                type, key, object, null, options.dryRun(), () -> store(type, key, object, managers, options, again));
        return stored == null ? null : new Written(stored, true);
    }

    private @Nullable Stored store(
            ResourceType type,
            Key key,
            ObjectNode object,
            ManagedFields managers,
            WriteOptions options,
            boolean again) {
        if (store.get(key) != null) {
            if (again) {
                return null;
            }
            throw taken(type, object, store.get(key));
        }
        FieldOwners.set(object, managers);
        ObjectNode tree = Relabel.toStorage(type, object);
        return options.dryRun() ? store.tried(key, 0, tree) : store.put(key, null, tree, managers, options.author());
    }

    private static ApiError taken(ResourceType type, ObjectNode object, @Nullable Stored there) {
        ApiError taken = ApiError.alreadyExists(type, Json.name(object), there != null && there.terminating());
        if (object.path("metadata").path("generateName").asText().isEmpty()) {
            return taken;
        }
        ObjectNode details = Json.child(taken.status(), "details").put("retryAfterSeconds", 1);
        String why = taken.getMessage() + ", the server was not able to generate a unique name for the object";
        return ApiError.detailed(taken.code(), "AlreadyExists", why, details);
    }

    /// Whoever creates an object owns its fields and its defaults, but not what admission adds.
    private static ManagedFields owners(ResourceType type, ObjectNode object, WriteOptions options) {
        return StructuredMerge.update(
                type.schema(),
                FieldOwners.blank(type, object),
                object,
                FieldOwners.NOBODY,
                new Manager(options.manager(), Operation.Update, type.apiVersion(), ""),
                FieldOwners.ignored(type, ""),
                Json.now());
    }

    private void admit(ResourceType type, String namespace, ObjectNode object) {
        if (type.id().equals("pods")) {
            guard.complete(namespace, object);
            gates.admit(type, namespace, object);
            PodAdmission.admit(object, Json.child(object, "spec"));
        }
        Validation.check(type, "", object, null, List.of());
    }

    private static void complete(ResourceType type, ObjectNode object) {
        ObjectNode meta = Json.meta(object);
        meta.remove(List.of("resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"));
        meta.put("uid", uid());
        meta.put("creationTimestamp", Json.now());
        if (type.hasGeneration()) {
            meta.put("generation", 1);
        }
        if (type.hasStatus()) {
            object.remove("status");
        }
        if (type.id().equals(CertificateStatus.TYPE)) {
            CertificateStatus.asker(object);
        }
        boolean _ = NetworkPolicyRules.emptied(type, object.path("spec"));
        Normaliser.apply(type.schema(), object);
        Defaults.apply(type, object, null);
        if (type.hasStatus() && type.custom() == null && !object.has("status")) {
            object.putObject("status");
        }
        KindDefaults.complete(type, object);
    }

    /// Random, but from a source that costs nothing: nothing here has to be unguessable.
    private static String uid() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(
                        random.nextLong() & 0xffffffffffff0fffL | 0x4000L,
                        random.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L)
                .toString();
    }

    private static String suffix() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            out.append(LETTERS.charAt(ThreadLocalRandom.current().nextInt(LETTERS.length())));
        }
        return out.toString();
    }

    private void definitionAccepts(ResourceType type) {
        Stored definition = type.defined() == null ? null : store.get(new Key(ResourceType.DEFINITIONS, "", type.id()));
        if (definition != null && definition.terminating()) {
            throw ApiError.of(
                    405, "MethodNotAllowed", "create not allowed while custom resource definition is terminating");
        }
    }

    private void namespaceAccepts(ResourceType type, String namespace, String name) {
        if (!type.namespaced()) {
            return;
        }
        Stored found = store.get(new Key("namespaces", "", namespace));
        if (found == null) {
            throw ApiError.notFound("namespaces", "", namespace);
        }
        if (found.terminating()) {
            throw ApiError.terminating(type, name, namespace);
        }
    }
}
