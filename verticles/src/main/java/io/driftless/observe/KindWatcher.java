package io.driftless.observe;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.cluster.ApiException;
import io.driftless.cluster.Cluster.Change;
import io.driftless.cluster.Cluster.WatchHandler;
import io.driftless.cluster.ObjectIds;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.events.ResourceId;
import io.driftless.events.Topic;
import io.driftless.observe.Published.Entry;
import io.driftless.stage.Publication;
import io.driftless.stage.PublicationTooLargeException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes what the watch of one kind sees, in its order. What was published before in the same resourceVersion is
/// not repeated; what a complete list no longer holds gets a tombstone.
final class KindWatcher implements WatchHandler {
    private static final Logger LOG = LoggerFactory.getLogger(KindWatcher.class);

    /// What the watcher has to report to the observer of its cluster.
    interface Events {
        void complete();

        void unreachable(String reason, long sinceMillis);

        void reachable();

        /// The broker did not take a record: what was published is no longer known.
        void lost(Throwable reason);
    }

    private final LiveObject reader;
    private final Say say;
    private final Events events;
    private final ChildIndex children;
    private final Map<ResourceId, Entry> published;

    KindWatcher(LiveObject reader, Map<ResourceId, Entry> published, Say say, ChildIndex children, Events events) {
        this.reader = reader;
        this.published = new ConcurrentHashMap<>(published);
        this.say = say;
        this.children = children;
        this.events = events;
    }

    /// What this watch last said of each object, or knew to be said.
    Map<ResourceId, Entry> said() {
        return Map.copyOf(published);
    }

    @Override
    public void listed(List<JsonNode> objects) {
        Set<ResourceId> present = new HashSet<>();
        for (JsonNode object : objects) {
            present.add(ObjectIds.of(object));
            observed(object);
        }
        for (ResourceId resource : Set.copyOf(published.keySet())) {
            if (!present.contains(resource)) {
                gone(resource);
            }
        }
        events.complete();
    }

    @Override
    public void changed(Change change, JsonNode object) {
        switch (change) {
            case ADDED, MODIFIED -> observed(object);
            case DELETED -> gone(ObjectIds.of(object));
        }
    }

    @Override
    public void failing(RuntimeException reason, long sinceMillis) {
        if (reason instanceof ApiException api && api.notFound()) {
            listed(List.of());
        } else {
            events.unreachable("" + reason.getMessage(), sinceMillis);
        }
    }

    @Override
    public void connected() {
        events.reachable();
    }

    private void observed(JsonNode object) {
        ResourceId id = ObjectIds.of(object);
        // Reading leaves out what other managers own.
        boolean expected = LiveObject.writtenByUs(object);
        Optional<ResourceObserved> read = reader.read(object);
        if (read.isEmpty()) {
            gone(id);
            return;
        }
        ResourceObserved seen = read.get();
        Entry entry = new Entry(seen.key(), seen.uid(), seen.resourceVersion());
        children.root(seen.application(), id, object);
        Entry before = published.get(id);
        if (entry.equals(before)) {
            return;
        }
        if (before != null && !before.key().equals(entry.key())) {
            watch(say.say(Publication.tombstone(Topic.LIVE, before.key(), "")));
        }
        if (before != null && !before.uid().equals(entry.uid())) {
            children.rootGone(before.uid());
        }
        published.put(id, entry);
        Publication publication = Publication.of(seen, "");
        watch(expected ? say.sayLater(publication) : say.say(publication));
    }

    private void gone(ResourceId resource) {
        Entry entry = published.remove(resource);
        if (entry != null) {
            children.rootGone(entry.uid());
            watch(say.say(Publication.tombstone(Topic.LIVE, entry.key(), "")));
        }
    }

    private void watch(CompletionStage<?> saying) {
        saying.whenComplete((done, failure) -> {
            if (failure instanceof PublicationTooLargeException) {
                LOG.error("an object cannot be observed: {}", failure.getMessage());
            } else if (failure != null) {
                events.lost(failure);
            }
        });
    }
}
