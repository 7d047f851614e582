package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.ApplicationName;
import io.driftless.events.RepositoryUrl;
import io.driftless.http.HttpFailure;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which Applications a request is about, under Argo CD's parameter names.
final class ApplicationQuery {
    private ApplicationQuery() {}

    /// The Application that the path names; its namespace comes from `appNamespace`.
    static ApplicationName named(RoutingContext context, String defaultNamespace) {
        return name(context.pathParam("name"), context.queryParams().get("appNamespace"), defaultNamespace);
    }

    static ApplicationName name(@Nullable String name, @Nullable String namespace, String defaultNamespace) {
        try {
            String home = namespace == null || namespace.isEmpty() ? defaultNamespace : namespace;
            return new ApplicationName(home, name == null ? "" : name);
        } catch (IllegalArgumentException e) {
            throw HttpFailure.invalid("not the name of an Application: " + e.getMessage());
        }
    }

    /// What a list or stream asks for: `name`, `appNamespace`, `project(s)`, `selector`, `repo`.
    static Predicate<JsonNode> filter(MultiMap parameters) {
        Predicate<JsonNode> wanted = application -> true;
        String name = parameters.get("name");
        if (name != null && !name.isEmpty()) {
            wanted = wanted.and(application -> metadata(application, "name").equals(name));
        }
        String namespace = parameters.get("appNamespace");
        if (namespace != null && !namespace.isEmpty()) {
            wanted =
                    wanted.and(application -> metadata(application, "namespace").equals(namespace));
        }
        List<String> projects = new ArrayList<>(parameters.getAll("projects"));
        projects.addAll(parameters.getAll("project"));
        if (!projects.isEmpty()) {
            wanted = wanted.and(application -> projects.contains(project(application)));
        }
        String selector = parameters.get("selector");
        if (selector != null && !selector.isEmpty()) {
            Predicate<JsonNode> labels = LabelSelector.parse(selector);
            wanted = wanted.and(
                    application -> labels.test(application.path("metadata").path("labels")));
        }
        String repository = parameters.get("repo");
        if (repository != null && !repository.isEmpty()) {
            String url = RepositoryUrl.normalise(repository);
            wanted = wanted.and(application -> url.equals(RepositoryUrl.normalise(
                    application.path("spec").path("source").path("repoURL").asText())));
        }
        return wanted;
    }

    private static String project(JsonNode application) {
        String project = application.path("spec").path("project").asText();
        return project.isEmpty() ? "default" : project;
    }

    private static String metadata(JsonNode application, String field) {
        return application.path("metadata").path(field).asText();
    }
}
