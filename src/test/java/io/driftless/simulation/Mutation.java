package io.driftless.simulation;

/// A rule broken on purpose, to see that the simulation notices.
public enum Mutation {
    NONE,
    /// The runtime commits offsets before what was said because of them is acknowledged.
    COMMITS_BEFORE_ACKNOWLEDGEMENT,
    /// The runtime starts effects before the intent is acknowledged.
    ACTS_BEFORE_ACKNOWLEDGEMENT,
    /// Writes carry no precondition.
    WRITES_UNFENCED,
    /// Drift and sync take a render for complete before all of it is there.
    COMPARES_INCOMPLETE_RENDERS,
    /// A list of files that could only be read in part is rendered as if it were all.
    RENDERS_PARTIAL_READS,
    /// An instance that takes applications over does not look at the repository first.
    TRUSTS_PUSHES_ALONE,
    /// After a watch had to list again, objects that vanished meanwhile stay in `live`.
    FORGETS_VANISHED_OBJECTS,
    /// Sync does not know what was recorded before it started.
    FORGETS_OPERATIONS,
    /// Notification does not know what was told before it started.
    FORGETS_DELIVERIES
}
