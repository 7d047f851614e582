package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster;
import io.driftless.http.HttpFailure;
import io.driftless.rpc.Call;
import io.driftless.rpc.Methods;
import io.driftless.settings.LabelledSecrets;
import io.driftless.settings.RepositorySecret;
import java.util.List;

/// What belongs to a project beside itself: repositories and clusters that are declared for it, the projects it takes
/// rules over from, events about it.
final class ProjectDetailMethods {
    private static final String SERVICE = "project.ProjectService/";
    private final ProjectMethods projects;
    private final ProjectPermits permits;
    private final LabelledSecrets secrets;
    private final Cluster cluster;
    private final ConfigMaps maps;
    private final String namespace;

    ProjectDetailMethods(
            ProjectMethods projects,
            ProjectPermits permits,
            LabelledSecrets secrets,
            Cluster cluster,
            ConfigMaps maps,
            String namespace) {
        this.projects = projects;
        this.permits = permits;
        this.secrets = secrets;
        this.cluster = cluster;
        this.maps = maps;
        this.namespace = namespace;
    }

    void register(Methods methods) {
        methods.unary(SERVICE + "GetDetailedProject", this::detailed)
                .unary(SERVICE + "GetGlobalProjects", this::globals)
                .unary(SERVICE + "ListEvents", this::events)
                .unary(SERVICE + "ListLinks", this::links);
    }

    private JsonNode detailed(Call call, ObjectNode request) {
        JsonNode project = projects.named(call, "get", request);
        String name = ProjectMethods.name(project);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        List<JsonNode> above = above(project);
        if (!above.isEmpty()) {
            above.forEach(answer.putArray("globalProjects")::add);
        }
        answer.set("project", ProjectMethods.clean(project));
        ArrayNode repositories = JsonNodeFactory.instance.arrayNode();
        secrets.ofType(RepositorySecret.REPOSITORY).stream()
                .filter(secret -> RepositorySecret.project(secret).equals(name))
                .forEach(secret -> repositories.add(RepositorySecret.shown(secret, "repo")));
        ArrayNode clusters = JsonNodeFactory.instance.arrayNode();
        secrets.ofType("cluster").stream()
                .map(ClusterDocuments::shown)
                .filter(shown -> shown.path("project").asText("").equals(name))
                .forEach(clusters::add);
        if (!repositories.isEmpty()) {
            answer.set("repositories", repositories);
        }
        if (!clusters.isEmpty()) {
            answer.set("clusters", clusters);
        }
        return answer;
    }

    /// The global projects from which it inherits.
    private List<JsonNode> above(JsonNode project) {
        return permits.inherited(project).stream()
                .<JsonNode>map(ProjectMethods::clean)
                .toList();
    }

    private JsonNode globals(Call call, ObjectNode request) {
        List<JsonNode> above = above(projects.named(call, "get", request));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        if (!above.isEmpty()) {
            above.forEach(answer.putArray("items")::add);
        }
        return answer;
    }

    private JsonNode events(Call call, ObjectNode request) {
        JsonNode project = projects.named(call, "get", request);
        return Events.about(cluster, namespace, project);
    }

    private JsonNode links(Call call, ObjectNode request) {
        projects.named(call, "get", request);
        if (!maps.data("argocd-cm").getOrDefault("project.links", "").isBlank()) {
            throw HttpFailure.unsupported("project.links of argocd-cm");
        }
        return JsonNodeFactory.instance.objectNode();
    }
}
