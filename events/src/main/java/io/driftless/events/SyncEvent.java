package io.driftless.events;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;

/// What is said on `syncs`, keyed by application: the history of every operation, for consumers outside.
public sealed interface SyncEvent extends Event {
    ApplicationName application();

    /// Id of the operation that this is a part of.
    String operation();

    @Override
    default String key() {
        return application().toString();
    }

    @EventType("sync-started.v1")
    @JsonClassDescription("A sync began, or began again after a failure.")
    record SyncStarted(
            @JsonPropertyDescription("The Application, as namespace/name.")
            ApplicationName application,

            @JsonPropertyDescription("Id of the operation.") String operation,

            @JsonPropertyDescription("Commit id that is synced to.")
            String revision,

            @JsonPropertyDescription("Who asked, or automated sync.")
            String requestedBy,

            @JsonPropertyDescription("0 for the first attempt, then the number of the retry.")
            int attempt,

            @JsonPropertyDescription("How many resources are to be written or deleted.")
            int resources)
            implements SyncEvent {
        public SyncStarted {
            Check.given("application", application);
            Check.present("operation", operation);
            Check.notNegative("attempt", attempt);
        }
    }

    @EventType("resource-applied.v1")
    @JsonClassDescription("A resource was created or changed.")
    record ResourceApplied(
            @JsonPropertyDescription("The Application, as namespace/name.")
            ApplicationName application,

            @JsonPropertyDescription("Id of the operation.") String operation,

            @JsonPropertyDescription("The resource, as group/Kind:namespace/name.")
            ResourceId resource,

            @JsonPropertyDescription("True when it did not exist before.")
            boolean created,

            @JsonPropertyDescription("resourceVersion after the write; empty in a dry run.")
            String resourceVersion,

            @JsonPropertyDescription("Microseconds that the write took.")
            long micros)
            implements SyncEvent {
        public ResourceApplied {
            Check.given("application", application);
            Check.present("operation", operation);
            Check.given("resource", resource);
            resourceVersion = resourceVersion == null ? "" : resourceVersion;
        }
    }

    @EventType("resource-pruned.v1")
    @JsonClassDescription("A resource that left Git was deleted.")
    record ResourcePruned(
            @JsonPropertyDescription("The Application, as namespace/name.")
            ApplicationName application,

            @JsonPropertyDescription("Id of the operation.") String operation,

            @JsonPropertyDescription("The resource, as group/Kind:namespace/name.")
            ResourceId resource)
            implements SyncEvent {
        public ResourcePruned {
            Check.given("application", application);
            Check.present("operation", operation);
            Check.given("resource", resource);
        }
    }

    @EventType("resource-failed.v1")
    @JsonClassDescription("A resource could not be written or deleted.")
    record ResourceFailed(
            @JsonPropertyDescription("The Application, as namespace/name.")
            ApplicationName application,

            @JsonPropertyDescription("Id of the operation.") String operation,

            @JsonPropertyDescription("The resource, as group/Kind:namespace/name.")
            ResourceId resource,

            @JsonPropertyDescription("What the API server said, without values of Secrets.")
            String message)
            implements SyncEvent {
        public ResourceFailed {
            Check.given("application", application);
            Check.present("operation", operation);
            Check.given("resource", resource);
        }
    }

    @EventType("sync-succeeded.v1")
    @JsonClassDescription("A sync is complete.")
    record SyncSucceeded(
            @JsonPropertyDescription("The Application, as namespace/name.")
            ApplicationName application,

            @JsonPropertyDescription("Id of the operation.") String operation,

            @JsonPropertyDescription("Commit id that was synced to.")
            String revision,

            @JsonPropertyDescription("When the operation started.")
            Instant startedAt,

            @JsonPropertyDescription("When it was complete.")
            Instant finishedAt,

            @JsonPropertyDescription("How many resources were written.")
            int applied,

            @JsonPropertyDescription("How many resources were deleted.")
            int pruned)
            implements SyncEvent {
        public SyncSucceeded {
            Check.given("application", application);
            Check.present("operation", operation);
            Check.given("startedAt", startedAt);
            Check.given("finishedAt", finishedAt);
        }
    }

    @EventType("sync-failed.v1")
    @JsonClassDescription("A sync failed for good, or was terminated.")
    record SyncFailed(
            @JsonPropertyDescription("The Application, as namespace/name.")
            ApplicationName application,

            @JsonPropertyDescription("Id of the operation.") String operation,

            @JsonPropertyDescription("Commit id that was to be synced to.")
            String revision,

            @JsonPropertyDescription("Why.") String message,

            @JsonPropertyDescription("When the operation started.")
            Instant startedAt,

            @JsonPropertyDescription("When it ended.") Instant finishedAt)
            implements SyncEvent {
        public SyncFailed {
            Check.given("application", application);
            Check.present("operation", operation);
        }
    }

    @EventType("sync-retry-scheduled.v1")
    @JsonClassDescription("An attempt failed and will be repeated.")
    record SyncRetryScheduled(
            @JsonPropertyDescription("The Application, as namespace/name.")
            ApplicationName application,

            @JsonPropertyDescription("Id of the operation.") String operation,

            @JsonPropertyDescription("Number of the retry that follows, from 1.")
            int attempt,

            @JsonPropertyDescription("When it follows.") Instant retryAt,

            @JsonPropertyDescription("Why the attempt failed.")
            String message)
            implements SyncEvent {
        public SyncRetryScheduled {
            Check.given("application", application);
            Check.present("operation", operation);
            Check.given("retryAt", retryAt);
        }
    }

    @EventType("cascade-completed.v1")
    @JsonClassDescription(
            "Everything that a deleted Application left to be deleted is gone: its finalizer may be removed.")
    record CascadeCompleted(
            @JsonPropertyDescription("The Application, as namespace/name.")
            ApplicationName application,

            @JsonPropertyDescription("Id of the operation.") String operation,

            @JsonPropertyDescription("uid of the Application that is deleted: another of the same name is not meant.")
            String uid,

            @JsonPropertyDescription("How many resources were deleted.")
            int pruned)
            implements SyncEvent {
        public CascadeCompleted {
            Check.given("application", application);
            Check.present("operation", operation);
            uid = uid == null ? "" : uid;
        }
    }
}
