package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.cluster.Cluster.Change;
import io.driftless.cluster.Cluster.WatchHandler;
import io.driftless.settings.NamespacePatterns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which projects Applications outside the control plane's namespace may use: those that name their namespace in
/// `spec.sourceNamespaces`.
final class SourceNamespaces implements WatchHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SourceNamespaces.class);
    private final Map<String, NamespacePatterns> byProject = new ConcurrentHashMap<>();
    private final Runnable changed;

    /// @param changed called when another project may be used, or one no more
    SourceNamespaces(Runnable changed) {
        this.changed = changed;
    }

    @Override
    public void listed(List<JsonNode> projects) {
        Map<String, NamespacePatterns> now = new ConcurrentHashMap<>();
        projects.forEach(project -> now.put(name(project), patterns(project)));
        byProject.keySet().retainAll(now.keySet());
        byProject.putAll(now);
        changed.run();
    }

    @Override
    public void changed(Change change, JsonNode project) {
        NamespacePatterns before = byProject.get(name(project));
        if (change == Change.DELETED) {
            byProject.remove(name(project));
        } else {
            byProject.put(name(project), patterns(project));
        }
        NamespacePatterns after = byProject.get(name(project));
        if (!String.valueOf(before).equals(String.valueOf(after))) {
            changed.run();
        }
    }

    private static String name(JsonNode project) {
        return project.path("metadata").path("name").asText();
    }

    private static NamespacePatterns patterns(JsonNode project) {
        List<String> patterns = new ArrayList<>();
        project.path("spec").path("sourceNamespaces").forEach(pattern -> patterns.add(pattern.asText()));
        try {
            return NamespacePatterns.of(patterns);
        } catch (IllegalArgumentException e) {
            LOG.warn("project {} lets no other namespaces in: {}", name(project), e.getMessage());
            return NamespacePatterns.NONE;
        }
    }

    boolean permits(String project, String namespace) {
        return byProject.getOrDefault(project, NamespacePatterns.NONE).matches(namespace);
    }
}
