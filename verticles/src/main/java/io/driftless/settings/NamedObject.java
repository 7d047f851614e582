package io.driftless.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ApiException;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Cluster.Change;
import io.driftless.cluster.Cluster.Watch;
import io.driftless.cluster.Cluster.WatchHandler;
import io.driftless.cluster.Cluster.WatchRequest;
import io.driftless.events.GroupKind;
import io.driftless.events.ResourceId;
import java.util.List;
import java.util.function.UnaryOperator;

/// One ConfigMap or Secret, followed by a watch and changed by read and compare.
public final class NamedObject implements WatchHandler, AutoCloseable {
    private static final String MANAGER = "driftless-api";
    private static final int ATTEMPTS = 8;
    private final Cluster cluster;
    private final ResourceId id;
    private final Runnable changed;
    private final Watch watch;
    private volatile JsonNode object = MissingNode.getInstance();

    /// Reads the object at once, so that no decision is made on nothing, then follows it.
    ///
    /// @param kind `ConfigMap` or `Secret`
    /// @param changed called whenever it is another
    public NamedObject(Cluster cluster, String kind, String namespace, String name, Runnable changed) {
        this.cluster = cluster;
        this.id = new ResourceId("", kind, namespace, name);
        this.changed = changed;
        cluster.get(id, null).ifPresent(found -> object = found);
        this.watch = cluster.watch(WatchRequest.named(new GroupKind("", kind), namespace, name), this);
    }

    /// The object; a missing node when there is none.
    public JsonNode get() {
        return object;
    }

    /// Changes the object, or creates it. `edit` may be called several times; returning what it was given changes
    /// nothing. The change is seen by [#get()] when this returns.
    public void change(UnaryOperator<ObjectNode> edit) {
        for (int attempt = 1; ; attempt++) {
            JsonNode current = cluster.get(id, null).orElse(MissingNode.getInstance());
            ObjectNode before = current instanceof ObjectNode present ? present : empty();
            ObjectNode after = edit.apply(before.deepCopy());
            if (after.equals(before)) {
                see(current);
                return;
            }
            try {
                see(current.isMissingNode() ? cluster.create(after, MANAGER, false) : cluster.replace(after, MANAGER));
                return;
            } catch (ApiException e) {
                if (e.code() != 409 || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private ObjectNode empty() {
        ObjectNode node = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        node.put("apiVersion", "v1").put("kind", id.kind());
        node.putObject("metadata")
                .put("name", id.name())
                .put("namespace", id.namespace())
                .putObject("labels")
                .put("app.kubernetes.io/part-of", "argocd")
                .put("app.kubernetes.io/name", id.name());
        return node;
    }

    @Override
    public void listed(List<JsonNode> objects) {
        see(objects.isEmpty() ? MissingNode.getInstance() : objects.getFirst());
    }

    @Override
    public void changed(Change change, JsonNode now) {
        if (change == Change.DELETED) {
            see(MissingNode.getInstance());
        } else if (version(now) >= version(object)) {
            // What this process wrote itself is known before the watch tells.
            see(now);
        }
    }

    private void see(JsonNode now) {
        object = now;
        changed.run();
    }

    private static long version(JsonNode object) {
        String text = object.path("metadata").path("resourceVersion").asText("");
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    @Override
    public void close() {
        watch.close();
    }
}
