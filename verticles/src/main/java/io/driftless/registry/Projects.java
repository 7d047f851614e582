package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.driftless.cluster.Cluster.Change;
import io.driftless.cluster.Cluster.WatchHandler;
import io.driftless.project.GlobalProjects;
import io.driftless.project.Project;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The AppProjects of the control plane, with what they inherit from global ones.
final class Projects implements WatchHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Projects.class);

    private final Consumer<Set<String>> changed;
    private final Map<String, JsonNode> objects = new HashMap<>();
    private GlobalProjects globals = GlobalProjects.NONE;
    private Map<String, List<JsonNode>> inForce = new HashMap<>();
    private boolean listed;
    private boolean globalsRead;

    /// @param changed told the names of projects that allow something else now; with none when there may be enough to
    /// begin
    Projects(Consumer<Set<String>> changed) {
        this.changed = changed;
    }

    /// Whether all have been read, and which of them are global.
    synchronized boolean complete() {
        return listed && globalsRead;
    }

    synchronized Optional<Project> get(String name) {
        return Optional.ofNullable(objects.get(name)).map(this::inForce);
    }

    /// The AppProject as it stands.
    synchronized Optional<JsonNode> object(String name) {
        return Optional.ofNullable(objects.get(name));
    }

    /// This AppProject with what it inherits.
    synchronized Project inForce(JsonNode object) {
        return new Project(object, globals.inheritedBy(object, objects.values()));
    }

    /// Those that are being deleted and wait for their Applications.
    synchronized List<JsonNode> leaving() {
        return objects.values().stream().filter(LeavingProjects::leaves).toList();
    }

    @Override
    public void listed(List<JsonNode> list) {
        Set<String> affected;
        synchronized (this) {
            objects.clear();
            list.forEach(object -> objects.put(name(object), object));
            listed = true;
            affected = settle();
        }
        changed.accept(affected);
    }

    @Override
    public void changed(Change change, JsonNode object) {
        Set<String> affected;
        synchronized (this) {
            switch (change) {
                case ADDED, MODIFIED -> objects.put(name(object), object);
                case DELETED -> objects.remove(name(object));
            }
            affected = settle();
        }
        if (!affected.isEmpty() || LeavingProjects.leaves(object)) {
            changed.accept(affected);
        }
    }

    /// `globalProjects` of `argocd-cm` reads so now.
    void global(GlobalProjects now) {
        Set<String> affected;
        synchronized (this) {
            globals = now;
            globalsRead = true;
            affected = settle();
        }
        changed.accept(affected);
    }

    /// They read as nothing that makes sense: those that were known stay.
    void globalUnreadable() {
        synchronized (this) {
            globalsRead = true;
        }
        changed.accept(Set.of());
    }

    @Override
    public void failing(RuntimeException reason, long sinceMillis) {
        LOG.warn("AppProjects cannot be watched: {}", reason.getMessage());
    }

    private Set<String> settle() {
        Map<String, List<JsonNode>> now = new HashMap<>();
        objects.forEach((name, object) -> {
            List<JsonNode> counts = new ArrayList<>(globals.specs(object, objects.values()));
            counts.add(BooleanNode.valueOf(Project.consents(object)));
            now.put(name, counts);
        });
        Set<String> affected = new HashSet<>(now.keySet());
        affected.addAll(inForce.keySet());
        Map<String, List<JsonNode>> before = inForce;
        affected.removeIf(name -> now.containsKey(name) && now.get(name).equals(before.get(name)));
        inForce = now;
        return affected;
    }

    private static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }
}
