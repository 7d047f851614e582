package io.driftless.observe;

import io.driftless.events.GroupKind;
import io.driftless.events.LiveEvent;
import io.driftless.events.ResourceId;
import io.driftless.observe.Published.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Compares what the topic holds of a cluster with what its observer said. They differ for a moment after each change;
/// they differ for good where an instance that no longer owns the cluster, paused or slow, said something after its
/// successor. So a difference counts when the next look finds the very same one.
final class LiveAudit {
    private final String server;
    private final Published published;
    private final Map<GroupKind, Map<ResourceId, Entry>> suspects = new HashMap<>();

    LiveAudit(String server, Published published) {
        this.server = server;
        this.published = published;
    }

    /// The kinds that have to be observed anew.
    List<GroupKind> strayed(Map<GroupKind, KindWatcher> watchers) {
        List<GroupKind> strayed = new ArrayList<>();
        watchers.forEach((kind, watcher) -> {
            Map<ResourceId, Entry> held = published.of(server, kind);
            if (held.equals(watcher.said())) {
                suspects.remove(kind);
            } else if (held.equals(suspects.put(kind, held))) {
                suspects.remove(kind);
                strayed.add(kind);
            }
        });
        return strayed;
    }

    /// Whether something else than this was said of the cluster as a whole since the last look. What this observer said
    /// before counts too: better once too often than once too few.
    boolean overruled(LiveEvent last) {
        Set<LiveEvent> heard = published.sights(server);
        return !heard.isEmpty() && !heard.equals(Set.of(last));
    }
}
