package io.driftless.sync;

import io.driftless.events.ResourceId;

/// What came of one write.
public sealed interface SyncOutcome {
    /// Id of the operation it belongs to.
    String operation();

    ResourceId resource();

    /// resourceVersion the write was decided on: tells this outcome from that of an earlier decision.
    String decidedOn();

    /// The object is as wanted now.
    ///
    /// @param created whether it did not exist before
    /// @param resourceVersion resourceVersion after the write; empty in a dry run
    record Applied(
            String operation,
            ResourceId resource,
            String decidedOn,
            boolean created,
            String resourceVersion,
            long micros)
            implements SyncOutcome {}

    /// The object was deleted, or is being deleted, or was gone already.
    record Pruned(String operation, ResourceId resource, String decidedOn) implements SyncOutcome {}

    /// The object is not deleted because it says itself that it stays.
    record Kept(String operation, ResourceId resource, String decidedOn, String reason) implements SyncOutcome {}

    /// The object is no longer what the write was decided on. Nothing was written.
    ///
    /// @param liveUid uid of the object now; empty when it is gone
    /// @param liveVersion resourceVersion of the object now; empty when it is gone
    record Conflict(
            String operation,
            ResourceId resource,
            String decidedOn,
            Owner owner,
            String liveUid,
            String liveVersion,
            String message)
            implements SyncOutcome {}

    /// The server refused, or did not answer.
    ///
    /// @param passing whether the same write may succeed shortly
    record Refused(String operation, ResourceId resource, String decidedOn, String message, boolean passing)
            implements SyncOutcome {}

    /// Which Application the tracking id of a live object names.
    enum Owner {
        /// The application that is synced: news about the object is on its way through `live` and `drift`.
        SELF,
        /// None: no stage watches the object, so no news will come.
        NOBODY,
        /// Another Application.
        OTHER
    }
}
