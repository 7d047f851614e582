package io.driftless.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.GroupKind;
import io.driftless.events.ResourceId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One API server. Calls block (they are made from virtual threads) and fail with [ApiException], which
/// carries the server's answer, or [ClusterUnreachableException].
public interface Cluster {
    /// API server URL as the `clusters` topic names it.
    String server();

    /// How a kind is served, from discovery (kept, and asked anew when a kind is not found and might be new);
    /// empty when the cluster does not serve it.
    Optional<ServedKind> kind(GroupKind kind);

    /// Reads one object; empty when it does not exist. `apiVersion` null means the preferred version.
    Optional<JsonNode> get(ResourceId id, @Nullable String apiVersion);

    /// Creates; 409 AlreadyExists when it exists.
    JsonNode create(JsonNode object, String fieldManager, boolean dryRun);

    /// Server-side apply of `object` (its namespace, name and apiVersion decide the URL).
    JsonNode apply(JsonNode object, Apply options);

    /// JSON merge patch, of a subresource such as `status` or (empty) of the object itself.
    JsonNode mergePatch(ResourceId id, @Nullable String apiVersion, String subresource, JsonNode patch);

    /// Full replace (PUT).
    JsonNode replace(JsonNode object, String fieldManager);

    /// Deletes; returns false when it was gone already. 409 when a precondition does not hold.
    boolean delete(ResourceId id, @Nullable String apiVersion, Delete options);

    /// How to apply: `force` takes fields over from other managers.
    record Apply(String fieldManager, boolean force, boolean dryRun) {}

    /// How to delete. `uid` and `resourceVersion` are preconditions, null for none; `propagation` is
    /// `Foreground`, `Background` or `Orphan`.
    record Delete(@Nullable String uid, @Nullable String resourceVersion, String propagation, boolean dryRun) {}

    /// A kind as discovery describes it.
    ///
    /// @param version the version to use, such as `v1`
    /// @param plural name in URLs, such as `deployments`
    record ServedKind(GroupKind kind, String version, String plural, boolean namespaced, boolean watchable) {
        public String apiVersion() {
            return kind.group().isEmpty() ? version : kind.group() + '/' + version;
        }
    }
}
