package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationName;
import io.driftless.events.RepositoryUrl;
import io.driftless.http.HttpFailure;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Which Applications a request is about, under Argo CD's names.
final class ApplicationQuery {
    private ApplicationQuery() {}

    /// @param namespace empty for the default one
    static ApplicationName name(String name, String namespace, String defaultNamespace) {
        try {
            return new ApplicationName(namespace.isEmpty() ? defaultNamespace : namespace, name);
        } catch (IllegalArgumentException e) {
            throw HttpFailure.invalid("not the name of an Application: " + e.getMessage());
        }
    }

    /// The Applications that a request can be about, found without a walk through all where it names one or projects.
    /// The
    /// filter still has to be asked.
    static List<ObjectNode> candidates(JsonNode query, ApplicationCache cache, String defaultNamespace) {
        String name = query.path("name").asText("");
        String namespace = query.path("appNamespace").asText("");
        if (!name.isEmpty()) {
            return cache.get(name(name, namespace, defaultNamespace))
                    .map(List::of)
                    .orElse(List.of());
        }
        Set<String> projects = projects(query);
        return projects.isEmpty() ? cache.all() : cache.ofProjects(projects);
    }

    private static Set<String> projects(JsonNode query) {
        Set<String> projects = new TreeSet<>();
        query.path("projects").forEach(project -> projects.add(project.asText()));
        query.path("project").forEach(project -> projects.add(project.asText()));
        return projects;
    }

    /// What a list or stream asks for: `name`, `appNamespace`, `project(s)`, `selector`, `repo`.
    static Predicate<JsonNode> filter(JsonNode query) {
        Predicate<JsonNode> wanted = application -> true;
        String name = query.path("name").asText("");
        if (!name.isEmpty()) {
            wanted = wanted.and(application -> metadata(application, "name").equals(name));
        }
        String namespace = query.path("appNamespace").asText("");
        if (!namespace.isEmpty()) {
            wanted =
                    wanted.and(application -> metadata(application, "namespace").equals(namespace));
        }
        Set<String> projects = projects(query);
        if (!projects.isEmpty()) {
            wanted = wanted.and(application -> projects.contains(ApplicationAccess.project(application)));
        }
        String selector = query.path("selector").asText("");
        if (!selector.isEmpty()) {
            Predicate<JsonNode> labels = LabelSelector.parse(selector);
            wanted = wanted.and(
                    application -> labels.test(application.path("metadata").path("labels")));
        }
        String repository = query.path("repo").asText("");
        if (!repository.isEmpty()) {
            String url = RepositoryUrl.normalise(repository);
            wanted = wanted.and(application -> url.equals(RepositoryUrl.normalise(
                    application.path("spec").path("source").path("repoURL").asText())));
        }
        return wanted;
    }

    private static String metadata(JsonNode application, String field) {
        return application.path("metadata").path(field).asText();
    }
}
