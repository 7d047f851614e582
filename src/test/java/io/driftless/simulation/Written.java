package io.driftless.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ResourceId;
import org.jspecify.annotations.Nullable;

/// A write that an API server took from a stage.
///
/// @param instance whose
/// @param before the object as it was; null when there was none
/// @param after the object as it is; null after a deletion
record Written(
        String instance,
        ResourceId id,
        @Nullable ObjectNode before,
        @Nullable ObjectNode after) {
    boolean changed() {
        String was = before == null ? "" : ModelCluster.version(before);
        return after == null || !ModelCluster.version(after).equals(was);
    }
}
