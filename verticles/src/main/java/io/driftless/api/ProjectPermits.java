package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.driftless.events.RepositoryUrl;
import io.driftless.http.HttpFailure;
import io.driftless.rbac.Glob;
import io.driftless.settings.NamespacePatterns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Whether a project lets an Application have the sources and the destination that it names. An entry with `!` in front
/// forbids. Fails with [HttpFailure] 400 saying what is not permitted.
final class ProjectPermits {
    private static final String OWN_SERVER = "https://kubernetes.default.svc";
    private static final String OWN_NAME = "in-cluster";
    private final ProjectCache projects;
    private final Supplier<List<JsonNode>> clusters;
    private final Homes homes;

    /// Where Applications may be at all.
    ///
    /// @param own namespace of the control plane, from which every project may be used
    record Homes(String own, NamespacePatterns further) {}

    /// @param clusters the Secrets that declare clusters
    ProjectPermits(ProjectCache projects, Supplier<List<JsonNode>> clusters, Homes homes) {
        this.projects = projects;
        this.clusters = clusters;
        this.homes = homes;
    }

    void check(JsonNode application) {
        String name = ApplicationAccess.project(application);
        Optional<JsonNode> project = projects.get(name);
        checkNamespace(
                application, name, project.map(found -> found.path("spec")).orElse(MissingNode.getInstance()));
        if (project.isEmpty()) {
            // Where nobody could make it, the project default allows what it always allows.
            require(
                    name.equals("default"),
                    application,
                    "application references project " + name + " which does not exist");
            return;
        }
        JsonNode spec = project.get().path("spec");
        for (String url : sources(application.path("spec"))) {
            require(
                    permitsSource(spec.path("sourceRepos"), url),
                    application,
                    "application repo " + url + " is not permitted in project '" + name + "'");
        }
        JsonNode destination = application.path("spec").path("destination");
        require(
                permitsDestination(spec.path("destinations"), destination),
                application,
                "application destination server '"
                        + destination
                                .path("server")
                                .asText(destination.path("name").asText(""))
                        + "' and namespace '" + destination.path("namespace").asText("")
                        + "' do not match any of the allowed destinations in project '" + name + "'");
    }

    /// Fails with [HttpFailure] 403 unless applications of the project may be deployed from this repository.
    void checkSource(String project, String url) {
        Optional<JsonNode> found = projects.get(project);
        boolean permitted = found.isEmpty()
                ? project.equals("default")
                : permitsSource(found.get().path("spec").path("sourceRepos"), url);
        if (!permitted) {
            throw HttpFailure.forbidden("repository '" + url + "' not permitted in project '" + project + "'");
        }
    }

    private void checkNamespace(JsonNode application, String project, JsonNode spec) {
        String namespace = application.path("metadata").path("namespace").asText();
        if (namespace.isEmpty() || namespace.equals(homes.own())) {
            return;
        }
        if (!homes.further().matches(namespace)) {
            throw HttpFailure.forbidden("namespace '" + namespace + "' is not permitted for Applications;"
                    + " application.namespaces of argocd-cmd-params-cm names those that are");
        }
        List<String> sources = new ArrayList<>();
        spec.path("sourceNamespaces").forEach(source -> sources.add(source.asText()));
        boolean permitted;
        try {
            permitted = NamespacePatterns.of(sources).matches(namespace);
        } catch (IllegalArgumentException e) {
            permitted = false;
        }
        require(
                permitted,
                application,
                "application '" + application.path("metadata").path("name").asText() + "' in namespace '" + namespace
                        + "' is not permitted to use project '" + project + "'");
    }

    private static void require(boolean holds, JsonNode application, String what) {
        if (!holds) {
            throw HttpFailure.invalid("application spec for "
                    + application.path("metadata").path("name").asText() + " is invalid: InvalidSpecError: " + what);
        }
    }

    private static List<String> sources(JsonNode spec) {
        List<String> urls = new ArrayList<>();
        spec.path("sources").forEach(source -> urls.add(source.path("repoURL").asText("")));
        if (urls.isEmpty()) {
            urls.add(spec.path("source").path("repoURL").asText(""));
        }
        return urls;
    }

    static boolean permitsSource(JsonNode patterns, String url) {
        String wanted = RepositoryUrl.normalise(url);
        boolean permitted = false;
        for (JsonNode entry : patterns) {
            String pattern = entry.asText();
            boolean denies = pattern.startsWith("!");
            boolean matches = matchesSource(denies ? pattern.substring(1) : pattern, wanted);
            if (denies && matches) {
                return false;
            }
            permitted |= denies != matches;
        }
        return permitted;
    }

    private static boolean matchesSource(String pattern, String url) {
        return pattern.equals("*") || Glob.matchesPath(RepositoryUrl.normalise(pattern), url);
    }

    private boolean permitsDestination(JsonNode entries, JsonNode destination) {
        String server = destination.path("server").asText("");
        String name = destination.path("name").asText("");
        if (server.isEmpty()) {
            server = serverOf(name);
        } else if (name.isEmpty()) {
            name = nameOf(server);
        }
        String namespace = destination.path("namespace").asText("");
        boolean permitted = false;
        for (JsonNode entry : entries) {
            String serverPattern = entry.path("server").asText("");
            String namePattern = entry.path("name").asText("");
            String namespacePattern = entry.path("namespace").asText("");
            boolean serverMatches = positive(serverPattern, server) || positive(namePattern, name);
            boolean namespaceMatches = positive(namespacePattern, namespace);
            boolean serverDenied = denied(serverPattern, server) || denied(namePattern, name);
            if (serverMatches && denied(namespacePattern, namespace)
                    || serverDenied && (namespaceMatches || namespacePattern.startsWith("!"))) {
                return false;
            }
            permitted |= serverMatches && namespaceMatches;
        }
        return permitted;
    }

    private static boolean positive(String pattern, String text) {
        return !pattern.isEmpty() && !pattern.startsWith("!") && Glob.matches(pattern, text);
    }

    private static boolean denied(String pattern, String text) {
        return pattern.startsWith("!") && Glob.matches(pattern.substring(1), text);
    }

    private String serverOf(String name) {
        return clusters.get().stream()
                .map(ClusterDocuments::shown)
                .filter(cluster -> cluster.path("name").asText().equals(name))
                .map(cluster -> cluster.path("server").asText())
                .findFirst()
                .orElse(name.equals(OWN_NAME) ? OWN_SERVER : "");
    }

    private String nameOf(String server) {
        return clusters.get().stream()
                .map(ClusterDocuments::shown)
                .filter(cluster -> cluster.path("server").asText().equals(server))
                .map(cluster -> cluster.path("name").asText())
                .findFirst()
                .orElse(server.equals(OWN_SERVER) ? OWN_NAME : "");
    }
}
