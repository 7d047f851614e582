package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.OpenApiSchemas.Dialect;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/// `/openapi/v3` and `/openapi/v2`: the schemas of all kinds that are served, built-in and defined, and what can be
/// done at which path. Without descriptions of built-in kinds.
final class OpenApi {
    private static final String OBJECT_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
    private static final String LIST_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta";
    private final ResourceRegistry registry;

    OpenApi(ResourceRegistry registry) {
        this.registry = registry;
    }

    /// The documents of version 3, each with a hash of what it says.
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

    /// Of what a document is made from: it need not be made to know whether it changed.
    private String hash(String group, String version) {
        StringBuilder said = new StringBuilder();
        types(group, version).forEach(type -> {
            said.append(type.id()).append(type.kind()).append(type.subresources());
            if (type.custom() != null) {
                said.append(type.custom());
            }
        });
        return Hashes.hex(said.toString());
    }

    private List<ResourceType> types(String group, String version) {
        return registry.all().stream()
                .filter(t -> t.group().equals(group) && t.version().equals(version))
                .toList();
    }

    ObjectNode document(String group, String version) {
        if (!registry.groups().getOrDefault(group, Set.of()).contains(version)) {
            throw ApiError.noSuchPath();
        }
        ObjectNode out = Json.object().put("openapi", "3.0.0");
        out.putObject("info").put("title", "Kubernetes").put("version", "1.36");
        ObjectNode paths = out.putObject("paths");
        ObjectNode schemas = out.putObject("components").putObject("schemas");
        OpenApiSchemas known = OpenApiSchemas.read();
        for (ResourceType type : types(group, version)) {
            OpenApiPaths.add(type, paths);
            schemas(type, known, schemas, Dialect.V3);
        }
        return out;
    }

    /// The one document of version 2.
    ObjectNode everything() {
        ObjectNode out = Json.object().put("swagger", "2.0");
        out.putObject("info").put("title", "Kubernetes").put("version", "1.36");
        ObjectNode paths = out.putObject("paths");
        ObjectNode definitions = out.putObject("definitions");
        OpenApiSchemas known = OpenApiSchemas.read();
        for (ResourceType type : registry.all()) {
            OpenApiPaths.add(type, paths);
            schemas(type, known, definitions, Dialect.V2);
        }
        return out;
    }

    private static void schemas(ResourceType type, OpenApiSchemas known, ObjectNode out, Dialect dialect) {
        if (type.custom() != null) {
            defined(type, type.custom(), known, out, dialect);
            return;
        }
        for (String kind : List.of(type.kind(), type.kind() + "List")) {
            String name = known.nameOf(type.group(), type.version(), kind);
            if (!name.isEmpty()) {
                known.copy(name, out, dialect);
            }
        }
    }

    private static void defined(
            ResourceType type, JsonNode version, OpenApiSchemas known, ObjectNode out, Dialect dialect) {
        known.copy(OBJECT_META, out, dialect);
        known.copy(LIST_META, out, dialect);
        String name = name(type);
        ObjectNode schema = out.putObject(name);
        if (version.path("schema").path("openAPIV3Schema") instanceof ObjectNode declared) {
            schema.setAll(declared.deepCopy());
        }
        schema.put("type", "object");
        if (dialect == Dialect.V2) {
            adapt(schema);
        }
        common(Json.child(schema, "properties"), OBJECT_META, dialect);
        kind(type, type.kind(), schema.putArray("x-kubernetes-group-version-kind"));
        ObjectNode list = out.putObject(name + "List").put("type", "object");
        list.putArray("required").add("items");
        ObjectNode fields = list.putObject("properties");
        common(fields, LIST_META, dialect);
        dialect.refer(fields.putObject("items").put("type", "array").putObject("items"), name);
        kind(type, type.kind() + "List", list.putArray("x-kubernetes-group-version-kind"));
    }

    private static void adapt(JsonNode node) {
        if (node instanceof ObjectNode object) {
            Dialect.V2.adapt(object);
        }
        node.forEach(OpenApi::adapt);
    }

    private static void common(ObjectNode properties, String metadata, Dialect dialect) {
        properties.putObject("apiVersion").put("type", "string");
        properties.putObject("kind").put("type", "string");
        ObjectNode meta = Json.object();
        dialect.refer(meta, metadata);
        properties.set("metadata", meta);
    }

    /// `example.com` v1 Thing is `com.example.v1.Thing`.
    private static String name(ResourceType type) {
        List<String> parts = new ArrayList<>(Arrays.asList(type.group().split("\\.")));
        Collections.reverse(parts);
        return String.join(".", parts) + "." + type.version() + "." + type.kind();
    }

    private static void kind(ResourceType type, String kind, ArrayNode out) {
        out.addObject().put("group", type.group()).put("kind", kind).put("version", type.version());
    }
}
