package io.driftless.sync;

import io.driftless.events.DesiredEvent.RenderedResource;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.Event;
import io.driftless.events.RecordKey;
import io.driftless.events.ResourceId;
import io.driftless.stage.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A render as far as it has been read: manifests by the detail of their key, and the record that closes it.
///
/// @param <C> what closes it
final class Gathering<C> implements SyncPlan.Manifests {
    private final Map<String, ResourceRendered> manifests = new HashMap<>();
    private @Nullable C closed;

    /// What a fact says; null where it takes something back, which is done then.
    @Nullable
    Event open(Fact fact) {
        if (fact.envelope() != null) {
            return fact.envelope().event();
        }
        String detail = RecordKey.detail(fact.key());
        if (detail.isEmpty()) {
            closed = null;
        } else {
            manifests.remove(detail);
        }
        return null;
    }

    void put(Fact fact, ResourceRendered manifest) {
        manifests.put(RecordKey.detail(fact.key()), manifest);
    }

    void close(C record) {
        closed = record;
    }

    @Nullable
    C closed() {
        return closed;
    }

    /// Whether each manifest that a closing record lists is there, with its digest.
    boolean holds(List<RenderedResource> listed) {
        for (RenderedResource wanted : listed) {
            if (manifest(wanted.resource(), wanted.digest()) == null) {
                return false;
            }
        }
        return true;
    }

    /// The manifest of a resource, if it is there with this digest.
    @Override
    public @Nullable ResourceRendered manifest(ResourceId resource, String digest) {
        ResourceRendered have = manifests.get(resource.toString());
        return have != null && have.digest().equals(digest) ? have : null;
    }

    /// The hooks among those that a closing record lists.
    List<ResourceRendered> hooks(List<RenderedResource> listed) {
        List<ResourceRendered> hooks = new ArrayList<>();
        for (RenderedResource wanted : listed) {
            ResourceRendered have = manifest(wanted.resource(), wanted.digest());
            if (have != null && !have.hooks().isEmpty()) {
                hooks.add(have);
            }
        }
        return hooks;
    }

    boolean isEmpty() {
        return manifests.isEmpty() && closed == null;
    }
}
