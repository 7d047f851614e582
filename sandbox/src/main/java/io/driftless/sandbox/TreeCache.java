package io.driftless.sandbox;

import io.driftless.sandbox.Store.Key;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which objects keep their trees: those whose trees came last, of each its newest version and one
/// before, which watches and controllers compare it with. Of all others only the bytes stay, a tenth
/// of the size.
final class TreeCache {
    private static final int OBJECTS = 2048;
    private final LinkedHashMap<Key, Versions> kept = new LinkedHashMap<>();

    private record Versions(Stored newest, @Nullable Stored earlier) {}

    /// A version has a tree now; others lose theirs.
    void used(Stored stored) {
        Versions gone = replace(stored);
        if (gone != null) {
            gone.newest.forgetTree();
            if (gone.earlier != null) {
                gone.earlier.forgetTree();
            }
        }
    }

    private synchronized @Nullable Versions replace(Stored stored) {
        Versions before = kept.remove(stored.key());
        if (before == null) {
            kept.put(stored.key(), new Versions(stored, null));
            return kept.size() > OBJECTS ? oldest() : null;
        }
        if (before.newest == stored || before.earlier == stored) {
            kept.put(stored.key(), before);
            return null;
        }
        kept.put(
                stored.key(),
                stored.version() > before.newest.version()
                        ? new Versions(stored, before.newest)
                        : new Versions(before.newest, stored));
        return before.earlier == null ? null : new Versions(before.earlier, null);
    }

    private Versions oldest() {
        Iterator<Map.Entry<Key, Versions>> all = kept.entrySet().iterator();
        Versions oldest = all.next().getValue();
        all.remove();
        return oldest;
    }
}
