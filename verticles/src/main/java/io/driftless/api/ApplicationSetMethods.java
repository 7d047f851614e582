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

/// ApplicationSets: list, get, create, change, delete, and the Applications that belong to them. They are not expanded
/// yet, and each that is written here says so in its status.
final class ApplicationSetMethods {
    private static final String SERVICE = "applicationset.ApplicationSetService/";
    private static final String RESOURCE = "applicationsets";
    private static final String KIND = "ApplicationSet";
    private final Cluster cluster;
    private final ApplicationSets sets;
    private final ApplicationCache applications;
    private final Rbac rbac;
    private final String namespace;

    ApplicationSetMethods(Cluster cluster, ApplicationCache applications, Rbac rbac, String namespace) {
        this.cluster = cluster;
        this.sets = new ApplicationSets(cluster, namespace);
        this.applications = applications;
        this.rbac = rbac;
        this.namespace = namespace;
    }

    void register(Methods methods) {
        methods.unary(SERVICE + "List", this::list)
                .unary(SERVICE + "Get", (call, request) -> named(call, "get", request))
                .unary(SERVICE + "Create", this::create)
                .unary(SERVICE + "Delete", this::delete)
                .unary(SERVICE + "ResourceTree", this::tree)
                .unary(
                        SERVICE + "ListResourceEvents",
                        (call, request) -> Events.about(cluster, namespace, named(call, "get", request)))
                .unary(SERVICE + "Generate", (call, request) -> {
                    throw HttpFailure.unsupported("expanding ApplicationSets");
                });
    }

    private JsonNode list(Call call, ObjectNode request) {
        home(request);
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
        home(request);
        String name = request.path("name").asText("");
        Optional<JsonNode> found =
                sets.get(name).filter(set -> rbac.allows(call.caller(), RESOURCE, action, object(set)));
        // Who may see the sets of all projects learns nothing from it, and some clients go on only when told so.
        boolean all =
                call.caller().kind() == Kind.UNRESTRICTED || rbac.allows(call.caller(), RESOURCE, action, "*/" + name);
        return found.orElseThrow(() -> all
                ? HttpFailure.notFound("applicationset " + name + " does not exist")
                : HttpFailure.forbidden("permission denied"));
    }

    /// Sets of one namespace are known.
    private void home(ObjectNode request) {
        String asked = request.path("appsetNamespace").asText("");
        if (!asked.isEmpty() && !asked.equals(namespace)) {
            throw HttpFailure.forbidden("namespace '" + asked + "' is not permitted");
        }
    }

    private JsonNode create(Call call, ObjectNode request) {
        if (!(request.path("applicationset") instanceof ObjectNode sent)) {
            throw HttpFailure.invalid("field applicationset is missing");
        }
        ObjectNode set = sets.checked(sent);
        rbac.require(call.caller(), RESOURCE, "create", object(set));
        if (request.path("dryRun").asBoolean()) {
            throw HttpFailure.unsupported("expanding ApplicationSets, and so a dry run,");
        }
        return sets.create(set, request.path("upsert").asBoolean(), existing -> {
            rbac.require(call.caller(), RESOURCE, "update", object(existing));
            rbac.require(call.caller(), RESOURCE, "update", object(set));
        });
    }

    private JsonNode delete(Call call, ObjectNode request) {
        JsonNode set = named(call, "delete", request);
        sets.delete(set.path("metadata").path("name").asText());
        return JsonNodeFactory.instance.objectNode();
    }

    /// The Applications that name the set as their owner.
    private JsonNode tree(Call call, ObjectNode request) {
        JsonNode set = named(call, "get", request);
        String uid = set.path("metadata").path("uid").asText("");
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        ArrayNode nodes = tree.putArray("nodes");
        applications.index().all().values().stream()
                // Most are none of the set: only those that name it are read.
                .filter(held -> held.document().toString().contains(uid))
                .map(HeldApplication::tree)
                .filter(application -> owned(application, uid))
                .forEach(application -> {
                    JsonNode metadata = application.path("metadata");
                    ObjectNode node = nodes.addObject()
                            .put("group", "argoproj.io")
                            .put("version", "v1alpha1")
                            .put("kind", Applications.KIND)
                            .put("namespace", metadata.path("namespace").asText())
                            .put("name", metadata.path("name").asText())
                            .put("uid", metadata.path("uid").asText());
                    node.putArray("parentRefs")
                            .addObject()
                            .put("group", "argoproj.io")
                            .put("version", "v1alpha1")
                            .put("kind", KIND)
                            .put("namespace", namespace)
                            .put("name", set.path("metadata").path("name").asText())
                            .put("uid", uid);
                    node.put("resourceVersion", metadata.path("resourceVersion").asText());
                    if (application.path("status").path("health").isObject()) {
                        node.set("health", application.path("status").path("health"));
                    }
                });
        return tree;
    }

    private static boolean owned(JsonNode application, String uid) {
        for (JsonNode owner : application.path("metadata").path("ownerReferences")) {
            if (!uid.isEmpty() && owner.path("uid").asText().equals(uid)) {
                return true;
            }
        }
        return false;
    }

    private static String project(JsonNode set) {
        String project = set.at("/spec/template/spec/project").asText("");
        return project.isEmpty() ? "default" : project;
    }

    private static String object(JsonNode set) {
        return project(set) + '/' + set.path("metadata").path("name").asText();
    }
}
