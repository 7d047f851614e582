package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.objects.Schema;
import io.driftless.objects.Schemas;
import io.driftless.sandbox.custom.CustomKind;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The resources that are served now: the built-in ones of `resources.json` (condensed from a
/// kube-apiserver's aggregated discovery) and those that CustomResourceDefinitions add and take
/// away.
final class ResourceRegistry {
    private final Map<String, ResourceType> byPath = new LinkedHashMap<>();
    private final Map<String, JsonNode> definitions = new HashMap<>();
    private long generation;

    ResourceRegistry() {
        try (InputStream in = ResourceRegistry.class.getResourceAsStream("resources.json")) {
            for (JsonNode row : Json.MAPPER.readTree(in)) {
                String group = row.path("group").asText();
                String version = row.path("version").asText();
                String kind = row.path("kind").asText();
                String apiVersion = group.isEmpty() ? version : group + "/" + version;
                String storage = group.equals("autoscaling") ? "v2" : version;
                add(new ResourceType(
                        group,
                        version,
                        kind,
                        row.path("plural").asText(),
                        row.path("singular").asText(),
                        row.path("namespaced").asBoolean(),
                        texts(row.path("shortNames")),
                        texts(row.path("categories")),
                        new LinkedHashSet<>(texts(row.path("subresources"))),
                        row.has("verbs") ? texts(row.path("verbs")) : ResourceType.ALL_VERBS,
                        Schemas.of(apiVersion, kind),
                        storage,
                        null,
                        null));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resources.json", e);
        }
    }

    private void add(ResourceType type) {
        byPath.put(type.apiVersion() + "/" + type.plural(), type);
    }

    synchronized @Nullable ResourceType find(String group, String version, String plural) {
        return byPath.get((group.isEmpty() ? version : group + "/" + version) + "/" + plural);
    }

    synchronized @Nullable ResourceType byKind(String apiVersion, String kind) {
        for (ResourceType type : byPath.values()) {
            if (type.kind().equals(kind) && type.apiVersion().equals(apiVersion)) {
                return type;
            }
        }
        return null;
    }

    /// The type that an object of this kind belongs to.
    ///
    /// @throws ApiError 400 where there is none
    ResourceType typeOf(JsonNode object) {
        String apiVersion = object.path("apiVersion").asText();
        String kind = object.path("kind").asText();
        ResourceType type = byKind(apiVersion, kind);
        if (type == null) {
            throw ApiError.badRequest("no resource is served for " + apiVersion + " " + kind);
        }
        return type;
    }

    /// The type in its storage version, or in another one where that is not served.
    synchronized @Nullable ResourceType byId(String id) {
        ResourceType other = null;
        for (ResourceType type : byPath.values()) {
            if (type.id().equals(id)) {
                if (type.version().equals(type.storageVersion())) {
                    return type;
                }
                other = type;
            }
        }
        return other;
    }

    ResourceType builtIn(String apiVersion, String plural) {
        int slash = apiVersion.indexOf('/');
        ResourceType type =
                find(slash < 0 ? "" : apiVersion.substring(0, slash), apiVersion.substring(slash + 1), plural);
        if (type == null) {
            throw new IllegalStateException(apiVersion + " " + plural + " is missing in resources.json");
        }
        return type;
    }

    /// Whether a group is one of the real server itself, and not of definitions alone.
    synchronized boolean builtIn(String group) {
        return byPath.values().stream()
                .anyMatch(type -> type.custom() == null && type.group().equals(group));
    }

    synchronized Collection<ResourceType> all() {
        return new ArrayList<>(byPath.values());
    }

    /// Counts the changes of what is served.
    synchronized long generation() {
        return generation;
    }

    /// The groups and their versions, the preferred one first.
    synchronized Map<String, Set<String>> groups() {
        Map<String, Set<String>> out = new LinkedHashMap<>();
        byPath.values()
                .forEach(t -> out.computeIfAbsent(t.group(), _ -> new TreeSet<>(VersionOrder.PREFERRED_FIRST))
                        .add(t.version()));
        return out;
    }

    /// Serves what a CustomResourceDefinition defines, in place of what it defined before; nothing where the names are
    /// another one's.
    synchronized void define(JsonNode definition) {
        JsonNode spec = definition.path("spec");
        String id = Json.name(definition);
        if (spec.equals(definitions.get(id))) {
            return;
        }
        String group = spec.path("group").asText();
        JsonNode names = spec.path("names");
        String plural = names.path("plural").asText();
        if (taken(group, id, names.path("kind").asText())) {
            return;
        }
        definitions.put(id, spec);
        generation++;
        byPath.values().removeIf(t -> t.id().equals(id));
        String storage = "";
        for (JsonNode version : spec.path("versions")) {
            if (version.path("storage").asBoolean()) {
                storage = version.path("name").asText();
            }
        }
        for (JsonNode version : spec.path("versions")) {
            if (!version.path("served").asBoolean()) {
                continue;
            }
            Set<String> subresources = new LinkedHashSet<>();
            version.path("subresources").fieldNames().forEachRemaining(subresources::add);
            JsonNode schema = version.path("schema").path("openAPIV3Schema");
            Schema reduced = schema.isObject() ? Schemas.ofCrd(schema) : Schemas.unknownKind();
            add(new ResourceType(
                    group,
                    version.path("name").asText(),
                    names.path("kind").asText(),
                    plural,
                    names.path("singular").asText(names.path("kind").asText().toLowerCase(java.util.Locale.ROOT)),
                    spec.path("scope").asText().equals("Namespaced"),
                    texts(names.path("shortNames")),
                    texts(names.path("categories")),
                    subresources,
                    ResourceType.ALL_VERBS,
                    reduced,
                    storage,
                    version,
                    CustomKind.of(version)));
        }
    }

    /// Whether another resource of the group has this kind.
    private boolean taken(String group, String id, String kind) {
        return byPath.values().stream()
                .anyMatch(t -> t.group().equals(group) && t.kind().equals(kind) && !t.id().equals(id));
    }

    /// Which names of a definition another resource of the group has, in the order in which they are looked at.
    synchronized List<String> taken(JsonNode definition) {
        JsonNode names = definition.path("spec").path("names");
        String group = definition.path("spec").path("group").asText();
        Set<String> out = new LinkedHashSet<>();
        for (ResourceType type : byPath.values()) {
            if (type.group().equals(group) && !type.id().equals(Json.name(definition))) {
                if (type.singular().equals(names.path("singular").asText())) {
                    out.add("singular");
                }
                if (type.kind().equals(names.path("kind").asText())) {
                    out.add("kind");
                }
                String list = type.kind() + "List";
                if (list.equals(names.path("listKind").asText())) {
                    out.add("listKind");
                }
            }
        }
        return List.copyOf(out);
    }

    /// Whether what a definition defines is served.
    synchronized boolean defines(String definition) {
        return definitions.containsKey(definition);
    }

    /// Stops serving what a definition defined.
    synchronized void undefine(String definition) {
        definitions.remove(definition);
        generation++;
        byPath.values().removeIf(t -> t.custom() != null && t.id().equals(definition));
    }

    private static List<String> texts(JsonNode list) {
        List<String> out = new ArrayList<>();
        list.forEach(item -> out.add(item.asText()));
        return out;
    }
}
