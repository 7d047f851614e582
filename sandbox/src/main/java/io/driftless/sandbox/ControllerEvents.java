package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// What controllers tell people about objects, as `kubectl describe` shows it: an Event for each thing done.
final class ControllerEvents {
    private static final String SCHEDULER = "default-scheduler";

    /// Names of events end in a moment; two of the same moment get different ones.
    private long last = ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());

    /// As all controllers but the scheduler say it.
    ObjectNode told(Stored about, String component, String reason, String message) {
        String now = Json.now();
        ObjectNode event = event(about, component, reason, message)
                .put("firstTimestamp", now)
                .put("lastTimestamp", now)
                .put("count", 1)
                .put("reportingInstance", "");
        event.putObject("source").put("component", component);
        return event;
    }

    /// As the scheduler says on which node a pod goes.
    ObjectNode scheduled(Stored pod, String node) {
        String name = pod.key().namespace() + '/' + pod.key().name();
        return scheduling(pod, "Scheduled", "Binding", "Successfully assigned " + name + " to " + node);
    }

    /// As the scheduler says that a pod goes nowhere.
    ObjectNode unscheduled(Stored pod, String why) {
        return scheduling(pod, "FailedScheduling", "Scheduling", why).put("type", "Warning");
    }

    private ObjectNode scheduling(Stored pod, String reason, String action, String message) {
        ObjectNode event = event(pod, SCHEDULER, reason, message)
                .put("action", action)
                .put("eventTime", Instant.now().truncatedTo(ChronoUnit.MICROS).toString())
                .put("reportingInstance", SCHEDULER + "-sandbox");
        event.putObject("source");
        return event;
    }

    private ObjectNode event(Stored about, String component, String reason, String message) {
        JsonNode object = about.tree();
        ObjectNode event = Json.object();
        last++;
        event.putObject("metadata")
                .put("name", about.key().name() + '.' + Long.toHexString(last))
                .put("namespace", about.key().namespace());
        event.putObject("involvedObject")
                .put("apiVersion", object.path("apiVersion").asText())
                .put("kind", object.path("kind").asText())
                .put("name", about.key().name())
                .put("namespace", about.key().namespace())
                .put("uid", about.uid())
                .put(
                        "resourceVersion",
                        object.path("metadata").path("resourceVersion").asText());
        return event.put("type", "Normal")
                .put("reason", reason)
                .put("message", message)
                .put("reportingComponent", component);
    }
}
