package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.cluster.Cluster.Change;
import io.driftless.cluster.Cluster.WatchHandler;
import io.driftless.cluster.ClusterSecret;
import io.driftless.events.ClusterEvent.ClusterDeclared;
import io.driftless.events.Topic;
import io.driftless.stage.Publication;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes the declared clusters from their Secrets, and the control plane's own. Credentials stay where they are.
final class ClusterSecrets implements WatchHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterSecrets.class);

    private final Say say;
    private final Map<String, ClusterDeclared> said;
    private final Runnable changed;
    private final Map<String, ClusterDeclared> secrets = new HashMap<>();
    private final TopicAudit<ClusterDeclared> audit = new TopicAudit<>();

    /// @param changed called after every list, and whenever the set of clusters is another
    ClusterSecrets(Say say, Map<String, ClusterDeclared> said, Runnable changed) {
        this.say = say;
        this.said = said;
        this.changed = changed;
    }

    synchronized ClusterNames names() {
        return new ClusterNames(said.values());
    }

    @Override
    public synchronized void listed(List<JsonNode> objects) {
        secrets.clear();
        objects.forEach(this::put);
        publish();
        changed.run();
    }

    @Override
    public synchronized void changed(Change change, JsonNode secret) {
        switch (change) {
            case ADDED, MODIFIED -> put(secret);
            case DELETED -> secrets.remove(ClusterSecret.of(secret).reference());
        }
        if (publish()) {
            changed.run();
        }
    }

    /// Says again what the topic holds otherwise.
    synchronized void audit(Map<String, ClusterDeclared> held) {
        if (audit.strayed(held, said)) {
            said.clear();
            said.putAll(held);
            publish();
        }
    }

    private void put(JsonNode object) {
        ClusterSecret secret = ClusterSecret.of(object);
        secrets.remove(secret.reference());
        if (secret.server().isEmpty()) {
            LOG.warn("cluster Secret {} names no server: give the key server", secret.reference());
        } else {
            secrets.put(
                    secret.reference(),
                    new ClusterDeclared(secret.server(), secret.name(), secret.reference(), secret.namespaces()));
        }
    }

    private boolean publish() {
        Map<String, ClusterDeclared> wanted = new HashMap<>();
        wanted.put(ClusterNames.OWN.server(), ClusterNames.OWN);
        for (ClusterDeclared declared : secrets.values()) {
            wanted.put(declared.server(), declared);
        }
        boolean any = false;
        for (ClusterDeclared declared : wanted.values()) {
            if (!declared.equals(said.get(declared.server()))) {
                say.say(Publication.of(declared, ""));
                said.put(declared.server(), declared);
                any = true;
            }
        }
        for (String server : List.copyOf(said.keySet())) {
            if (!wanted.containsKey(server)) {
                say.say(Publication.tombstone(Topic.CLUSTERS, server, ""));
                said.remove(server);
                any = true;
            }
        }
        return any;
    }
}
