package io.driftless.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.GroupKind;
import io.driftless.events.ResourceId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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

    /// A patch of the object itself, in one of the forms that API servers take. 415 for a form that the kind does not
    /// have, 409 or 422 where it does not fit.
    default JsonNode patch(ResourceId id, @Nullable String apiVersion, PatchForm form, JsonNode patch) {
        if (form == PatchForm.MERGE) {
            return mergePatch(id, apiVersion, "", patch);
        }
        throw new UnsupportedOperationException(
                "patches are not supported by " + getClass().getSimpleName());
    }

    /// Forms of patches.
    enum PatchForm {
        MERGE("application/merge-patch+json"),
        JSON("application/json-patch+json"),
        STRATEGIC("application/strategic-merge-patch+json");

        private final String mediaType;

        PatchForm(String mediaType) {
            this.mediaType = mediaType;
        }

        public String mediaType() {
            return mediaType;
        }
    }

    /// Full replace (PUT).
    JsonNode replace(JsonNode object, String fieldManager);

    /// Deletes; returns false when it was gone already. 409 when a precondition does not hold.
    boolean delete(ResourceId id, @Nullable String apiVersion, Delete options);

    /// All objects of a kind, in one namespace (empty for all) and with a label selector (empty for none).
    default List<JsonNode> list(GroupKind kind, String namespace, String labelSelector) {
        throw new UnsupportedOperationException(
                "listing is not supported by " + getClass().getSimpleName());
    }

    /// Watches a kind from now until the watch is closed; returns at once, the handler is called from a thread of the
    /// watch. Fails like the other calls when the kind is not served or discovery is not reachable.
    default Watch watch(WatchRequest request, WatchHandler handler) {
        throw new UnsupportedOperationException(
                "watching is not supported by " + getClass().getSimpleName());
    }

    /// Reads the log of a container line by line on the calling thread, each line with its time in front, until the log
    /// ends or the thread is interrupted. Fails like the other calls.
    default void log(LogRequest request, Consumer<byte[]> lines) throws InterruptedException {
        throw new UnsupportedOperationException(
                "reading logs is not supported by " + getClass().getSimpleName());
    }

    /// Which log.
    ///
    /// @param container empty for the only one
    /// @param follow whether to wait for more
    /// @param tailLines how many of the last lines; -1 for all
    /// @param sinceSeconds how old the oldest may be; 0 for any
    /// @param previous of the container before its last restart
    record LogRequest(
            String namespace,
            String pod,
            String container,
            boolean follow,
            long tailLines,
            long sinceSeconds,
            boolean previous) {}

    /// A running watch.
    interface Watch extends AutoCloseable {
        /// Ends it; returns when the handler has been called for the last time.
        @Override
        void close();
    }

    /// What to watch.
    ///
    /// @param namespace only this namespace; empty for all
    /// @param needle objects whose JSON does not contain this text are passed over; empty to see all
    /// @param labelSelector such as `app=x`; empty for none
    /// @param fieldSelector such as `metadata.name=x`; empty for none
    record WatchRequest(GroupKind kind, String namespace, String needle, String labelSelector, String fieldSelector) {
        public WatchRequest(GroupKind kind, String namespace, String needle, String labelSelector) {
            this(kind, namespace, needle, labelSelector, "");
        }

        /// The one object of this name.
        public static WatchRequest named(GroupKind kind, String namespace, String name) {
            return new WatchRequest(kind, namespace, "", "", "metadata.name=" + name);
        }
    }

    /// Takes in what a watch sees. Called by one thread at a time, in the order of the server.
    interface WatchHandler {
        /// The complete state, after the first list and after every one that had to be repeated (history lost):
        /// what is not in it is gone.
        void listed(List<JsonNode> objects);

        /// A change since. An object whose needle was removed comes as a last change without it.
        void changed(Change change, JsonNode object);

        /// What is kept of an object until the list is complete: a handler that needs little of it says so here, and
        /// a long list fits into memory. Changes come whole.
        default JsonNode kept(JsonNode object) {
            return object;
        }

        /// The server cannot be reached or refuses; the watch goes on trying. `since` is how long, in milliseconds.
        default void failing(RuntimeException reason, long sinceMillis) {}

        /// The server answers (again).
        default void connected() {}
    }

    /// Kinds of change.
    enum Change {
        ADDED,
        MODIFIED,
        DELETED
    }

    /// How to apply: `force` takes fields over from other managers.
    record Apply(String fieldManager, boolean force, boolean dryRun) {}

    /// How to delete. `uid` and `resourceVersion` are preconditions, null for none; `propagation` is
    /// `Foreground`, `Background` or `Orphan`.
    ///
    /// @param graceSeconds how long what runs may take to end; null for what the object itself says
    record Delete(
            @Nullable String uid,
            @Nullable String resourceVersion,
            String propagation,
            boolean dryRun,
            @Nullable Integer graceSeconds) {
        public Delete(@Nullable String uid, @Nullable String resourceVersion, String propagation, boolean dryRun) {
            this(uid, resourceVersion, propagation, dryRun, null);
        }
    }

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
