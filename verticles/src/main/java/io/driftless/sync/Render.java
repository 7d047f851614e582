package io.driftless.sync;

import io.driftless.events.DesiredEvent;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DesiredEvent.RenderFailed;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.ResourceId;
import io.driftless.stage.Fact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What Git wants of one application, as far as it has been read. A render counts once every digest that its closing
/// record lists is there.
final class Render implements SyncPlan.Manifests {
    private final Gathering<ManifestsRendered> gathered = new Gathering<>();

    void fold(Fact fact) {
        if (gathered.open(fact) instanceof DesiredEvent event) {
            switch (event) {
                case ResourceRendered resource -> gathered.put(fact, resource);
                case ManifestsRendered rendered -> {
                    if (rendered.supersedes(gathered.closed())) {
                        gathered.close(rendered);
                    }
                }
                case RenderFailed _ -> {} // the last good render stays in force
            }
        }
    }

    /// The newest render if it is complete; null otherwise.
    @Nullable
    ManifestsRendered complete() {
        ManifestsRendered rendered = gathered.closed();
        return rendered != null && gathered.holds(rendered.resources()) ? rendered : null;
    }

    @Override
    public @Nullable ResourceRendered manifest(ResourceId resource, String digest) {
        return gathered.manifest(resource, digest);
    }

    @Override
    public List<ResourceRendered> hooks() {
        ManifestsRendered rendered = gathered.closed();
        return rendered == null ? List.of() : gathered.hooks(rendered.resources());
    }

    boolean isEmpty() {
        return gathered.isEmpty();
    }
}
