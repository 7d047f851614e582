package io.driftless.project;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.objects.yaml.GoYaml;
import io.driftless.objects.yaml.InvalidYaml;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// `globalProjects` of `argocd-cm`: entries with a `labelSelector` and the name of the project whose entries count for
/// all projects with these labels.
public final class GlobalProjects {
    public static final GlobalProjects NONE = new GlobalProjects(List.of());

    private final List<JsonNode> entries;

    /// @param entries the list as it stands there
    public GlobalProjects(Collection<JsonNode> entries) {
        this.entries = List.copyOf(entries);
    }

    /// @param text the value of `globalProjects`
    /// @throws InvalidYaml where it cannot be read
    public static GlobalProjects parse(String text) {
        List<JsonNode> entries = new ArrayList<>();
        if (!text.isBlank()) {
            GoYaml.readOne("globalProjects", text).forEach(entries::add);
        }
        return new GlobalProjects(entries);
    }

    /// The global projects from which `project` inherits.
    ///
    /// @param all every project there is
    public List<JsonNode> inheritedBy(JsonNode project, Collection<JsonNode> all) {
        List<JsonNode> inherited = new ArrayList<>();
        for (JsonNode entry : entries) {
            String name = entry.path("projectName").asText("");
            boolean itself = name.equals(name(project));
            if (!itself
                    && selects(
                            entry.path("labelSelector"),
                            project.path("metadata").path("labels"))) {
                all.stream().filter(other -> name(other).equals(name)).forEach(inherited::add);
            }
        }
        return inherited;
    }

    /// The specs that make up what `project` allows, its own first.
    public List<JsonNode> specs(JsonNode project, Collection<JsonNode> all) {
        List<JsonNode> specs = new ArrayList<>(List.of(project.path("spec")));
        inheritedBy(project, all).forEach(global -> specs.add(global.path("spec")));
        return specs;
    }

    private static boolean selects(JsonNode selector, JsonNode labels) {
        for (Map.Entry<String, JsonNode> wanted : selector.path("matchLabels").properties()) {
            if (!labels.has(wanted.getKey())
                    || !labels.path(wanted.getKey())
                            .asText()
                            .equals(wanted.getValue().asText())) {
                return false;
            }
        }
        for (JsonNode expression : selector.path("matchExpressions")) {
            if (!holds(expression, labels)) {
                return false;
            }
        }
        // A selector without any term is one that nobody wrote: Argo CD takes it for none.
        return !selector.path("matchLabels").isEmpty()
                || !selector.path("matchExpressions").isEmpty();
    }

    private static boolean holds(JsonNode expression, JsonNode labels) {
        String key = expression.path("key").asText("");
        String value = labels.path(key).asText("");
        boolean listed = Project.texts(expression.path("values")).contains(value);
        return switch (expression.path("operator").asText("")) {
            case "In" -> labels.has(key) && listed;
            case "NotIn" -> !labels.has(key) || !listed;
            case "Exists" -> labels.has(key);
            case "DoesNotExist" -> !labels.has(key);
            default -> false;
        };
    }

    private static String name(JsonNode project) {
        return project.path("metadata").path("name").asText();
    }
}
