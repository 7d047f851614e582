package io.driftless.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster;
import io.driftless.settings.NamedObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Sessions that were ended before their time, in the ConfigMap `driftless-revoked-tokens`: an id
/// and when the token would have ended by itself. Every process sees it within a moment, and it
/// outlives all of them.
public final class Revocations implements AutoCloseable {
    private final NamedObject object;

    public Revocations(Cluster cluster, String namespace) {
        object = new NamedObject(cluster, "ConfigMap", namespace, "driftless-revoked-tokens", () -> {});
    }

    boolean contains(String id) {
        return !id.isEmpty() && object.get().path("data").has(id);
    }

    void add(String id, Instant until, Instant now) {
        object.change(map -> {
            ObjectNode data = map.withObjectProperty("data");
            List<String> over = new ArrayList<>();
            data.properties().forEach(entry -> {
                if (ended(entry.getValue(), now)) {
                    over.add(entry.getKey());
                }
            });
            data.remove(over);
            data.put(id, Long.toString(until.getEpochSecond()));
            return map;
        });
    }

    private static boolean ended(JsonNode until, Instant now) {
        return until.asLong() < now.getEpochSecond() - 120;
    }

    @Override
    public void close() {
        object.close();
    }
}
