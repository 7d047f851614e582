package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.HttpFailure;
import io.driftless.rpc.Call;
import io.driftless.rpc.Methods;
import java.util.Optional;
import java.util.function.BinaryOperator;

/// AppProjects: list, get, create, change, delete. What exists but may not be seen is answered like what does not
/// exist.
final class ProjectMethods {
    private static final String SERVICE = "project.ProjectService/";
    private static final String RESOURCE = "projects";
    private final ControlObjects objects;
    private final ProjectCache cache;
    private final ApplicationCache applications;
    private final Security security;
    private final String namespace;

    ProjectMethods(
            ControlObjects objects,
            ProjectCache cache,
            ApplicationCache applications,
            Security security,
            String namespace) {
        this.objects = objects;
        this.cache = cache;
        this.applications = applications;
        this.security = security;
        this.namespace = namespace;
    }

    void register(Methods methods) {
        methods.unary(SERVICE + "List", this::list)
                .unary(SERVICE + "Get", (call, request) -> clean(named(call, "get", request)))
                .unary(SERVICE + "Create", this::create)
                .unary(SERVICE + "Update", this::update)
                .unary(SERVICE + "Delete", this::delete)
                .unary(SERVICE + "GetSyncWindowsState", this::windows);
    }

    private JsonNode list(Call call, ObjectNode request) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.putObject("metadata");
        ArrayNode items = list.putArray("items");
        cache.all().stream()
                .filter(project -> security.rbac().allows(call.caller(), RESOURCE, "get", name(project)))
                .forEach(project -> items.add(clean(project)));
        return list;
    }

    /// The project of the request, if the caller may do `action` to it.
    JsonNode named(Call call, String action, ObjectNode request) {
        String name = request.path("name").asText("");
        security.rbac().require(call.caller(), RESOURCE, action, name);
        return cache.get(name).orElseThrow(() -> missing(name));
    }

    private JsonNode windows(Call call, ObjectNode request) {
        JsonNode project = named(call, "get", request);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        if (!project.path("spec").path("syncWindows").isEmpty()) {
            answer.set("windows", project.path("spec").path("syncWindows"));
        }
        return answer;
    }

    private JsonNode create(Call call, ObjectNode request) {
        ObjectNode wanted = document(request);
        String name = name(wanted);
        security.rbac().require(call.caller(), RESOURCE, "create", name);
        ProjectRules.check(wanted);
        ObjectNode project = JsonNodeFactory.instance.objectNode();
        project.put("apiVersion", Applications.API_VERSION).put("kind", "AppProject");
        ObjectNode metadata = project.putObject("metadata").put("name", name).put("namespace", namespace);
        for (String part : new String[] {"labels", "annotations", "finalizers"}) {
            if (wanted.path("metadata").has(part)) {
                metadata.set(part, wanted.path("metadata").path(part));
            }
        }
        project.set(
                "spec", wanted.path("spec").isObject() ? wanted.path("spec") : JsonNodeFactory.instance.objectNode());
        Optional<JsonNode> created = objects.create(project);
        if (created.isPresent()) {
            return seen(created.get());
        }
        security.rbac().require(call.caller(), RESOURCE, "update", name);
        JsonNode existing = objects.get(namespace, name).orElseThrow(() -> missing(name));
        if (existing.path("spec").equals(project.path("spec"))) {
            return clean(existing);
        }
        if (!request.path("upsert").asBoolean()) {
            throw HttpFailure.invalid("existing project spec is different, use upsert flag to force update");
        }
        return changed(name, project, Applications::withUserParts);
    }

    private JsonNode update(Call call, ObjectNode request) {
        ObjectNode wanted = document(request);
        String name = name(wanted);
        security.rbac().require(call.caller(), RESOURCE, "update", name);
        ProjectRules.check(wanted);
        return changed(name, wanted, Applications::replaced);
    }

    private JsonNode changed(String name, ObjectNode wanted, BinaryOperator<ObjectNode> write) {
        String version = wanted.path("metadata").path("resourceVersion").asText("");
        return seen(objects.change(
                namespace,
                name,
                current -> {
                    String present =
                            current.path("metadata").path("resourceVersion").asText();
                    if (!version.isEmpty() && !version.equals(present)) {
                        throw HttpFailure.precondition(
                                "project '" + name + "' has been changed meanwhile; read it again");
                    }
                    return write.apply(current, wanted);
                },
                () -> missing(name)));
    }

    private JsonNode delete(Call call, ObjectNode request) {
        String name = request.path("name").asText("");
        security.rbac().require(call.caller(), RESOURCE, "delete", name);
        if (name.equals("default")) {
            throw HttpFailure.precondition("name 'default' is reserved and cannot be deleted");
        }
        int used = applications.index().ofProject(name).size();
        if (used > 0) {
            throw HttpFailure.precondition("project is referenced by " + used + " applications");
        }
        if (!objects.delete(namespace, name)) {
            throw missing(name);
        }
        cache.forget(name);
        return JsonNodeFactory.instance.objectNode();
    }

    /// What was written counts from the next call, whenever the watch tells of it.
    JsonNode seen(JsonNode project) {
        cache.see(project);
        return clean(project);
    }

    private static ObjectNode document(ObjectNode request) {
        if (!(request.path("project") instanceof ObjectNode project)) {
            throw HttpFailure.invalid("field project is missing");
        }
        return project;
    }

    static String name(JsonNode project) {
        return project.path("metadata").path("name").asText("");
    }

    static HttpFailure missing(String name) {
        return HttpFailure.notFound("appprojects.argoproj.io \"" + name + "\" not found");
    }

    static JsonNode clean(JsonNode project) {
        ObjectNode copy = project.deepCopy();
        if (copy.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        return copy;
    }
}
