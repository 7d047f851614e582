package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.objects.Schema;
import io.driftless.objects.Schemas;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The resources that are served now: the built-in ones of `resources.json` (condensed from a
/// kube-apiserver's
/// aggregated
/// discovery) and those that CustomResourceDefinitions add and take away.
final class ResourceRegistry {
    private final Map<String, ResourceType> byPath = new LinkedHashMap<>();

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
                        Set.copyOf(texts(row.path("subresources"))),
                        Schemas.of(apiVersion, kind),
                        storage,
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

    /// The type in its storage version.
    synchronized @Nullable ResourceType byId(String id) {
        for (ResourceType type : byPath.values()) {
            if (type.id().equals(id) && type.version().equals(type.storageVersion())) {
                return type;
            }
        }
        return null;
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

    synchronized Collection<ResourceType> all() {
        return new ArrayList<>(byPath.values());
    }

    /// The groups and their versions, the preferred one first.
    synchronized Map<String, Set<String>> groups() {
        Map<String, Set<String>> out = new LinkedHashMap<>();
        byPath.values()
                .forEach(t -> out.computeIfAbsent(t.group(), _ -> new LinkedHashSet<>())
                        .add(t.version()));
        return out;
    }

    /// Serves what a CustomResourceDefinition defines, in place of what it defined before.
    synchronized void define(JsonNode definition) {
        JsonNode spec = definition.path("spec");
        String group = spec.path("group").asText();
        JsonNode names = spec.path("names");
        String plural = names.path("plural").asText();
        byPath.values().removeIf(t -> t.id().equals(plural + "." + group));
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
                    reduced,
                    storage,
                    version));
        }
    }

    /// Stops serving what a definition defined.
    synchronized void undefine(String definition) {
        byPath.values().removeIf(t -> t.custom() != null && t.id().equals(definition));
    }

    private static List<String> texts(JsonNode list) {
        List<String> out = new ArrayList<>();
        list.forEach(item -> out.add(item.asText()));
        return out;
    }
}
