package io.driftless.drift;

import io.driftless.events.DesiredEvent;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DesiredEvent.RenderFailed;
import io.driftless.events.DesiredEvent.RenderedResource;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.RecordKey;
import io.driftless.events.ResourceId;
import io.driftless.stage.Fact;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What Git wants of one application, told from the records of `desired`.
///
/// A render counts once every resource it lists is there with its digest. Until then the one before stays in force,
/// so that nobody compares, prunes or applies half of a render.
final class DesiredState {
    /// A complete render.
    record Render(ManifestsRendered closed, Map<ResourceId, ResourceRendered> resources) {}

    private final Map<String, ResourceRendered> records = new HashMap<>();
    private @Nullable ManifestsRendered closed;
    private @Nullable RenderFailed failure;
    private @Nullable Render inForce;
    private boolean stale;

    void fold(Fact fact) {
        stale = true;
        if (fact.envelope() == null) {
            forget(fact.key());
        } else if (fact.envelope().event() instanceof DesiredEvent event) {
            switch (event) {
                case ResourceRendered resource -> records.put(fact.key(), resource);
                case ManifestsRendered render -> {
                    if (render.supersedes(closed)) {
                        closed = render;
                        failure = null;
                        // The next render may overwrite parts of this one before anybody decides.
                        refresh();
                    }
                }
                case RenderFailed failed -> failure = failed;
            }
        }
    }

    private void forget(String key) {
        switch (RecordKey.detail(key)) {
            case "" -> {
                closed = null;
                inForce = null;
            }
            case RenderFailed.DETAIL -> failure = null;
            default -> records.remove(key);
        }
    }

    /// The newest complete render of the Application with this uid; null when there is none.
    @Nullable
    Render render(String uid) {
        refresh();
        Render known = inForce;
        return known != null && sameApplication(known.closed().uid(), uid) ? known : null;
    }

    private void refresh() {
        ManifestsRendered newest = closed;
        if (stale && newest != null) {
            Map<ResourceId, ResourceRendered> resources = complete(newest);
            if (resources != null) {
                inForce = new Render(newest, resources);
            }
        }
        stale = false;
    }

    /// An Application that was deleted and made again has another uid; what was rendered for the old one says nothing.
    private static boolean sameApplication(String rendered, String declared) {
        return rendered.isEmpty() || declared.isEmpty() || rendered.equals(declared);
    }

    private @Nullable Map<ResourceId, ResourceRendered> complete(ManifestsRendered render) {
        Map<ResourceId, ResourceRendered> resources = new TreeMap<>();
        String application = render.application().toString();
        for (RenderedResource listed : render.resources()) {
            ResourceRendered record =
                    records.get(RecordKey.of(application, listed.resource().toString()));
            if (record == null || !record.digest().equals(listed.digest())) {
                return null;
            }
            resources.put(listed.resource(), record);
        }
        return resources;
    }

    /// Why the newest revision could not be rendered; null when it could.
    @Nullable
    RenderFailed failure() {
        return failure;
    }

    boolean isEmpty() {
        return records.isEmpty() && closed == null && failure == null;
    }
}
