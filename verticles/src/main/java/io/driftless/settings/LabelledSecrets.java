package io.driftless.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Cluster.Change;
import io.driftless.cluster.Cluster.Watch;
import io.driftless.cluster.Cluster.WatchHandler;
import io.driftless.cluster.Cluster.WatchRequest;
import io.driftless.events.GroupKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/// The Secrets of the namespace that declare repositories, credentials and clusters, kept by one watch.
public final class LabelledSecrets implements WatchHandler, AutoCloseable {
    /// The label by which they are told from other Secrets.
    public static final String TYPE = "argocd.argoproj.io/secret-type";

    private final ConcurrentSkipListMap<String, JsonNode> secrets = new ConcurrentSkipListMap<>();
    private final Watch watch;

    public LabelledSecrets(Cluster cluster, String namespace) {
        watch = cluster.watch(new WatchRequest(new GroupKind("", "Secret"), namespace, "", TYPE), this);
    }

    /// Secrets of a type such as `repository`, by name.
    public List<JsonNode> ofType(String type) {
        return secrets.values().stream()
                .filter(secret -> type(secret).equals(type))
                .toList();
    }

    public static String type(JsonNode secret) {
        return secret.path("metadata").path("labels").path(TYPE).asText();
    }

    @Override
    public void listed(List<JsonNode> objects) {
        Set<String> present = new HashSet<>();
        for (JsonNode object : objects) {
            present.add(name(object));
            see(object);
        }
        secrets.keySet().retainAll(present);
    }

    @Override
    public void changed(Change change, JsonNode object) {
        if (change == Change.DELETED || type(object).isEmpty()) {
            secrets.remove(name(object));
        } else {
            see(object);
        }
    }

    /// Takes in a Secret as it is now; also called for what this process wrote itself.
    public void see(JsonNode secret) {
        secrets.put(name(secret), secret);
    }

    public void forget(String name) {
        secrets.remove(name);
    }

    private static String name(JsonNode secret) {
        return secret.path("metadata").path("name").asText();
    }

    @Override
    public void close() {
        watch.close();
    }
}
