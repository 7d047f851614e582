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
import io.driftless.events.ApplicationEvent.ApplicationRejected;
import io.driftless.events.ApplicationName;
import io.driftless.events.CommandEvent.RefreshRequested;
import io.driftless.events.ResourceId;
import io.driftless.events.Topic;
import io.driftless.project.Project;
import io.driftless.stage.Publication;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes the Applications of the namespaces that are read: what changed in them apart from their status, and that
/// they are gone. Requests written on an Application become commands and are taken off it.
final class Applications implements WatchHandler {
    static final String RESOURCES_FINALIZER = "resources-finalizer.argocd.argoproj.io";
    private static final Logger LOG = LoggerFactory.getLogger(Applications.class);

    private final Predicate<String> ours;
    private final Cluster cluster;
    private final Say say;
    private final Map<String, ApplicationEvent> said;
    private final Surroundings around;
    private final InstantSource clock;
    /// What rules are read anew from when a project changes: Applications without status.
    private final Map<ApplicationName, JsonNode> objects = new HashMap<>();
    private boolean listed;
    private final Map<ApplicationName, String> taken = new ConcurrentHashMap<>();

    /// @param ours whether a namespace is read; Applications of others are passed over
    Applications(
            Predicate<String> ours,
            Cluster cluster,
            Say say,
            Map<String, ApplicationEvent> said,
            Surroundings around,
            InstantSource clock) {
        this.ours = ours;
        this.cluster = cluster;
        this.say = say;
        this.said = said;
        this.around = around;
        this.clock = clock;
    }

    /// What Applications are read against, as it is now.
    interface Surroundings {
        ClusterNames clusters();

        ProjectBinding projects();

        /// An Application has left its project. Must not block.
        void left();
    }

    @Override
    public synchronized void listed(List<JsonNode> objects) {
        Set<String> present = new HashSet<>();
        listed = true;
        for (JsonNode object : objects) {
            if (isOurs(object)) {
                present.add(ApplicationReader.name(object).toString());
                declared(object);
            }
        }
        this.objects.keySet().removeIf(name -> !present.contains(name.toString()));
        Map.copyOf(said).keySet().stream().filter(key -> !present.contains(key)).forEach(this::gone);
    }

    @Override
    public synchronized void changed(Change change, JsonNode object) {
        if (!isOurs(object)) {
            return;
        }
        switch (change) {
            case ADDED, MODIFIED -> declared(object);
            case DELETED -> {
                objects.remove(ApplicationReader.name(object));
                gone(ApplicationReader.name(object).toString());
                around.left();
            }
        }
    }

    private boolean isOurs(JsonNode object) {
        return ours.test(ApplicationReader.name(object).namespace());
    }

    /// Reads those of these projects again.
    synchronized void projectsChanged(Set<String> projects) {
        objects.values().stream()
                .filter(object -> projects.contains(project(object)))
                .forEach(this::publish);
    }

    /// Whether one of these belongs to the project, or may: before they were listed nobody knows.
    synchronized boolean use(String project) {
        return !listed
                || objects.values().stream().anyMatch(object -> project(object).equals(project));
    }

    private static String project(JsonNode object) {
        String project = object.path("spec").path("project").asText("");
        return project.isEmpty() ? Project.DEFAULT : project;
    }

    @Override
    public void failing(RuntimeException reason, long sinceMillis) {
        LOG.warn("Applications cannot be watched: {}", reason.getMessage());
    }

    private ApplicationEvent publish(JsonNode object) {
        ApplicationEvent event = ApplicationReader.read(object, around.clusters(), around.projects());
        ApplicationEvent before = said.get(event.key());
        if (before == null || !ApplicationReader.same(event, before)) {
            ApplicationEvent news = before == null ? event : ApplicationReader.numberedAs(event, before);
            say.say(Publication.of(news, ""));
            said.put(news.key(), news);
        }
        return event;
    }

    private static JsonNode withoutStatus(JsonNode object) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        kept.set("spec", object.path("spec"));
        ObjectNode metadata = kept.putObject("metadata");
        object.path("metadata").properties().stream()
                .filter(field -> !field.getKey().equals("managedFields"))
                .forEach(field -> metadata.set(field.getKey(), field.getValue()));
        return kept;
    }

    private void declared(JsonNode object) {
        JsonNode before = objects.put(ApplicationReader.name(object), withoutStatus(object));
        if (before != null && !project(before).equals(project(object))) {
            around.left();
        }
        ApplicationEvent event = publish(object);
        if (event instanceof ApplicationRejected rejected) {
            letGo(object, rejected);
        }
        if (before != null && Requests.onlyMarked(before, object)) {
            say.say(Publication.of(new RefreshRequested(event.application(), "metadata", false), ""));
        }
        Requests.read(object, this::refusal)
                .ifPresentOrElse(carried -> take(object, carried), () -> taken.remove(event.application()));
    }

    private String refusal(JsonNode object) {
        return ApplicationReader.read(object, around.clusters(), around.projects())
                        instanceof ApplicationRejected rejected
                ? rejected.conditions().getFirst().message()
                : "";
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
