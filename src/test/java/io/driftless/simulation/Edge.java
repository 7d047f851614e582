package io.driftless.simulation;

/// What an instance of a stage has beside its decisions: watches, readers of whole topics, a writer of its own.
interface Edge {
    Edge NONE = new Edge() {};

    /// The instance was given partitions, or lost some.
    default void ownershipChanged() {}

    /// Does one piece of what there is to do. False when there is nothing.
    default boolean step() {
        return false;
    }

    /// Does everything there is to do now. False when there was nothing.
    default boolean settle() {
        boolean any = false;
        while (step()) {
            any = true;
        }
        return any;
    }

    /// The process is gone.
    default void end() {}
}
