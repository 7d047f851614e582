package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ApiException;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Cluster.Change;
import io.driftless.cluster.Cluster.WatchHandler;
import io.driftless.cluster.ClusterUnreachableException;
import io.driftless.events.ApplicationEvent;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationEvent.ApplicationRejected;
import io.driftless.events.ApplicationName;
import io.driftless.events.Condition;
import io.driftless.events.ResourceId;
import io.driftless.events.Topic;
import io.driftless.stage.Publication;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes the Applications of the namespaces that are ours: what changed in them apart from their status, and that
/// they are gone.
/// Requests
/// written on an Application become commands and are taken off it.
final class Applications implements WatchHandler {
    static final String RESOURCES_FINALIZER = "resources-finalizer.argocd.argoproj.io";
    private static final Logger LOG = LoggerFactory.getLogger(Applications.class);

    private final Permits permits;
    private final Cluster cluster;
    private final Say say;
    private final Map<String, ApplicationEvent> said;
    private final Supplier<ClusterNames> clusters;
    private final InstantSource clock;
    private final Map<ApplicationName, String> taken = new ConcurrentHashMap<>();

    /// Which Applications are worked on.
    @FunctionalInterface
    interface Permits {
        /// Null when it is worked on; why not otherwise, empty when it is none of ours at all.
        @Nullable
        String refusal(ApplicationName application, String project);
    }

    Applications(
            Permits permits,
            Cluster cluster,
            Say say,
            Map<String, ApplicationEvent> said,
            Supplier<ClusterNames> clusters,
            InstantSource clock) {
        this.permits = permits;
        this.cluster = cluster;
        this.say = say;
        this.said = said;
        this.clusters = clusters;
        this.clock = clock;
    }

    @Override
    public void listed(List<JsonNode> objects) {
        Set<String> present = new HashSet<>();
        for (JsonNode object : objects) {
            if (declared(object)) {
                present.add(ApplicationReader.name(object).toString());
            }
        }
        for (Map.Entry<String, ApplicationEvent> known : Map.copyOf(said).entrySet()) {
            if (!present.contains(known.getKey())) {
                gone(known.getKey());
            }
        }
    }

    @Override
    public void changed(Change change, JsonNode object) {
        switch (change) {
            case ADDED, MODIFIED -> declared(object);
            case DELETED -> gone(ApplicationReader.name(object).toString());
        }
    }

    @Override
    public void failing(RuntimeException reason, long sinceMillis) {
        LOG.warn("Applications cannot be watched: {}", reason.getMessage());
    }

    /// False when it is none of ours.
    private boolean declared(JsonNode object) {
        ApplicationName name = ApplicationReader.name(object);
        String project = object.path("spec").path("project").asText("");
        String refusal = permits.refusal(name, project.isEmpty() ? "default" : project);
        if (refusal != null && refusal.isEmpty()) {
            return false;
        }
        ApplicationEvent event = ApplicationReader.read(object, clusters.get());
        if (refusal != null) {
            event = refused(event, refusal);
        }
        ApplicationEvent before = said.get(event.key());
        if (before == null || !ApplicationReader.same(event, before)) {
            say.say(Publication.of(event, ""));
            said.put(event.key(), event);
        }
        if (event instanceof ApplicationRejected rejected) {
            letGo(object, rejected);
        }
        Requests.read(object).ifPresentOrElse(carried -> take(object, carried), () -> taken.remove(name));
        return true;
    }

    private static ApplicationEvent refused(ApplicationEvent event, String reason) {
        Condition condition = new Condition(Condition.INVALID_SPEC_ERROR, reason);
        return switch (event) {
            case ApplicationDeclared declared ->
                new ApplicationRejected(
                        declared.application(), declared.uid(), declared.generation(), List.of(condition));
            case ApplicationRejected rejected ->
                new ApplicationRejected(
                        rejected.application(), rejected.uid(), rejected.generation(), List.of(condition));
        };
    }

    private void gone(String key) {
        if (said.remove(key) != null) {
            say.say(Publication.tombstone(Topic.APPLICATIONS, key, ""));
        }
        taken.remove(ApplicationName.parse(key));
    }

    private void take(JsonNode object, Requests.Carried carried) {
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
    private void letGo(JsonNode object, ApplicationRejected rejected) {
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
            finalizers.stream().filter(finalizer -> !ours(finalizer)).forEach(rest::add);
            patch(rejected.application(), patch);
        }
    }

    static boolean ours(String finalizer) {
        return finalizer.equals(RESOURCES_FINALIZER) || finalizer.startsWith(RESOURCES_FINALIZER + '/');
    }

    private void patch(ApplicationName application, ObjectNode patch) {
        Thread.startVirtualThread(() -> {
            try {
                cluster.mergePatch(resource(application), StatusWriter.API_VERSION, "", patch);
            } catch (ApiException e) {
                if (!e.conflict() && !e.notFound()) {
                    LOG.warn("{} cannot be patched: {}", application, e.getMessage());
                }
            } catch (ClusterUnreachableException e) {
                LOG.warn("{} cannot be patched: {}", application, e.getMessage());
            }
        });
    }

    static ResourceId resource(ApplicationName application) {
        return new ResourceId("argoproj.io", "Application", application.namespace(), application.name());
    }
}
