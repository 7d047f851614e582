package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.cluster.Cluster.Change;
import io.driftless.cluster.Cluster.WatchHandler;
import io.driftless.objects.yaml.InvalidYaml;
import io.driftless.project.GlobalProjects;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows `globalProjects` of `argocd-cm`. Where it cannot be read, what it said last stays in force.
final class GlobalProjectSettings implements WatchHandler {
    static final String CONFIG_MAP = "argocd-cm";
    private static final Logger LOG = LoggerFactory.getLogger(GlobalProjectSettings.class);
    private static final String KEY = "globalProjects";

    private final Projects projects;
    private String last = "";

    GlobalProjectSettings(Projects projects) {
        this.projects = projects;
    }

    @Override
    public void listed(List<JsonNode> objects) {
        String text = objects.isEmpty() ? "" : text(objects.getFirst());
        last = text;
        read(text);
    }

    @Override
    public void changed(Change change, JsonNode object) {
        String text = change == Change.DELETED ? "" : text(object);
        if (!text.equals(last)) {
            last = text;
            read(text);
        }
    }

    @Override
    public void failing(RuntimeException reason, long sinceMillis) {
        LOG.warn("{} cannot be watched: {}", CONFIG_MAP, reason.getMessage());
    }

    private static String text(JsonNode configMap) {
        return configMap.path("data").path(KEY).asText("");
    }

    private void read(String text) {
        try {
            projects.global(GlobalProjects.parse(text));
        } catch (InvalidYaml e) {
            LOG.warn("{} of {} cannot be read and is left as it was: {}", KEY, CONFIG_MAP, e.getMessage());
            projects.globalUnreadable();
        }
    }
}
