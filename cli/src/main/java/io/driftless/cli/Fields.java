package io.driftless.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// Fields that a flag sets when it is given.
final class Fields {
    private Fields() {}

    static void put(ObjectNode holder, String field, @Nullable String value) {
        if (value != null) {
            holder.put(field, value);
        }
    }

    static void put(ObjectNode holder, String field, @Nullable Boolean value) {
        if (value != null) {
            holder.put(field, value);
        }
    }
}
