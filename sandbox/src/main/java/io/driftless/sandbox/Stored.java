package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.ManagedFields;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.Relabel;
import io.driftless.sandbox.model.ResourceType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One version of one object, as it is stored. What counts are its bytes, written once and shared
/// by every answer and watch; the tree is kept only while the object is in use, and read from the
/// bytes again when it is needed later.
final class Stored {
    private final Key key;
    private final long version;
    private final String uid;
    private final boolean terminating;
    private final List<String> owners;
    private final TreeCache cache;
    private volatile byte @Nullable [] bytes;
    private volatile @Nullable ObjectNode tree;
    private volatile @Nullable ManagedFields managers;

    /// @param tree belongs to this object from now on; never to be changed again
    Stored(Key key, long version, ObjectNode tree, TreeCache cache) {
        this.key = key;
        this.version = version;
        this.uid = Json.uid(tree);
        JsonNode meta = tree.path("metadata");
        this.terminating = meta.has("deletionTimestamp");
        this.owners = owners(meta.path("ownerReferences"));
        this.cache = cache;
        this.tree = tree;
    }

    private static List<String> owners(JsonNode references) {
        if (references.isEmpty()) {
            return List.of();
        }
        List<String> out = new ArrayList<>(references.size());
        references.forEach(o -> out.add(o.path("uid").asText()));
        return out;
    }

    Key key() {
        return key;
    }

    long version() {
        return version;
    }

    String uid() {
        return uid;
    }

    /// Whether the object is being deleted.
    boolean terminating() {
        return terminating;
    }

    /// The uids of its owners.
    List<String> owners() {
        return owners;
    }

    /// The object in its storage version. Not to be changed.
    ObjectNode tree() {
        ObjectNode known = tree;
        if (known != null) {
            return known;
        }
        // Read outside of any lock: two readers at once cost a second reading, never a deadlock with the cache.
        known = Json.read(java.util.Objects.requireNonNull(bytes));
        tree = known;
        cache.used(this);
        return known;
    }

    /// The object in the version of `type`. Not to be changed.
    ObjectNode in(ResourceType type) {
        return Relabel.to(type, tree());
    }

    /// The owners of its fields.
    ManagedFields managers() {
        ManagedFields known = managers;
        if (known == null) {
            known = ManagedFields.of(tree());
            managers = known;
        }
        return known;
    }

    /// Spares reading owners back that are known from the write.
    Stored with(ManagedFields known) {
        managers = known;
        return this;
    }

    /// The object as JSON, in its storage version. Not to be changed.
    byte[] bytes() {
        byte[] known = bytes;
        if (known != null) {
            return known;
        }
        synchronized (this) {
            known = bytes;
            if (known == null) {
                known = Json.write(ordered(java.util.Objects.requireNonNull(tree)));
                bytes = known;
            }
            return known;
        }
    }

    /// Kind, version and metadata first, as the real server writes them.
    private static ObjectNode ordered(ObjectNode tree) {
        ObjectNode out = Json.object();
        for (String field : List.of("kind", "apiVersion", "metadata")) {
            JsonNode value = tree.get(field);
            if (value != null) {
                out.set(field, value);
            }
        }
        return out.setAll(tree);
    }

    /// The object as JSON in the version of `type`.
    byte[] bytesIn(ResourceType type) {
        return type.apiVersion().equals(type.storageApiVersion()) ? bytes() : Json.write(ordered(in(type)));
    }

    /// About how much memory it takes for as long as it is kept.
    int size() {
        byte[] known = bytes;
        return 256 + (known == null ? 2048 : known.length);
    }

    /// Keeps the bytes alone.
    void forgetTree() {
        bytes();
        tree = null;
        managers = null;
    }
}
