package io.driftless.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// The least `/openapi/v3` that kubectl needs to trust the server with validation, dry run and patches: the
/// operations and
/// their query parameters. For the shape of built-in kinds kubectl falls back on what is compiled into it.
final class OpenApi {
    private final ResourceRegistry registry;

    OpenApi(ResourceRegistry registry) {
        this.registry = registry;
    }

    ObjectNode index() {
        ObjectNode out = Json.object();
        ObjectNode paths = out.putObject("paths");
        registry.groups()
                .forEach((group, versions) -> versions.forEach(version -> {
                    String path = group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version;
                    paths.putObject(path)
                            .put("serverRelativeURL", "/openapi/v3/" + path + "?hash=" + hash(group, version));
                }));
        return out;
    }

    /// Changes where the document does.
    private String hash(String group, String version) {
        return Integer.toHexString(document(group, version).hashCode()).toUpperCase(java.util.Locale.ROOT);
    }

    ObjectNode document(String group, String version) {
        ObjectNode out = Json.object().put("openapi", "3.0.0");
        out.putObject("info").put("title", "Kubernetes").put("version", "v1.36.0-sandbox");
        ObjectNode paths = out.putObject("paths");
        ObjectNode schemas = out.putObject("components").putObject("schemas");
        for (ResourceType type : registry.all()) {
            if (!type.group().equals(group) || !type.version().equals(version)) {
                continue;
            }
            String base = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
            String path = base + (type.namespaced() ? "/namespaces/{namespace}/" : "/") + type.plural() + "/{name}";
            ObjectNode item = paths.putObject(path);
            operation(type, item.putObject("patch"), "patch");
            operation(type, item.putObject("put"), "put");
            schema(type, schemas);
        }
        return out;
    }

    private static void operation(ResourceType type, ObjectNode operation, String action) {
        operation.put("x-kubernetes-action", action);
        kind(type, operation.putObject("x-kubernetes-group-version-kind"));
        ArrayNode parameters = operation.putArray("parameters");
        for (String name : List.of("dryRun", "fieldManager", "fieldValidation", "force")) {
            parameters
                    .addObject()
                    .put("name", name)
                    .put("in", "query")
                    .putObject("schema")
                    .put("type", name.equals("force") ? "boolean" : "string")
                    .put("uniqueItems", true);
        }
        operation.putObject("responses").putObject("200").put("description", "OK");
    }

    private static void schema(ResourceType type, ObjectNode schemas) {
        String group = type.group().isEmpty() ? "core" : type.group();
        ObjectNode schema = schemas.putObject(group + "." + type.version() + "." + type.kind());
        if (type.custom() != null
                && type.custom().path("schema").path("openAPIV3Schema") instanceof ObjectNode declared) {
            schema.setAll(declared.deepCopy());
        }
        schema.put("type", "object");
        kind(type, schema.putArray("x-kubernetes-group-version-kind").addObject());
    }

    private static void kind(ResourceType type, ObjectNode out) {
        out.put("group", type.group()).put("version", type.version()).put("kind", type.kind());
    }
}
