package io.driftless.manifest.git;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/// Objects read lately, bounded by their size. Objects never change, so nothing is ever out of date.
///
/// The key names the mirror too: a crafted tree must not reach the object of another repository by its id.
final class ObjectCache {
    /// Larger blobs would push out too much.
    private static final int MAX_ENTRY_BYTES = 1 << 20;

    private static final int OVERHEAD_BYTES = 120;

    private record Key(MirrorStore store, ObjectId id) {}

    private record Held(Object value, long bytes) {}

    private final long limit;
    private final LinkedHashMap<Key, Held> entries = new LinkedHashMap<>(256, 0.75f, true);
    private long total;

    ObjectCache(long limitBytes) {
        this.limit = limitBytes;
    }

    synchronized <T> @Nullable T get(MirrorStore store, ObjectId id, Class<T> type) {
        Held held = entries.get(new Key(store, id));
        return held == null || !type.isInstance(held.value) ? null : type.cast(held.value);
    }

    synchronized void put(MirrorStore store, ObjectId id, Object value, long bytes) {
        if (bytes > MAX_ENTRY_BYTES || bytes > limit) {
            return;
        }
        Held before = entries.put(new Key(store, id), new Held(value, bytes + OVERHEAD_BYTES));
        total += bytes + OVERHEAD_BYTES - (before == null ? 0 : before.bytes);
        var oldest = entries.entrySet().iterator();
        while (total > limit && oldest.hasNext()) {
            Map.Entry<Key, Held> entry = oldest.next();
            total -= entry.getValue().bytes;
            oldest.remove();
        }
    }
}
