package io.driftless.registry;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compares what a topic holds with what was said on it. They differ for a moment after each change; they differ for
/// good where an instance that lost the control plane, paused or slow, said something after its successor. So a
/// difference counts when the next look finds the very same one.
final class TopicAudit<V> {
    private @Nullable Map<String, V> suspect;

    boolean strayed(Map<String, V> held, Map<String, V> said) {
        if (held.equals(said)) {
            suspect = null;
            return false;
        }
        boolean again = held.equals(suspect);
        suspect = again ? null : held;
        return again;
    }
}
