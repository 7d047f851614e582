package io.driftless.sync;

import io.driftless.events.SyncEvent;
import io.driftless.stage.Publication;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one decision gathers.
final class Out {
    final Instant now;
    final List<Publication> publications = new ArrayList<>();
    final List<SyncEvent> events = new ArrayList<>();
    final List<SyncTask> tasks = new ArrayList<>();

    @Nullable
    Instant wakeAt;

    Out(Instant now) {
        this.now = now;
    }

    void wake(@Nullable Instant at) {
        if (at != null && (wakeAt == null || at.isBefore(wakeAt))) {
            wakeAt = at;
        }
    }
}
