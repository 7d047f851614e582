package io.driftless.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Cluster.Change;
import io.driftless.cluster.Cluster.Watch;
import io.driftless.cluster.Cluster.WatchHandler;
import io.driftless.cluster.Cluster.WatchRequest;
import io.driftless.events.GroupKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Every value that the ConfigMaps of the cluster ever had, in order, as a watch of the cluster tells.
final class Sightings implements WatchHandler, AutoCloseable {
    private final Map<String, List<Integer>> values = new ConcurrentHashMap<>();
    private final Watch watch;

    Sightings(Cluster cluster) {
        this.watch = cluster.watch(new WatchRequest(new GroupKind("", "ConfigMap"), "", "", ""), this);
    }

    @Override
    public void listed(List<JsonNode> objects) {
        objects.forEach(object -> changed(Change.ADDED, object));
    }

    @Override
    public void changed(Change change, JsonNode object) {
        String value = object.at("/data/value").asText();
        if (change != Change.DELETED && value.matches("\\d+")) {
            values.computeIfAbsent(object.at("/metadata/namespace").asText(), key -> new ArrayList<>())
                    .add(Integer.valueOf(value));
        }
    }

    /// One entry for each write, by namespace.
    Map<String, List<Integer>> values() {
        return values;
    }

    @Override
    public void close() {
        watch.close();
    }
}
