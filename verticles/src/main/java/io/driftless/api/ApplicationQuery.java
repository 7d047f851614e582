package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.ApplicationName;
import io.driftless.events.RepositoryUrl;
import io.driftless.http.HttpFailure;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Which Applications a request is about, under Argo CD's names, and `q`: a part of the name.
final class ApplicationQuery {
    private static final int LONGEST_PART = 253;

    private ApplicationQuery() {}

    /// @param namespace empty for the default one
    static ApplicationName name(String name, String namespace, String defaultNamespace) {
        try {
            return new ApplicationName(namespace.isEmpty() ? defaultNamespace : namespace, name);
        } catch (IllegalArgumentException e) {
            throw HttpFailure.invalid("not the name of an Application: " + e.getMessage());
        }
    }

    /// The Applications that a request can be about, by their keys, found without a walk through
    /// all where it names one, projects, or a part of the name. The filter still has to be asked.
    static SortedMap<String, HeldApplication> candidates(
            JsonNode query, ApplicationIndex index, String defaultNamespace) {
        String name = query.path("name").asText("");
        if (!name.isEmpty()) {
            String namespace = query.path("appNamespace").asText("");
            String key = name(name, namespace, defaultNamespace).toString();
            HeldApplication found = index.get(key);
            return found == null ? new TreeMap<>() : new TreeMap<>(Map.of(key, found));
        }
        Set<String> projects = projects(query);
        if (projects.size() == 1) {
            return index.ofProject(projects.iterator().next());
        }
        if (!projects.isEmpty()) {
            SortedMap<String, HeldApplication> found = new TreeMap<>();
            projects.forEach(project -> found.putAll(index.ofProject(project)));
            return found;
        }
        return index.likely(part(query));
    }

    private static String part(JsonNode query) {
        String part = query.path("q").asText("").strip().toLowerCase(Locale.ROOT);
        if (part.length() > LONGEST_PART) {
            throw HttpFailure.invalid("parameter q is longer than any name");
        }
        return part;
    }

    private static Set<String> projects(JsonNode query) {
        Set<String> projects = new TreeSet<>();
        query.path("projects").forEach(project -> projects.add(project.asText()));
        query.path("project").forEach(project -> projects.add(project.asText()));
        return projects;
    }

    /// What a list or stream asks for: `name`, `appNamespace`, `project(s)`, `selector`, `repo`, `q`.
    static Predicate<HeldApplication> filter(JsonNode query) {
        Predicate<HeldApplication> wanted = application -> true;
        String name = query.path("name").asText("");
        if (!name.isEmpty()) {
            wanted = wanted.and(application -> application.name().name().equals(name));
        }
        String namespace = query.path("appNamespace").asText("");
        if (!namespace.isEmpty()) {
            wanted = wanted.and(application -> application.name().namespace().equals(namespace));
        }
        Set<String> projects = projects(query);
        if (!projects.isEmpty()) {
            wanted = wanted.and(
                    application -> projects.contains(application.facts().project()));
        }
        String selector = query.path("selector").asText("");
        if (!selector.isEmpty()) {
            Predicate<JsonNode> labels = LabelSelector.parse(selector);
            wanted = wanted.and(application -> labels.test(application.labels()));
        }
        String repository = query.path("repo").asText("");
        if (!repository.isEmpty()) {
            String url = RepositoryUrl.normalise(repository);
            wanted =
                    wanted.and(application -> application.facts().repositories().contains(url));
        }
        String part = part(query);
        if (!part.isEmpty()) {
            wanted = wanted.and(application -> application.name().name().contains(part));
        }
        return wanted;
    }
}
