package io.driftless.sync;

import io.driftless.events.DesiredEvent;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DesiredEvent.RenderFailed;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.RecordKey;
import io.driftless.events.ResourceId;
import io.driftless.stage.Fact;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What Git wants of one application, as far as it has been read. A render counts once every digest that its closing
/// record lists is there.
final class Render implements SyncPlan.Manifests {
    private final Map<String, ResourceRendered> manifests = new HashMap<>();
    private @Nullable ManifestsRendered closed;

    void fold(Fact fact) {
        String detail = RecordKey.detail(fact.key());
        if (fact.envelope() == null) {
            if (detail.isEmpty()) {
                closed = null;
            } else {
                manifests.remove(detail);
            }
            return;
        }
        if (fact.envelope().event() instanceof DesiredEvent event) {
            switch (event) {
                case ResourceRendered resource -> manifests.put(detail, resource);
                case ManifestsRendered rendered -> closed = rendered.supersedes(closed) ? rendered : closed;
                case RenderFailed _ -> {} // the last good render stays in force
            }
        }
    }

    /// The newest render if it is complete; null otherwise.
    @Nullable
    ManifestsRendered complete() {
        ManifestsRendered rendered = closed;
        if (rendered == null) {
            return null;
        }
        for (var wanted : rendered.resources()) {
            ResourceRendered have = manifests.get(wanted.resource().toString());
            if (have == null || !have.digest().equals(wanted.digest())) {
                return null;
            }
        }
        return rendered;
    }

    /// The manifest of a resource, if it is there with this digest.
    @Override
    public @Nullable ResourceRendered manifest(ResourceId resource, String digest) {
        ResourceRendered have = manifests.get(resource.toString());
        return have != null && have.digest().equals(digest) ? have : null;
    }

    boolean isEmpty() {
        return manifests.isEmpty() && closed == null;
    }
}
