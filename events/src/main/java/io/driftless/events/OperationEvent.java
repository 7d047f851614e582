package io.driftless.events;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is said on `operations`, keyed by application: the running or last operation.
public sealed interface OperationEvent extends Event {
    ApplicationName application();

    @Override
    default String key() {
        return application().toString();
    }

    /// Argo CD's `operationState.phase`.
    enum Phase {
        @JsonProperty("Running")
        RUNNING("Running"),
        @JsonProperty("Terminating")
        TERMINATING("Terminating"),
        @JsonProperty("Succeeded")
        SUCCEEDED("Succeeded"),
        @JsonProperty("Failed")
        FAILED("Failed"),
        @JsonProperty("Error")
        ERROR("Error");

        private final String text;

        Phase(String text) {
            this.text = text;
        }

        public boolean completed() {
            return this != RUNNING && this != TERMINATING;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /// What an operation did, or is about to do, to one resource. It is recorded before the write
    /// (status `Running`), so that a restart knows which live state the write was decided on.
    record ResourceResult(
            @JsonPropertyDescription("The resource, as group/Kind:namespace/name.")
            ResourceId resource,

            @JsonPropertyDescription("apiVersion it was written in.")
            String apiVersion,

            @JsonPropertyDescription("Running, Synced, SyncFailed, Pruned or PruneSkipped.")
            String status,

            @JsonPropertyDescription("What the API server said.")
            String message,

            @JsonPropertyDescription(
                    "resourceVersion of the live object that the write was decided on; empty for a create.")
            String decidedOn,

            @JsonPropertyDescription("resourceVersion after the write; empty while unknown.")
            String resourceVersion,

            @JsonPropertyDescription("Digest of the manifest that was applied; empty for a prune.")
            String digest) {
        public static final String RUNNING = "Running";
        public static final String SYNCED = "Synced";
        public static final String SYNC_FAILED = "SyncFailed";
        public static final String PRUNED = "Pruned";
        public static final String PRUNE_SKIPPED = "PruneSkipped";

        public ResourceResult {
            Check.given("resource", resource);
            Check.present("status", status);
            message = message == null ? "" : message;
            decidedOn = decidedOn == null ? "" : decidedOn;
            resourceVersion = resourceVersion == null ? "" : resourceVersion;
            digest = digest == null ? "" : digest;
        }
    }

    @EventType("operation-recorded.v1")
    @JsonClassDescription("The state of the running or last operation of an application.")
    record OperationRecorded(
            @JsonPropertyDescription("The Application, as namespace/name.")
            ApplicationName application,

            @JsonPropertyDescription("uid of the Application the operation is about.")
            String uid,

            @JsonPropertyDescription("Id of the operation.") String id,

            @JsonPropertyDescription("Grows with every record of an operation.")
            long sequence,

            @JsonPropertyDescription("Running, Terminating, Succeeded, Failed or Error.")
            Phase phase,

            @JsonPropertyDescription("Commit id that is synced to.")
            String revision,

            @JsonPropertyDescription("Digest of the render that is synced to.")
            String render,

            @JsonPropertyDescription("Who asked, or automated sync.")
            String requestedBy,

            @JsonPropertyDescription("Whether automated sync started it.")
            boolean automated,

            @JsonPropertyDescription("Whether it heals drift rather than syncing a new revision.")
            boolean selfHeal,

            @JsonPropertyDescription("The request behind it; absent for automated sync.")
            CommandEvent.@Nullable SyncRequested request,

            @JsonPropertyDescription("0 for the first attempt, then the number of the retry.")
            int attempt,

            @JsonPropertyDescription("When the next attempt starts; absent unless it waits for one.") @Nullable
            Instant retryAt,

            @JsonPropertyDescription("How often in a row self-heal ran for the same revision.")
            int selfHealAttempts,

            @JsonPropertyDescription("When the operation started.")
            Instant startedAt,

            @JsonPropertyDescription("When it ended; absent while it runs.") @Nullable
            Instant finishedAt,

            @JsonPropertyDescription("What happened, in words.")
            String message,

            @JsonPropertyDescription("What it did to each resource.")
            List<ResourceResult> resources,

            @JsonPropertyDescription(
                    "Ids of the last requests that were taken up, newest last: a request that comes twice is not run twice.")
            List<String> handledRequests)
            implements OperationEvent {
        public OperationRecorded {
            Check.given("application", application);
            uid = uid == null ? "" : uid;
            Check.present("id", id);
            Check.given("phase", phase);
            revision = revision == null ? "" : revision;
            render = render == null ? "" : render;
            requestedBy = requestedBy == null ? "" : requestedBy;
            Check.given("startedAt", startedAt);
            message = message == null ? "" : message;
            resources = resources == null ? List.of() : List.copyOf(resources);
            handledRequests = handledRequests == null ? List.of() : List.copyOf(handledRequests);
        }

        /// Id of the operation that deletes what the Application with this uid deployed (cascading deletion).
        public static String cascadeId(String uid) {
            return "cascade-" + uid;
        }

        /// Whether this operation deletes what a deleted Application deployed.
        @JsonIgnore
        public boolean isCascade() {
            return id.equals(cascadeId(uid));
        }

        /// Whether everything to be deleted with the Application of this uid is gone: its resources finalizer may be
        /// removed. Says the same as [SyncEvent.CascadeCompleted], and is still there after a restart.
        @JsonIgnore
        public boolean isCascadeComplete() {
            return isCascade() && phase == Phase.SUCCEEDED;
        }
    }
}
