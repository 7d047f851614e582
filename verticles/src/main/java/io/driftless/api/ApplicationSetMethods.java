package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.auth.Caller.Kind;
import io.driftless.cluster.Cluster;
import io.driftless.events.GroupKind;
import io.driftless.http.HttpFailure;
import io.driftless.rbac.Rbac;
import io.driftless.rpc.Call;
import io.driftless.rpc.Methods;
import java.util.Optional;
import java.util.function.Predicate;

/// ApplicationSets that exist: list, get, delete. They are not expanded yet, so none is created here.
final class ApplicationSetMethods {
    private static final String SERVICE = "applicationset.ApplicationSetService/";
    private static final String RESOURCE = "applicationsets";
    private static final String KIND = "ApplicationSet";
    private final Cluster cluster;
    private final ControlObjects objects;
    private final Rbac rbac;
    private final String namespace;

    ApplicationSetMethods(Cluster cluster, Rbac rbac, String namespace) {
        this.cluster = cluster;
        this.objects = new ControlObjects(cluster, Applications.API_VERSION, KIND);
        this.rbac = rbac;
        this.namespace = namespace;
    }

    void register(Methods methods) {
        methods.unary(SERVICE + "List", this::list)
                .unary(SERVICE + "Get", (call, request) -> named(call, "get", request))
                .unary(SERVICE + "Create", (call, request) -> {
                    throw HttpFailure.unsupported("expanding ApplicationSets, and so creating one,");
                })
                .unary(SERVICE + "Delete", this::delete);
    }

    private JsonNode list(Call call, ObjectNode request) {
        Predicate<JsonNode> wanted = request.path("selector").asText("").isEmpty()
                ? labels -> true
                : LabelSelector.parse(request.path("selector").asText());
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.putObject("metadata");
        ArrayNode items = list.putArray("items");
        ControlObjects.answered(() -> cluster.list(new GroupKind("argoproj.io", KIND), namespace, "")).stream()
                .filter(set -> wanted.test(set.path("metadata").path("labels")))
                .filter(set -> request.path("projects").isEmpty() || names(request.path("projects"), project(set)))
                .filter(set -> rbac.allows(call.caller(), RESOURCE, "get", object(set)))
                .forEach(items::add);
        return list;
    }

    private static boolean names(JsonNode list, String name) {
        for (JsonNode item : list) {
            if (item.asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private JsonNode named(Call call, String action, ObjectNode request) {
        String name = request.path("name").asText("");
        Optional<JsonNode> found =
                objects.get(namespace, name).filter(set -> rbac.allows(call.caller(), RESOURCE, action, object(set)));
        return found.orElseThrow(() -> call.caller().kind() == Kind.UNRESTRICTED
                ? HttpFailure.notFound("applicationset " + name + " does not exist")
                : HttpFailure.forbidden("permission denied"));
    }

    private JsonNode delete(Call call, ObjectNode request) {
        JsonNode set = named(call, "delete", request);
        objects.delete(namespace, set.path("metadata").path("name").asText());
        return JsonNodeFactory.instance.objectNode();
    }

    private static String project(JsonNode set) {
        String project = set.at("/spec/template/spec/project").asText("");
        return project.isEmpty() ? "default" : project;
    }

    private static String object(JsonNode set) {
        return project(set) + '/' + set.path("metadata").path("name").asText();
    }
}
