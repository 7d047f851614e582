package io.driftless.notification;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationName;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.Envelope;
import io.driftless.events.HealthStatus;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.OperationEvent.Phase;
import io.driftless.events.SyncStatus;
import io.driftless.events.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of one application, and what became true with each fact. A condition that turns true is news
/// once; it is news again after it was false, or when its transition is another.
final class ApplicationView {
    private final ApplicationName name;
    private final Map<Trigger, String> standing = new EnumMap<>(Trigger.class);
    private @Nullable ApplicationDeclared declared;
    private @Nullable ApplicationCompared compared;
    private @Nullable Envelope comparedIn;
    private @Nullable OperationRecorded operation;
    private @Nullable Envelope operationIn;
    private boolean gone;

    ApplicationView(ApplicationName name) {
        this.name = name;
    }

    boolean declared() {
        return declared != null;
    }

    boolean gone() {
        return gone;
    }

    /// Whether nothing is known that a later record could make news of.
    boolean isEmpty() {
        return declared == null && compared == null && operation == null;
    }

    /// A record of `drift` or `operations` was taken back.
    void withdrawn(Topic topic) {
        if (topic == Topic.DRIFT) {
            compared = null;
        } else if (topic == Topic.OPERATIONS) {
            operation = null;
        }
    }

    String uid() {
        return declared == null || declared.uid().isEmpty() ? "unknown" : declared.uid();
    }

    /// Whether the condition of the trigger holds now.
    boolean holds(Trigger trigger) {
        return standing.containsKey(trigger);
    }

    /// Takes in an event of `applications`; null says that the Application is gone.
    List<News> application(@Nullable Envelope envelope) {
        if (envelope == null) {
            gone = declared != null || gone;
            return List.of();
        }
        if (!(envelope.event() instanceof ApplicationDeclared event)) {
            return List.of();
        }
        gone = false;
        declared = event;
        return news(envelope);
    }

    List<News> compared(ApplicationCompared event, Envelope envelope) {
        if (comparedIn != null && envelope.time().isBefore(comparedIn.time())) {
            return List.of();
        }
        compared = event;
        comparedIn = envelope;
        return news(envelope);
    }

    List<News> operation(OperationRecorded event, Envelope envelope) {
        boolean dry = event.request() != null && event.request().dryRun();
        if (dry) {
            return List.of();
        }
        operation = event;
        operationIn = envelope;
        return news(envelope);
    }

    private List<News> news(Envelope envelope) {
        Map<Trigger, String> now = conditions(envelope);
        List<News> news = new ArrayList<>();
        now.forEach((trigger, transition) -> {
            if (!transition.equals(standing.get(trigger))) {
                Envelope cause = cause(trigger, envelope);
                news.add(new News(trigger, transition, cause.time(), cause.chain(), about(trigger, cause)));
            }
        });
        standing.clear();
        standing.putAll(now);
        return news;
    }

    /// What an operation came to is news of the operation, also when the Application became known after it.
    private Envelope cause(Trigger trigger, Envelope latest) {
        boolean operations = trigger == Trigger.ON_SYNC_RUNNING
                || trigger == Trigger.ON_SYNC_FAILED
                || trigger == Trigger.ON_SYNC_SUCCEEDED;
        return operations && operationIn != null ? operationIn : latest;
    }

    private Map<Trigger, String> conditions(Envelope envelope) {
        Map<Trigger, String> holding = new EnumMap<>(Trigger.class);
        if (declared != null) {
            holding.put(declared.deleting() ? Trigger.ON_DELETED : Trigger.ON_CREATED, uid());
        }
        if (operation != null && ours(operation)) {
            operationConditions(operation, holding);
        }
        if (compared != null) {
            if (compared.health().status() == HealthStatus.DEGRADED) {
                holding.put(Trigger.ON_HEALTH_DEGRADED, since(Trigger.ON_HEALTH_DEGRADED, envelope));
            }
            if (compared.status() == SyncStatus.UNKNOWN) {
                holding.put(Trigger.ON_SYNC_STATUS_UNKNOWN, since(Trigger.ON_SYNC_STATUS_UNKNOWN, envelope));
            }
        }
        return holding;
    }

    /// Not of another Application that had this name before, and not a deletion, which is told as such.
    private boolean ours(OperationRecorded last) {
        return declared != null
                && !last.isCascade()
                && (last.uid().isEmpty()
                        || declared.uid().isEmpty()
                        || last.uid().equals(declared.uid()));
    }

    private void operationConditions(OperationRecorded last, Map<Trigger, String> holding) {
        String revision = last.revision().isEmpty() ? last.id() : last.revision();
        switch (last.phase()) {
            case RUNNING, TERMINATING -> holding.put(Trigger.ON_SYNC_RUNNING, last.id());
            case FAILED, ERROR -> holding.put(Trigger.ON_SYNC_FAILED, last.id());
            case SUCCEEDED -> holding.put(Trigger.ON_SYNC_SUCCEEDED, revision);
        }
        if (last.phase() == Phase.SUCCEEDED
                && compared != null
                && compared.health().status() == HealthStatus.HEALTHY
                && compared.revision().equals(last.revision())) {
            holding.put(Trigger.ON_DEPLOYED, revision);
        }
    }

    /// A state is one transition from when it was first seen until it passes.
    private String since(Trigger trigger, Envelope envelope) {
        return standing.getOrDefault(trigger, "since " + envelope.time());
    }

    private ObjectNode about(Trigger trigger, Envelope envelope) {
        return NotificationFacts.about(name, trigger, envelope, declared, compared, operation);
    }

    /// What is told of an Application that is gone.
    News farewell(Instant now) {
        ObjectNode about = JsonNodeFactory.instance
                .objectNode()
                .put("application", name.toString())
                .put("name", name.name())
                .put("namespace", name.namespace())
                .put("trigger", Trigger.ON_DELETED.toString())
                .put("message", "Application " + name + " is deleted");
        return new News(Trigger.ON_DELETED, uid(), now, "", about);
    }
}
