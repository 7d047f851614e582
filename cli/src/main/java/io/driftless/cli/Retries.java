package io.driftless.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// How often what failed is tried again, and how long is waited before each time; null is what is not said.
record Retries(
        @Nullable Integer limit,
        @Nullable String firstWait,
        @Nullable String longestWait,
        @Nullable Integer factor) {
    /// Writes what is said into the object `field` of `holder`. No retries at all take it away.
    ///
    /// @param flag the flag without which waits make no sense
    void put(ObjectNode holder, String field, String flag) {
        if (limit != null && limit == 0) {
            holder.remove(field);
        } else if (limit != null) {
            holder.withObjectProperty(field).put("limit", limit);
        }
        if (firstWait == null && longestWait == null && factor == null) {
            return;
        }
        if (!(holder.path(field) instanceof ObjectNode retry)) {
            throw new CommandFailure(
                    ExitCode.FAILED, "the waits between retries are about retries: give " + flag + ", too");
        }
        ObjectNode backoff = retry.withObjectProperty("backoff");
        Fields.put(backoff, "duration", firstWait);
        Fields.put(backoff, "maxDuration", longestWait);
        if (factor != null) {
            backoff.put("factor", factor);
        }
    }
}
