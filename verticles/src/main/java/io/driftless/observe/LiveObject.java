package io.driftless.observe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ObjectIds;
import io.driftless.events.ApplicationName;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.events.ResourceId;
import io.driftless.health.HealthCheck;
import io.driftless.redact.Redaction;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// From an object as a cluster tells it to the event about it: whose it is, how healthy, and the
/// object without values of Secrets, without kubectl's last-applied copy and without ownership
/// entries that nobody looks at.
final class LiveObject {
    /// Field manager of our own applies.
    static final String OURS = "argocd-controller";

    private final String server;
    private final String controlPlaneNamespace;
    private final Redaction redaction;
    private final Function<ApplicationName, Set<String>> managers;

    /// @param managers field managers, beside ours, whose ownership an application's rules look at
    LiveObject(
            String server,
            String controlPlaneNamespace,
            Redaction redaction,
            Function<ApplicationName, Set<String>> managers) {
        this.server = server;
        this.controlPlaneNamespace = controlPlaneNamespace;
        this.redaction = redaction;
        this.managers = managers;
    }

    /// Empty when the object belongs to no application.
    Optional<ResourceObserved> read(JsonNode object) {
        ResourceId id = ObjectIds.of(object);
        JsonNode metadata = object.path("metadata");
        return TrackingId.parse(
                        metadata.path("annotations").path(TrackingId.ANNOTATION).asText(""))
                .filter(tracking -> tracking.names(id))
                .flatMap(tracking -> tracking.application(controlPlaneNamespace))
                .map(application -> new ResourceObserved(
                        application,
                        server,
                        id,
                        ObjectIds.apiVersion(object),
                        metadata.path("uid").asText(""),
                        metadata.path("resourceVersion").asText(),
                        trimmed(redaction.redact(object), managers.apply(application)),
                        HealthCheck.of(object)));
    }

    /// Whether the newest entry of `metadata.managedFields` is an apply of ours, and nobody else
    /// wrote in that second: then this is what we wait for, and no drift. Never of an object that
    /// somebody else made or reported on.
    static boolean writtenByUs(JsonNode object) {
        String newest = "";
        boolean ours = false;
        for (JsonNode entry : object.path("metadata").path("managedFields")) {
            String time = entry.path("time").asText("");
            boolean own = OURS.equals(entry.path("manager").asText())
                    && "Apply".equals(entry.path("operation").asText());
            // RFC 3339 in UTC without fractions: the order of the text is that of time.
            int order = time.compareTo(newest);
            ours = order > 0 ? own : ours && (order < 0 || own);
            newest = order > 0 ? time : newest;
        }
        return ours;
    }

    private static JsonNode trimmed(JsonNode object, Set<String> managers) {
        if (object.path("metadata") instanceof ObjectNode metadata) {
            if (metadata.path("annotations") instanceof ObjectNode annotations) {
                annotations.remove(Redaction.LAST_APPLIED);
            }
            if (metadata.path("managedFields") instanceof ArrayNode entries) {
                for (int i = entries.size() - 1; i >= 0; i--) {
                    String manager = entries.path(i).path("manager").asText();
                    if (!OURS.equals(manager) && !managers.contains(manager)) {
                        entries.remove(i);
                    }
                }
            }
        }
        return object;
    }
}
