package io.driftless.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ApiException;
import io.driftless.cluster.Cluster;
import io.driftless.events.GroupKind;
import io.driftless.events.ResourceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An API server as far as fencing goes, by the rules that were measured on a real one ([SyncPerformer]).
final class FencedCluster implements Cluster {
    final Map<ResourceId, ObjectNode> objects = new LinkedHashMap<>();
    final List<String> writes = new ArrayList<>();
    /// Objects that cannot be changed once they are there.
    boolean immutable;
    /// Whether something keeps what is deleted.
    boolean kept;
    private long version = 1;

    @Override
    public String server() {
        return Scenario.CLUSTER;
    }

    @Override
    public Optional<ServedKind> kind(GroupKind kind) {
        return Optional.of(new ServedKind(kind, "v1", kind.kind().toLowerCase(java.util.Locale.ROOT), true, true));
    }

    @Override
    public Optional<JsonNode> get(ResourceId id, @Nullable String apiVersion) {
        return Optional.ofNullable(objects.get(id)).map(JsonNode::deepCopy);
    }

    @Override
    public JsonNode apply(JsonNode object, Apply options) {
        ResourceId id = idOf(object);
        ObjectNode live = objects.get(id);
        String expected = object.at("/metadata/resourceVersion").asText("");
        String uid = object.at("/metadata/uid").asText("");
        boolean modified =
                live != null && !expected.isEmpty() && !expected.equals("0") && !expected.equals(versionOf(live));
        if (modified || (live == null && !uid.isEmpty())) {
            throw new ApiException(409, "Conflict", "the object has been modified");
        }
        ObjectNode next = object.deepCopy();
        next.withObjectProperty("metadata").put("uid", live == null ? "uid-" + version : uidOf(live));
        next.withObjectProperty("metadata").put("resourceVersion", live == null ? "" : versionOf(live));
        if (object.path("content").asInt() < 0 || (immutable && live != null && !next.equals(live))) {
            throw new ApiException(422, "Invalid", "content: field is immutable, or wrong");
        }
        if (options.dryRun() || next.equals(live)) {
            return next;
        }
        writes.add((live == null ? "create " : "change ") + id);
        return put(id, next);
    }

    /// Somebody writes to it.
    JsonNode put(ResourceId id, ObjectNode object) {
        ObjectNode next = object.deepCopy();
        next.withObjectProperty("metadata").put("resourceVersion", Long.toString(++version));
        if (uidOf(next).isEmpty()) {
            next.withObjectProperty("metadata").put("uid", "uid-" + version);
        }
        objects.put(id, next);
        return next.deepCopy();
    }

    @Override
    public boolean delete(ResourceId id, @Nullable String apiVersion, Delete options) {
        ObjectNode live = objects.get(id);
        if (live == null) {
            return false;
        }
        if (!versionOf(live).equals(options.resourceVersion()) || !uidOf(live).equals(options.uid())) {
            throw new ApiException(409, "Conflict", "the precondition does not hold");
        }
        writes.add("delete " + id);
        if (kept) {
            put(id, live);
        } else {
            objects.remove(id);
        }
        return true;
    }

    @Override
    public JsonNode create(JsonNode object, String fieldManager, boolean dryRun) {
        throw new AssertionError("a create is an apply");
    }

    @Override
    public JsonNode mergePatch(ResourceId id, @Nullable String apiVersion, String subresource, JsonNode patch) {
        throw new AssertionError("sync patches nothing");
    }

    @Override
    public JsonNode replace(JsonNode object, String fieldManager) {
        return apply(object, new Apply(fieldManager, true, false));
    }

    static String versionOf(JsonNode object) {
        return object.at("/metadata/resourceVersion").asText("");
    }

    static String uidOf(JsonNode object) {
        return object.at("/metadata/uid").asText("");
    }

    private static ResourceId idOf(JsonNode object) {
        return ResourceId.of(
                object.path("apiVersion").asText(),
                object.path("kind").asText(),
                object.at("/metadata/namespace").asText(""),
                object.at("/metadata/name").asText());
    }
}
