package io.driftless.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.ResourceType;
import java.util.List;
import java.util.Map;

/// What can be done with a resource, path by path; clients look here for the parameters that a server knows.
final class OpenApiPaths {
    private static final List<String> WRITING = List.of("dryRun", "fieldManager", "fieldValidation");
    private static final List<String> LISTING =
            List.of("continue", "fieldSelector", "labelSelector", "limit", "resourceVersion", "watch");
    private static final Map<String, List<String>> PARAMETERS = Map.of(
            "list", LISTING,
            "get", List.of(),
            "post", WRITING,
            "put", WRITING,
            "patch", List.of("dryRun", "fieldManager", "fieldValidation", "force"),
            "delete", List.of("dryRun", "gracePeriodSeconds", "propagationPolicy"),
            "deletecollection", LISTING);
    private static final Map<String, String> TYPES = Map.of(
            "force", "boolean",
            "watch", "boolean",
            "limit", "integer",
            "gracePeriodSeconds", "integer");

    private OpenApiPaths() {}

    static void add(ResourceType type, ObjectNode paths) {
        String base = type.group().isEmpty() ? "/api/" + type.version() : "/apis/" + type.apiVersion();
        String all = base + (type.namespaced() ? "/namespaces/{namespace}/" : "/") + type.plural();
        if (type.namespaced() && type.verbs().contains("list")) {
            operation(type, paths.putObject(base + "/" + type.plural()), "get", "list");
        }
        ObjectNode collection = paths.putObject(all);
        offer(type, collection, "list", "get", "list");
        offer(type, collection, "create", "post", "post");
        offer(type, collection, "deletecollection", "delete", "deletecollection");
        if (!type.verbs().contains("get")) {
            return;
        }
        ObjectNode one = paths.putObject(all + "/{name}");
        offer(type, one, "get", "get", "get");
        offer(type, one, "update", "put", "put");
        offer(type, one, "patch", "patch", "patch");
        offer(type, one, "delete", "delete", "delete");
        for (String sub : List.of("status", "scale")) {
            if (type.subresources().contains(sub)) {
                ObjectNode part = paths.putObject(all + "/{name}/" + sub);
                List.of("get", "put", "patch").forEach(method -> operation(type, part, method, method));
            }
        }
    }

    private static void offer(ResourceType type, ObjectNode path, String verb, String method, String action) {
        if (type.verbs().contains(verb)) {
            operation(type, path, method, action);
        }
    }

    private static void operation(ResourceType type, ObjectNode path, String method, String action) {
        ObjectNode operation = path.putObject(method);
        operation.put("x-kubernetes-action", action);
        operation
                .putObject("x-kubernetes-group-version-kind")
                .put("group", type.group())
                .put("version", type.version())
                .put("kind", type.kind());
        ArrayNode parameters = operation.putArray("parameters");
        for (String name : PARAMETERS.getOrDefault(action, List.of())) {
            parameters
                    .addObject()
                    .put("name", name)
                    .put("in", "query")
                    .putObject("schema")
                    .put("type", TYPES.getOrDefault(name, "string"))
                    .put("uniqueItems", true);
        }
        operation.putObject("responses").putObject("200").put("description", "OK");
    }
}
