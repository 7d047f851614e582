package io.driftless.sandbox;

import io.driftless.sandbox.Store.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which object a uid names, and which objects name it as their owner. Guarded by the store that holds it.
final class Owners {
    private final Map<String, Key> uids = new HashMap<>();
    private final Map<String, Set<Key>> dependents = new HashMap<>();

    List<Key> dependents(String uid) {
        return new ArrayList<>(dependents.getOrDefault(uid, Set.of()));
    }

    @Nullable
    Key byUid(String uid) {
        return uids.get(uid);
    }

    /// An object came to be, changed or went.
    void moved(@Nullable Stored before, @Nullable Stored after) {
        if (before != null && after != null && before.owners().equals(after.owners())) {
            return;
        }
        if (before != null) {
            leave(before);
        }
        if (after != null) {
            uids.put(after.uid(), after.key());
            after.owners()
                    .forEach(o -> dependents
                            .computeIfAbsent(o, _ -> new LinkedHashSet<>())
                            .add(after.key()));
        }
    }

    private void leave(Stored before) {
        uids.remove(before.uid());
        for (String owner : before.owners()) {
            Set<Key> set = dependents.get(owner);
            if (set != null && set.remove(before.key()) && set.isEmpty()) {
                dependents.remove(owner);
            }
        }
    }
}
