package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.ProjectRules;
import io.driftless.events.RepositoryUrl;
import io.driftless.http.HttpFailure;
import io.driftless.project.GlobalProjects;
import io.driftless.project.NamespacePatterns;
import io.driftless.project.Project;
import io.driftless.project.SyncWindows;
import io.driftless.security.SecurityEvent;
import io.driftless.security.SecurityLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a project lets an Application have: the sources and the destination that it names, kinds, and times to sync.
/// An entry with `!` in front forbids.
final class ProjectPermits {
    private static final String OWN_SERVER = "https://kubernetes.default.svc";
    private static final String OWN_NAME = "in-cluster";
    private final ProjectCache projects;
    private final Supplier<List<JsonNode>> clusters;
    private final Supplier<GlobalProjects> globals;
    private final Homes homes;

    /// Where Applications may be at all.
    ///
    /// @param own namespace of the control plane, from which every project may be used
    record Homes(String own, NamespacePatterns further) {}

    /// @param clusters the Secrets that declare clusters
    /// @param globals which projects are global
    ProjectPermits(
            ProjectCache projects, Supplier<List<JsonNode>> clusters, Supplier<GlobalProjects> globals, Homes homes) {
        this.projects = projects;
        this.clusters = clusters;
        this.globals = globals;
        this.homes = homes;
    }

    /// Fails with [HttpFailure] 400 saying what is not permitted.
    void check(JsonNode application) {
        String name = ApplicationAccess.project(application);
        checkNamespace(application);
        Optional<Project> found = project(application);
        if (found.isEmpty()) {
            // Where nobody could make it, the project default allows what it always allows.
            require(
                    name.equals(Project.DEFAULT),
                    application,
                    "application references project " + name + " which does not exist");
            return;
        }
        Project project = found.get();
        String namespace = application.path("metadata").path("namespace").asText();
        permit(
                namespace.isEmpty() || project.permitsApplicationsOf(namespace, homes.own()),
                application,
                "application '" + application.path("metadata").path("name").asText() + "' in namespace '" + namespace
                        + "' is not permitted to use project '" + name + "'");
        for (String field : project.unsupported()) {
            require(false, application, field + " of project '" + name + "' is not supported yet");
        }
        for (String url : sources(application.path("spec"))) {
            permit(
                    project.permitsSource(url),
                    application,
                    "application repo " + url + " is not permitted in project '" + name + "'");
        }
        JsonNode destination = application.path("spec").path("destination");
        permit(
                project.permitsDestination(target(application)),
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
                ? project.equals(Project.DEFAULT)
                : new Project(found.get(), inherited(found.get())).permitsSource(url);
        if (!permitted) {
            SecurityLog.tell(
                    SecurityEvent.NOT_PERMITTED,
                    "a repository that the project does not permit was to be looked into",
                    "project",
                    project,
                    "repository",
                    RepositoryUrl.normalise(url));
            throw HttpFailure.forbidden("repository '" + url + "' not permitted in project '" + project + "'");
        }
    }

    private void checkNamespace(JsonNode application) {
        String namespace = application.path("metadata").path("namespace").asText();
        if (namespace.isEmpty() || namespace.equals(homes.own())) {
            return;
        }
        if (!homes.further().matches(namespace)) {
            throw HttpFailure.forbidden("namespace '" + namespace + "' is not permitted for Applications;"
                    + " application.namespaces of argocd-cmd-params-cm names those that are");
        }
    }

    Optional<Project> project(JsonNode application) {
        return projects.get(ApplicationAccess.project(application))
                .map(project -> new Project(project, inherited(project)));
    }

    /// The global projects from which a project inherits.
    List<JsonNode> inherited(JsonNode project) {
        return globals.get().inheritedBy(project, projects.all());
    }

    /// What the project allows this Application to deploy; null where nothing is restricted.
    @Nullable
    ProjectRules permissions(JsonNode application) {
        return project(application)
                .map(project -> project.permissions(target(application)))
                .orElse(null);
    }

    /// The sync windows that apply to this Application. Fails with [HttpFailure] 400 where one cannot be read.
    SyncWindows windows(JsonNode application) {
        try {
            return SyncWindows.of(project(application)
                    .map(project -> project.rules(target(application)))
                    .orElse(null));
        } catch (IllegalArgumentException e) {
            throw HttpFailure.precondition("cannot sync: invalid sync window: " + e.getMessage());
        }
    }

    Project.Target target(JsonNode application) {
        JsonNode destination = application.path("spec").path("destination");
        String server = destination.path("server").asText("");
        String name = destination.path("name").asText("");
        if (server.isEmpty()) {
            server = serverOf(name);
        } else if (name.isEmpty()) {
            name = nameOf(server);
        }
        return new Project.Target(
                application.path("metadata").path("name").asText(),
                server,
                name,
                destination.path("namespace").asText(""));
    }

    /// The same for what a project exists to keep out.
    private static void permit(boolean holds, JsonNode application, String what) {
        if (!holds) {
            JsonNode metadata = application.path("metadata");
            SecurityLog.tell(
                    SecurityEvent.NOT_PERMITTED,
                    "an Application was to have what its project does not permit",
                    "application",
                    metadata.path("namespace").asText()
                            + '/'
                            + metadata.path("name").asText(),
                    "project",
                    ApplicationAccess.project(application));
        }
        require(holds, application, what);
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
