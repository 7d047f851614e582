package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Cluster.Change;
import io.driftless.cluster.Cluster.WatchHandler;
import io.driftless.events.ApplicationEvent;
import io.driftless.events.ApplicationEvent.ApplicationRejected;
import io.driftless.events.ApplicationName;
import io.driftless.events.CommandEvent.RefreshRequested;
import io.driftless.events.ResourceId;
import io.driftless.events.Topic;
import io.driftless.project.Project;
import io.driftless.stage.Publication;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes the Applications of the namespaces that are read: what changed in them apart from their status, and that
/// they are gone. Requests written on an Application become commands and are taken off it.
final class Applications implements WatchHandler {
    static final String RESOURCES_FINALIZER = "resources-finalizer.argocd.argoproj.io";
    private static final Logger LOG = LoggerFactory.getLogger(Applications.class);

    private final Predicate<String> ours;
    private final Say say;
    private final Map<String, ApplicationEvent> said;
    private final Surroundings around;
    /// What rules are read anew from when a project changes: Applications without status.
    private final Map<ApplicationName, JsonNode> objects = new HashMap<>();
    private final Ancestry ancestry;
    private boolean listed;
    private final ApplicationWrites writes;

    /// @param ours whether a namespace is read; Applications of others are passed over
    Applications(
            Predicate<String> ours,
            Cluster cluster,
            Say say,
            Map<String, ApplicationEvent> said,
            Surroundings around,
            InstantSource clock) {
        this.ours = ours;
        this.say = say;
        this.said = said;
        this.around = around;
        this.writes = new ApplicationWrites(cluster, say, clock);
        this.ancestry = new Ancestry(around.home());
    }

    /// What Applications are read against, as it is now.
    interface Surroundings {
        /// The control plane's namespace.
        String home();

        ClusterNames clusters();

        ProjectBinding projects();

        /// An Application has left its project. Must not block.
        void left();
    }

    @Override
    public synchronized void listed(List<JsonNode> objects) {
        Set<String> present = new HashSet<>();
        listed = true;
        List<JsonNode> read = objects.stream().filter(this::isOurs).toList();
        for (JsonNode object : read) {
            present.add(ApplicationReader.name(object).toString());
            ancestry.put(ApplicationReader.name(object), object);
        }
        List<ApplicationName> left = this.objects.keySet().stream()
                .filter(name -> !present.contains(name.toString()))
                .toList();
        left.forEach(this.objects::remove);
        left.forEach(ancestry::remove);
        read.forEach(this::declared);
        Map.copyOf(said).keySet().stream().filter(key -> !present.contains(key)).forEach(this::gone);
    }

    @Override
    public synchronized void changed(Change change, JsonNode object) {
        if (!isOurs(object)) {
            return;
        }
        switch (change) {
            case ADDED, MODIFIED -> {
                boolean moved = ancestry.put(ApplicationReader.name(object), object);
                declared(object);
                if (moved) {
                    readBelow(ApplicationReader.name(object));
                }
            }
            case DELETED -> {
                ApplicationName name = ApplicationReader.name(object);
                boolean moved = ancestry.remove(name);
                objects.remove(name);
                gone(name.toString());
                if (moved) {
                    readBelow(name);
                }
                around.left();
            }
        }
    }

    /// Another one deploys it than before, or none: that concerns those it deploys, too.
    private void readBelow(ApplicationName name) {
        for (ApplicationName child : ancestry.below(name)) {
            JsonNode object = objects.get(child);
            if (object != null && !child.equals(name)) {
                publish(object);
            }
        }
    }

    private ApplicationEvent read(JsonNode object) {
        return ApplicationReader.read(
                object, around.clusters(), around.projects(), ancestry.conditions(ApplicationReader.name(object)));
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
        ApplicationEvent event = read(object);
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
            writes.letGo(object, rejected);
        }
        if (before != null && Requests.onlyMarked(before, object)) {
            say.say(Publication.of(new RefreshRequested(event.application(), "metadata", false), ""));
        }
        Requests.read(object, this::refusal)
                .ifPresentOrElse(
                        carried -> writes.take(object, carried), () -> writes.nothingCarried(event.application()));
    }

    private String refusal(JsonNode object) {
        return read(object) instanceof ApplicationRejected rejected
                ? rejected.conditions().getFirst().message()
                : "";
    }

    private void gone(String key) {
        if (said.remove(key) != null) {
            say.say(Publication.tombstone(Topic.APPLICATIONS, key, ""));
        }
        writes.nothingCarried(ApplicationName.parse(key));
    }

    static boolean ours(String finalizer) {
        return finalizer.equals(RESOURCES_FINALIZER) || finalizer.startsWith(RESOURCES_FINALIZER + '/');
    }

    static ResourceId resource(ApplicationName application) {
        return new ResourceId("argoproj.io", "Application", application.namespace(), application.name());
    }
}
