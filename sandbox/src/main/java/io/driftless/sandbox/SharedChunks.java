package io.driftless.sandbox;

import io.driftless.sandbox.Store.Event;
import io.driftless.sandbox.model.ResourceType;
import org.jspecify.annotations.Nullable;

/// The last changes as chunks of HTTP, for all watches that show them as they are. A change that is no longer here is
/// written anew.
final class SharedChunks {
    private static final int KEPT = 64;
    private final @Nullable Kept[] kept = new @Nullable Kept[KEPT];

    private record Kept(Event event, String apiVersion, byte[] chunk) {}

    /// The line of a change of an object in a version of its kind.
    byte[] of(Event event, ResourceType type) {
        int at = (int) (event.version() % KEPT);
        Kept known = kept[at];
        if (known != null && known.event() == event && known.apiVersion().equals(type.apiVersion())) {
            return known.chunk();
        }
        byte[] chunk = WatchOutput.Chunks.framed(WatchLines.whole(event, type));
        kept[at] = new Kept(event, type.apiVersion(), chunk);
        return chunk;
    }
}
