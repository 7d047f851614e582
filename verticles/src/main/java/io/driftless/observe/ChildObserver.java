package io.driftless.observe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ApiException;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Cluster.Change;
import io.driftless.cluster.Cluster.ServedKind;
import io.driftless.cluster.Cluster.Watch;
import io.driftless.cluster.Cluster.WatchHandler;
import io.driftless.cluster.Cluster.WatchRequest;
import io.driftless.events.GroupKind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches what lies below the resources that applications deployed on one cluster. A kind that is
/// not served or may not be listed is passed over: nothing is decided from these watches.
final class ChildObserver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChildObserver.class);
    /// What a server says of a kind that is not there or may not be listed.
    private static final Set<Integer> CLOSED = Set.of(401, 403, 404, 405);

    private final ChildTopic.Cluster topic;
    private final ChildIndex index;
    private final Map<GroupKind, Watch> watches = new TreeMap<>();
    private final Set<GroupKind> listed = ConcurrentHashMap.newKeySet();
    private volatile boolean rootsComplete;

    ChildObserver(String server, ChildTopic children) {
        this.topic = children.of(server);
        this.index = new ChildIndex(server, topic);
    }

    ChildIndex index() {
        return index;
    }

    /// Opens a watch for each kind that may lie below these and has none.
    void open(Cluster cluster, Set<GroupKind> above) {
        for (GroupKind kind : ChildKinds.below(above)) {
            if (!watches.containsKey(kind)
                    && cluster.kind(kind).filter(ServedKind::watchable).isPresent()) {
                watches.put(kind, cluster.watch(new WatchRequest(kind, "", "", ""), handler(kind)));
            }
        }
    }

    /// All that applications deployed has been seen.
    void rootsComplete() {
        rootsComplete = true;
        completeWhenAllAreListed();
    }

    void audit() {
        topic.audit();
    }

    private void completeWhenAllAreListed() {
        if (rootsComplete && listed.containsAll(watches.keySet())) {
            topic.complete();
        }
    }

    private WatchHandler handler(GroupKind kind) {
        return new WatchHandler() {
            @Override
            public JsonNode kept(JsonNode object) {
                return slim(object);
            }

            @Override
            public void listed(List<JsonNode> objects) {
                Set<String> gone = new HashSet<>(index.ofKind(kind));
                for (JsonNode object : objects) {
                    gone.remove(uid(object));
                    seen(object);
                }
                gone.forEach(index::remove);
                listed.add(kind);
                completeWhenAllAreListed();
            }

            @Override
            public void changed(Change change, JsonNode object) {
                switch (change) {
                    case ADDED, MODIFIED -> seen(object);
                    case DELETED -> index.remove(uid(object));
                }
            }

            @Override
            public void failing(RuntimeException reason, long sinceMillis) {
                boolean closed = reason instanceof ApiException refusal && CLOSED.contains(refusal.code());
                if (closed && listed.add(kind)) {
                    LOG.warn("{} are not shown below what owns them: {}", kind, reason.getMessage());
                    completeWhenAllAreListed();
                }
            }
        };
    }

    private void seen(JsonNode object) {
        boolean claim = object.path("kind").asText().equals("PersistentVolumeClaim");
        boolean owned = !object.path("metadata").path("ownerReferences").isEmpty();
        if (!uid(object).isEmpty() && (owned || claim)) {
            index.put(Child.of(object));
        } else {
            index.remove(uid(object));
        }
    }

    private static void slimContainer(JsonNode container) {
        if (container instanceof ObjectNode node) {
            node.retain("name", "image");
        }
    }

    private static String uid(JsonNode object) {
        return object.path("metadata").path("uid").asText("");
    }

    /// While a list comes in, all its objects are in memory: what nobody looks at is left out.
    private static JsonNode slim(JsonNode object) {
        if (object instanceof ObjectNode node) {
            node.remove("data");
            node.remove("endpoints");
            if (node.path("metadata") instanceof ObjectNode metadata) {
                metadata.remove("managedFields");
            }
            for (String list : new String[] {"containers", "initContainers"}) {
                if (node.path("spec").path(list) instanceof ArrayNode containers) {
                    containers.forEach(ChildObserver::slimContainer);
                }
            }
            if (node.path("spec") instanceof ObjectNode spec) {
                spec.remove(List.of("volumes", "template", "affinity", "tolerations"));
            }
        }
        return object;
    }

    @Override
    public void close() {
        watches.values().forEach(Watch::close);
        watches.clear();
    }
}
