package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.http.HttpFailure;
import io.driftless.objects.yaml.GoYaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `globalProjects` of `argocd-cm`: projects that others take rules over from, chosen by labels.
final class GlobalProjects {
    private static final Logger LOG = LoggerFactory.getLogger(GlobalProjects.class);
    private final ConfigMaps maps;
    private final ProjectCache projects;

    GlobalProjects(ConfigMaps maps, ProjectCache projects) {
        this.maps = maps;
        this.projects = projects;
    }

    /// The global projects of a project. Blocks.
    List<JsonNode> of(JsonNode project) {
        String text = maps.data("argocd-cm").getOrDefault("globalProjects", "");
        List<JsonNode> found = new ArrayList<>();
        if (text.isBlank()) {
            return found;
        }
        JsonNode labels = project.path("metadata").path("labels");
        try {
            for (JsonNode entry : GoYaml.readOne("globalProjects of argocd-cm", text)) {
                String name = entry.path("projectName").asText("");
                if (!name.equals(ProjectMethods.name(project)) && matches(entry.path("labelSelector"), labels)) {
                    projects.get(name).map(ProjectMethods::clean).ifPresent(found::add);
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("{}: no project is global", e.getMessage());
        }
        return found;
    }

    private static boolean matches(JsonNode selector, JsonNode labels) {
        for (Map.Entry<String, JsonNode> wanted : selector.path("matchLabels").properties()) {
            if (!labels.path(wanted.getKey())
                    .asText("")
                    .equals(wanted.getValue().asText())) {
                return false;
            }
        }
        for (JsonNode rule : selector.path("matchExpressions")) {
            String key = rule.path("key").asText("");
            boolean listed = false;
            for (JsonNode value : rule.path("values")) {
                listed |= labels.has(key)
                        && value.asText().equals(labels.path(key).asText());
            }
            boolean holds = switch (rule.path("operator").asText("")) {
                case "In" -> listed;
                case "NotIn" -> !listed;
                case "Exists" -> labels.has(key);
                case "DoesNotExist" -> !labels.has(key);
                default ->
                    throw HttpFailure.invalid("operator of globalProjects must be In, NotIn, Exists or DoesNotExist");
            };
            if (!holds) {
                return false;
            }
        }
        return true;
    }
}
