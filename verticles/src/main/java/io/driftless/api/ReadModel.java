package io.driftless.api;

import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationEvent.ApplicationRejected;
import io.driftless.events.ChildEvent.ChildObserved;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The tables of the pipeline as far as the API shows them: the last record of every key. Each topic is written by one
/// thread, all are read by many.
final class ReadModel {
    /// After this long nobody is left who would take a request up.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// By application, then by record key.
    private final Map<String, Map<String, Event>> tables = new ConcurrentHashMap<>();
    /// By application.
    private final Map<String, Compared> comparisons = new ConcurrentHashMap<>();
    /// By application.
    private final Map<String, OperationRecorded> operations = new ConcurrentHashMap<>();
    private final Set<String> atRest = ConcurrentHashMap.newKeySet();
    /// By application.
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();

    /// What `drift` says of an application.
    ///
    /// @param at when it was said
    record Compared(ApplicationCompared verdict, Instant at) {}

    private record Pending(SyncRequested request, Instant at) {
        boolean takenUp(OperationRecorded operation) {
            return operation.id().equals(request.id())
                    || operation.handledRequests().contains(request.id())
                    || operation.startedAt().isAfter(at.plusSeconds(1));
        }
    }

    void fold(StoredEvent event) {
        switch (event.topic()) {
            case DESIRED, LIVE, CHILDREN -> keep(event);
            case DRIFT -> compared(event);
            case OPERATIONS -> operation(event);
            case COMMANDS -> asked(event.envelope());
            case APPLICATIONS -> declared(event);
            case PUSHES, CLUSTERS, SYNCS, DELIVERIES, REVISIONS -> {}
        }
    }

    private void declared(StoredEvent event) {
        Envelope envelope = event.envelope();
        boolean rests = envelope != null
                && (envelope.event() instanceof ApplicationRejected
                        || envelope.event() instanceof ApplicationDeclared declared && declared.deleting());
        if (rests) {
            atRest.add(event.subject());
        } else {
            atRest.remove(event.subject());
        }
    }

    /// Whether nothing is rendered or compared for this application, because its spec was refused or it is being
    /// deleted.
    boolean isAtRest(String application) {
        return atRest.contains(application);
    }

    private void compared(StoredEvent event) {
        Envelope envelope = event.envelope();
        if (envelope == null) {
            comparisons.remove(event.subject());
        } else if (envelope.event() instanceof ApplicationCompared verdict) {
            comparisons.put(event.subject(), new Compared(verdict, envelope.time()));
        }
    }

    private void operation(StoredEvent event) {
        Envelope envelope = event.envelope();
        if (envelope == null) {
            operations.remove(event.subject());
        } else if (envelope.event() instanceof OperationRecorded operation) {
            operations.put(event.subject(), operation);
        }
    }

    private void asked(@Nullable Envelope envelope) {
        if (envelope != null && envelope.event() instanceof SyncRequested request) {
            asked(request, envelope.time());
        }
    }

    /// A sync was asked for; also told by who published it, before it is read back. What is read back late does not
    /// hide what was asked for since.
    void asked(SyncRequested request, Instant at) {
        pending.merge(
                request.application().toString(),
                new Pending(request, at),
                (known, told) -> told.at().isBefore(known.at()) ? known : told);
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
        return comparison(application).map(Compared::verdict);
    }

    Optional<Compared> comparison(String application) {
        return Optional.ofNullable(comparisons.get(application));
    }

    Optional<ManifestsRendered> render(String application) {
        Event event = records(application).get(Topic.DESIRED.topicName() + '|' + application);
        return event instanceof ManifestsRendered rendered ? Optional.of(rendered) : Optional.empty();
    }

    Optional<OperationRecorded> operation(String application) {
        return Optional.ofNullable(operations.get(application));
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

    /// What exists below what the application deployed.
    List<ChildObserved> children(String application) {
        return records(application).values().stream()
                .filter(ChildObserved.class::isInstance)
                .map(ChildObserved.class::cast)
                .sorted((a, b) -> a.resource().compareTo(b.resource()))
                .toList();
    }

    private Map<String, Event> records(String application) {
        return tables.getOrDefault(application, Map.of());
    }
}
