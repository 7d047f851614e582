package io.driftless.sandbox;

import org.jspecify.annotations.Nullable;

/// Which objects keep their trees: those used last. Of all others only the bytes stay, a tenth of the size.
final class TreeCache {
    private static final int SIZE = 2048;
    private final @Nullable Stored[] ring = new @Nullable Stored[SIZE];
    private int next;

    /// An object has a tree now; the one that got its tree longest ago loses it.
    void used(Stored stored) {
        Stored oldest = replace(stored);
        if (oldest != null) {
            oldest.forgetTree();
        }
    }

    private synchronized @Nullable Stored replace(Stored stored) {
        Stored oldest = ring[next];
        ring[next] = stored;
        next = (next + 1) % SIZE;
        return oldest;
    }
}
