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
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes the declared clusters from their Secrets, and the control plane's own. Credentials stay where they are.
final class ClusterSecrets implements WatchHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterSecrets.class);

    private final Say say;
    private final Map<String, ClusterDeclared> said;
    private final Runnable changed;
    private final Map<String, JsonNode> secrets = new HashMap<>();
    private Set<String> conflicts = Set.of();
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

    /// One that says nothing useful hinders no other.
    private void put(JsonNode object) {
        ClusterSecret secret = ClusterSecret.of(object);
        try {
            declared(secret);
            secrets.put(secret.reference(), object);
        } catch (IllegalArgumentException e) {
            secrets.remove(secret.reference());
            LOG.warn(
                    "cluster Secret {} declares nothing ({}): give the key server, such as https://10.0.0.1:6443",
                    secret.reference(),
                    e.getMessage());
        }
    }

    private static ClusterDeclared declared(ClusterSecret secret) {
        return new ClusterDeclared(secret.server(), secret.name(), secret.reference(), secret.namespaces());
    }

    private Map<String, ClusterDeclared> wanted() {
        Map<String, ClusterDeclared> wanted = new HashMap<>();
        Set<String> found = new TreeSet<>();
        for (ClusterSecret secret : ClusterSecret.inOrder(secrets.values())) {
            ClusterDeclared declared = declared(secret);
            ClusterDeclared first = wanted.putIfAbsent(declared.server(), declared);
            if (first != null) {
                found.add("cluster Secrets " + first.secret() + " and " + declared.secret() + " both declare "
                        + declared.server() + ": " + first.secret() + " counts, delete the other");
            }
        }
        found.stream().filter(conflict -> !conflicts.contains(conflict)).forEach(LOG::warn);
        conflicts = found;
        wanted.putIfAbsent(ClusterNames.OWN.server(), ClusterNames.OWN);
        return wanted;
    }

    /// Servers that several Secrets declare, and which of them counts.
    synchronized Set<String> conflicts() {
        return conflicts;
    }

    private boolean publish() {
        Map<String, ClusterDeclared> wanted = wanted();
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
