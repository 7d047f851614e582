package io.driftless.api;

import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.Envelope;
import io.driftless.events.Event;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.ResourceId;
import io.driftless.events.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The tables of the pipeline as far as the API shows them: the last record of every key. Written by one thread,
/// read by many.
final class ReadModel {
    /// After this long nobody is left who would take a request up.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// By application, then by record key.
    private final Map<String, Map<String, Event>> tables = new ConcurrentHashMap<>();
    /// By application.
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();

    private record Pending(SyncRequested request, Instant at) {
        boolean takenUp(OperationRecorded operation) {
            return operation.id().equals(request.id())
                    || operation.handledRequests().contains(request.id())
                    || operation.startedAt().isAfter(at.plusSeconds(1));
        }
    }

    void fold(StoredEvent event) {
        switch (event.topic()) {
            case DESIRED, LIVE, DRIFT, OPERATIONS -> keep(event);
            case COMMANDS -> asked(event.envelope());
            case PUSHES, APPLICATIONS, CLUSTERS, SYNCS, DELIVERIES, REVISIONS -> {}
        }
    }

    private void asked(@Nullable Envelope envelope) {
        if (envelope != null && envelope.event() instanceof SyncRequested request) {
            asked(request, envelope.time());
        }
    }

    /// A sync was asked for; also told by who published it, before it is read back.
    void asked(SyncRequested request, Instant at) {
        pending.put(request.application().toString(), new Pending(request, at));
    }

    /// A sync that was asked for and of which the stage has said nothing yet.
    Optional<SyncRequested> pendingSync(String application) {
        Pending asked = pending.get(application);
        if (asked == null) {
            return Optional.empty();
        }
        boolean over = asked.at().plus(PATIENCE).isBefore(Instant.now())
                || operation(application).filter(asked::takenUp).isPresent();
        if (over) {
            pending.remove(application, asked);
        }
        return over ? Optional.empty() : Optional.of(asked.request());
    }

    private void keep(StoredEvent event) {
        String key = event.topic().topicName() + '|' + event.key();
        Envelope envelope = event.envelope();
        if (envelope != null) {
            tables.computeIfAbsent(event.subject(), s -> new ConcurrentHashMap<>())
                    .put(key, envelope.event());
            return;
        }
        tables.computeIfPresent(event.subject(), (subject, records) -> {
            records.remove(key);
            return records.isEmpty() ? null : records;
        });
    }

    Optional<ApplicationCompared> drift(String application) {
        return one(application, Topic.DRIFT, ApplicationCompared.class);
    }

    Optional<ManifestsRendered> render(String application) {
        return one(application, Topic.DESIRED, ManifestsRendered.class);
    }

    Optional<OperationRecorded> operation(String application) {
        return one(application, Topic.OPERATIONS, OperationRecorded.class);
    }

    Optional<ResourceRendered> desired(String application, ResourceId resource) {
        Event event = records(application).get(Topic.DESIRED.topicName() + '|' + application + '|' + resource);
        return event instanceof ResourceRendered rendered ? Optional.of(rendered) : Optional.empty();
    }

    List<ResourceObserved> live(String application) {
        Collection<Event> records = records(application).values();
        return records.stream()
                .filter(ResourceObserved.class::isInstance)
                .map(ResourceObserved.class::cast)
                .sorted((a, b) -> a.resource().compareTo(b.resource()))
                .toList();
    }

    private <E extends Event> Optional<E> one(String application, Topic topic, Class<E> type) {
        Event event = records(application).get(topic.topicName() + '|' + application);
        return type.isInstance(event) ? Optional.of(type.cast(event)) : Optional.empty();
    }

    private Map<String, Event> records(String application) {
        return tables.getOrDefault(application, Map.of());
    }
}
