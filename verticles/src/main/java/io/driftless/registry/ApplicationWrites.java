package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ApiException;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.ClusterUnreachableException;
import io.driftless.events.ApplicationEvent.ApplicationRejected;
import io.driftless.events.ApplicationName;
import io.driftless.stage.Publication;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What reading an Application leads to on the Application itself: requests are taken off it, and one that cannot
/// clean up is let go.
final class ApplicationWrites {
    private static final Logger LOG = LoggerFactory.getLogger(ApplicationWrites.class);
    private final Cluster cluster;
    private final Say say;
    private final InstantSource clock;
    private final Map<ApplicationName, String> taken = new ConcurrentHashMap<>();

    ApplicationWrites(Cluster cluster, Say say, InstantSource clock) {
        this.cluster = cluster;
        this.say = say;
        this.clock = clock;
    }

    /// Nothing is asked for on the Application: the same may be asked again.
    void nothingCarried(ApplicationName application) {
        taken.remove(application);
    }

    /// Says what was asked for, once, and takes it off the Application.
    void take(JsonNode object, Requests.Carried carried) {
        ApplicationName application = ApplicationReader.name(object);
        String text = carried.removal().path("metadata").path("annotations")
                + object.path("metadata")
                        .path("annotations")
                        .path(ApplicationReader.REFRESH)
                        .asText("")
                + object.path("operation");
        if (!text.equals(taken.get(application))) {
            carried.commands().forEach(command -> say.say(Publication.of(command, "")));
            taken.put(application, text);
        }
        ObjectNode patch = carried.removal();
        if (!carried.problem().isEmpty()) {
            String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
            ObjectNode state = patch.putObject("status").putObject("operationState");
            state.put("phase", "Error").put("message", carried.problem());
            state.put("startedAt", now).put("finishedAt", now);
            state.set("operation", object.path("operation"));
        }
        patch(application, patch);
    }

    /// An Application that is being deleted and whose cluster is not declared any more cannot clean up: it is let go,
    /// as Argo CD does, and what it deployed stays.
    void letGo(JsonNode object, ApplicationRejected rejected) {
        boolean noCluster = rejected.conditions().stream()
                .anyMatch(condition -> condition.message().startsWith("spec.destination"));
        List<String> finalizers = SpecReader.texts(object.path("metadata").path("finalizers"));
        if (noCluster
                && object.path("metadata").hasNonNull("deletionTimestamp")
                && finalizers.stream().anyMatch(Applications::ours)) {
            ObjectNode patch = JsonNodeFactory.instance.objectNode();
            ObjectNode metadata = patch.putObject("metadata");
            metadata.set("resourceVersion", object.path("metadata").path("resourceVersion"));
            ArrayNode rest = metadata.putArray("finalizers");
            finalizers.stream()
                    .filter(finalizer -> !Applications.ours(finalizer))
                    .forEach(rest::add);
            patch(rejected.application(), patch);
        }
    }

    private void patch(ApplicationName application, ObjectNode patch) {
        Thread.startVirtualThread(() -> {
            try {
                cluster.mergePatch(Applications.resource(application), StatusWriter.API_VERSION, "", patch);
            } catch (ApiException e) {
                if (!e.conflict() && !e.notFound()) {
                    LOG.warn("{} cannot be patched: {}", application, e.getMessage());
                }
            } catch (ClusterUnreachableException e) {
                LOG.warn("{} cannot be patched: {}", application, e.getMessage());
            }
        });
    }
}
