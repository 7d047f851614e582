package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster.Change;
import io.driftless.cluster.Cluster.WatchHandler;
import io.driftless.events.ApplicationName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// The Application resources of the control plane, kept by one watch. Listeners are told every change.
public final class ApplicationCache implements WatchHandler {
    private final ConcurrentSkipListMap<ApplicationName, ObjectNode> applications = new ConcurrentSkipListMap<>();
    /// The same, for those who look at one project among many.
    private final Map<String, NavigableMap<ApplicationName, ObjectNode>> byProject = new ConcurrentHashMap<>();
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private volatile String resourceVersion = "";
    private volatile boolean complete;

    /// Is told of changes; `application` is the last state, also of a deletion.
    interface Listener {
        void changed(Change change, ObjectNode application);
    }

    @Override
    public void listed(List<JsonNode> objects) {
        Set<ApplicationName> present = new HashSet<>();
        for (JsonNode object : objects) {
            present.add(nameOf(object));
            put(object);
        }
        for (ApplicationName name : List.copyOf(applications.keySet())) {
            if (!present.contains(name)) {
                remove(name);
            }
        }
        complete = true;
    }

    @Override
    public void changed(Change change, JsonNode object) {
        switch (change) {
            case ADDED, MODIFIED -> put(object);
            case DELETED -> remove(nameOf(object));
        }
    }

    /// Whether the first list has come in.
    boolean complete() {
        return complete;
    }

    /// resourceVersion of the newest change.
    String resourceVersion() {
        return resourceVersion;
    }

    Optional<ObjectNode> get(ApplicationName name) {
        return Optional.ofNullable(applications.get(name));
    }

    List<ObjectNode> all() {
        return new ArrayList<>(applications.values());
    }

    /// Those of some projects, in no order but that within a project.
    List<ObjectNode> ofProjects(Collection<String> projects) {
        List<ObjectNode> found = new ArrayList<>();
        for (String project : projects) {
            NavigableMap<ApplicationName, ObjectNode> inside = byProject.get(project);
            if (inside != null) {
                found.addAll(inside.values());
            }
        }
        return found;
    }

    void listen(Listener listener) {
        listeners.add(listener);
    }

    void forget(Listener listener) {
        listeners.remove(listener);
    }

    static ApplicationName nameOf(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return new ApplicationName(
                metadata.path("namespace").asText(), metadata.path("name").asText());
    }

    private void put(JsonNode object) {
        if (!(object.deepCopy() instanceof ObjectNode application)) {
            return;
        }
        if (application.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        resourceVersion = application.path("metadata").path("resourceVersion").asText(resourceVersion);
        ApplicationName name = nameOf(application);
        ObjectNode before = applications.put(name, application);
        String project = ApplicationAccess.project(application);
        if (before != null && !ApplicationAccess.project(before).equals(project)) {
            leave(ApplicationAccess.project(before), name);
        }
        byProject.computeIfAbsent(project, key -> new ConcurrentSkipListMap<>()).put(name, application);
        if (!application.equals(before)) {
            tell(before == null ? Change.ADDED : Change.MODIFIED, application);
        }
    }

    /// Tells the listeners of an Application again, because something beside the resource has changed.
    void touch(String name) {
        int slash = name.indexOf('/');
        if (slash > 0) {
            get(new ApplicationName(name.substring(0, slash), name.substring(slash + 1)))
                    .ifPresent(application -> tell(Change.MODIFIED, application));
        }
    }

    private void remove(ApplicationName name) {
        ObjectNode last = applications.remove(name);
        if (last != null) {
            leave(ApplicationAccess.project(last), name);
            tell(Change.DELETED, last);
        }
    }

    private void leave(String project, ApplicationName name) {
        byProject.computeIfPresent(project, (key, inside) -> {
            inside.remove(name);
            return inside.isEmpty() ? null : inside;
        });
    }

    private void tell(Change change, ObjectNode application) {
        listeners.forEach(listener -> listener.changed(change, application));
    }
}
