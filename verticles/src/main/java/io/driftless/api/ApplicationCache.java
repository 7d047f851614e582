package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.POJONode;
import io.driftless.cluster.Cluster.Change;
import io.driftless.cluster.Cluster.WatchHandler;
import io.driftless.events.ApplicationName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// The Application resources of the control plane, kept by one watch. Listeners are told every change.
public final class ApplicationCache implements WatchHandler {
    private final ApplicationIndex index = new ApplicationIndex();
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final Predicate<ApplicationName> ours;
    private volatile String resourceVersion = "";
    private final CompletableFuture<Void> read = new CompletableFuture<>();

    /// @param ours which Applications are held; a watch may see others
    ApplicationCache(Predicate<ApplicationName> ours) {
        this.ours = ours;
    }

    /// Is told of changes; `application` is the last state, also of a deletion.
    interface Listener {
        void changed(Change change, HeldApplication application);
    }

    /// Of a long list only this is kept.
    @Override
    public JsonNode kept(JsonNode object) {
        return JsonNodeFactory.instance.pojoNode(HeldApplication.of(object));
    }

    private static HeldApplication held(JsonNode object) {
        return object instanceof POJONode kept && kept.getPojo() instanceof HeldApplication application
                ? application
                : HeldApplication.of(object);
    }

    @Override
    public void listed(List<JsonNode> objects) {
        Set<String> present = new HashSet<>();
        for (JsonNode object : objects) {
            HeldApplication application = held(object);
            if (ours.test(application.name())) {
                present.add(application.key());
                put(application);
            }
        }
        for (String key : List.copyOf(index.keys())) {
            if (!present.contains(key)) {
                remove(key);
            }
        }
        read.complete(null);
    }

    @Override
    public void changed(Change change, JsonNode object) {
        switch (change) {
            case ADDED, MODIFIED -> {
                if (ours.test(nameOf(object))) {
                    put(held(object));
                }
            }
            case DELETED -> remove(nameOf(object).toString());
        }
    }

    /// Whether the first list has come in.
    boolean complete() {
        return read.isDone();
    }

    /// Done once the first list has come in.
    CompletableFuture<Void> read() {
        return read;
    }

    /// resourceVersion of the newest change.
    String resourceVersion() {
        return resourceVersion;
    }

    Optional<HeldApplication> get(ApplicationName name) {
        return Optional.ofNullable(index.get(name.toString()));
    }

    ApplicationIndex index() {
        return index;
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

    private void put(HeldApplication application) {
        String version = application.facts().resourceVersion();
        resourceVersion = version.isEmpty() ? resourceVersion : version;
        HeldApplication before = index.put(application);
        if (!application.sameAs(before)) {
            tell(before == null ? Change.ADDED : Change.MODIFIED, application);
        }
    }

    /// Tells the listeners of an Application again, because something beside the resource has changed.
    void touch(String key) {
        HeldApplication application = index.get(key);
        if (application != null && !listeners.isEmpty()) {
            tell(Change.MODIFIED, application);
        }
    }

    private void remove(String key) {
        HeldApplication last = index.remove(key);
        if (last != null) {
            tell(Change.DELETED, last);
        }
    }

    private void tell(Change change, HeldApplication application) {
        listeners.forEach(listener -> listener.changed(change, application));
    }
}
