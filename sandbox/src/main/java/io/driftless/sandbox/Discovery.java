package io.driftless.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the server serves, in the words of the discovery API: the old documents and the aggregated one.
final class Discovery {
    private static final List<String> CHANGED = List.of("get", "patch", "update");
    /// Subresources that differ from `status`; kind is empty where it is that of the resource.
    private static final Map<String, Subresource> SPECIAL = Map.of(
            "scale", new Subresource("autoscaling", "v1", "Scale", CHANGED),
            "token", new Subresource("authentication.k8s.io", "v1", "TokenRequest", List.of("create")),
            "finalize", new Subresource("", "", "", List.of("update")),
            "eviction", new Subresource("policy", "v1", "Eviction", List.of("create")),
            "binding", new Subresource("", "v1", "Binding", List.of("create")),
            "log", new Subresource("", "", "", List.of("get")),
            "exec", new Subresource("", "v1", "PodExecOptions", List.of("create", "get")),
            "attach", new Subresource("", "v1", "PodAttachOptions", List.of("create", "get")),
            "portforward", new Subresource("", "v1", "PodPortForwardOptions", List.of("create", "get")));
    private static final List<String> PASSED_ON = List.of("create", "delete", "get", "patch", "update");

    private final ResourceRegistry registry;

    private record Subresource(String group, String version, String kind, List<String> verbs) {}

    Discovery(ResourceRegistry registry) {
        this.registry = registry;
    }

    static ObjectNode version() {
        return Json.object()
                .put("major", "1")
                .put("minor", "36")
                .put("gitVersion", "v1.36.0-sandbox")
                .put("gitCommit", "sandbox")
                .put("gitTreeState", "clean")
                .put("buildDate", "2026-01-01T00:00:00Z")
                .put("goVersion", "none")
                .put("compiler", "javac")
                .put("platform", "linux/amd64")
                .put("emulationMajor", "1")
                .put("emulationMinor", "36")
                .put("minCompatibilityMajor", "1")
                .put("minCompatibilityMinor", "35");
    }

    ObjectNode aggregated(boolean core) {
        ObjectNode out = Json.object().put("kind", "APIGroupDiscoveryList").put("apiVersion", "apidiscovery.k8s.io/v2");
        out.putObject("metadata");
        ArrayNode items = out.putArray("items");
        registry.groups().forEach((group, versions) -> {
            if (core != group.isEmpty()) {
                return;
            }
            ObjectNode item = items.addObject();
            ObjectNode meta = item.putObject("metadata");
            if (!group.isEmpty()) {
                meta.put("name", group);
            }
            ArrayNode list = item.putArray("versions");
            versions.forEach(v -> {
                ObjectNode version = list.addObject().put("version", v);
                resources(group, v, version.putArray("resources"));
                version.put("freshness", "Current");
            });
        });
        return out;
    }

    private void resources(String group, String version, ArrayNode out) {
        for (ResourceType type : registry.all()) {
            if (!type.group().equals(group) || !type.version().equals(version)) {
                continue;
            }
            ObjectNode resource = out.addObject().put("resource", type.plural());
            kind(type, resource.putObject("responseKind"));
            resource.put("scope", type.namespaced() ? "Namespaced" : "Cluster");
            resource.put("singularResource", type.singular());
            ArrayNode verbs = resource.putArray("verbs");
            type.verbs().forEach(verbs::add);
            texts(resource, "shortNames", type.shortNames());
            texts(resource, "categories", type.categories());
            if (!type.subresources().isEmpty()) {
                ArrayNode subs = resource.putArray("subresources");
                type.subresources().stream().sorted().forEach(sub -> {
                    ObjectNode node = subs.addObject().put("subresource", sub);
                    ObjectNode kind = node.putObject("responseKind");
                    Subresource special = special(type, sub);
                    if (special != null && !special.kind().isEmpty()) {
                        kind.put("group", special.group())
                                .put("version", special.version())
                                .put("kind", special.kind());
                    } else {
                        kind(type, kind);
                    }
                    verbs(special, node.putArray("verbs"));
                });
            }
        }
    }

    private static @Nullable Subresource special(ResourceType type, String name) {
        return name.equals("proxy")
                ? new Subresource("", "v1", type.kind() + "ProxyOptions", PASSED_ON)
                : SPECIAL.get(name);
    }

    private static void verbs(@Nullable Subresource special, ArrayNode out) {
        (special == null ? CHANGED : special.verbs()).forEach(out::add);
    }

    private static void kind(ResourceType type, ObjectNode out) {
        out.put("group", type.group()).put("version", type.version()).put("kind", type.kind());
    }

    private static void texts(ObjectNode node, String name, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode list = node.putArray(name);
            values.forEach(list::add);
        }
    }

    /// @param address of this server, as a client called it
    static ObjectNode coreVersions(String address) {
        ObjectNode out = Json.object().put("kind", "APIVersions");
        out.putArray("versions").add("v1");
        out.putArray("serverAddressByClientCIDRs")
                .addObject()
                .put("clientCIDR", "0.0.0.0/0")
                .put("serverAddress", address);
        return out;
    }

    /// What there is to be found at the root.
    ObjectNode paths() {
        ObjectNode out = Json.object();
        ArrayNode paths = out.putArray("paths");
        List.of("/api", "/api/v1", "/apis").forEach(paths::add);
        registry.groups().forEach((group, versions) -> {
            if (!group.isEmpty()) {
                paths.add("/apis/" + group);
                versions.forEach(version -> paths.add("/apis/" + group + "/" + version));
            }
        });
        List.of("/healthz", "/livez", "/metrics", "/openapi/v2", "/openapi/v3", "/readyz", "/version")
                .forEach(paths::add);
        return out;
    }

    ObjectNode groups() {
        ObjectNode out = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode list = out.putArray("groups");
        registry.groups().forEach((group, versions) -> {
            if (!group.isEmpty()) {
                list.add(group(group, versions));
            }
        });
        return out;
    }

    /// One group's document.
    ObjectNode group(String group) {
        Set<String> versions = registry.groups().get(group);
        if (versions == null) {
            throw ApiError.noSuchPath();
        }
        return group(group, versions).put("kind", "APIGroup").put("apiVersion", "v1");
    }

    private static ObjectNode group(String group, Set<String> versions) {
        ObjectNode out = Json.object().put("name", group);
        ArrayNode list = out.putArray("versions");
        versions.forEach(
                v -> list.addObject().put("groupVersion", group + "/" + v).put("version", v));
        out.set("preferredVersion", list.get(0));
        return out;
    }

    /// The resources of one version.
    ObjectNode resources(String group, String version) {
        if (!registry.groups().getOrDefault(group, Set.of()).contains(version)) {
            throw ApiError.noSuchPath();
        }
        ObjectNode out = Json.object().put("kind", "APIResourceList");
        if (!group.isEmpty()) {
            out.put("apiVersion", "v1");
        }
        out.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        ArrayNode list = out.putArray("resources");
        for (ResourceType type : registry.all()) {
            if (!type.group().equals(group) || !type.version().equals(version)) {
                continue;
            }
            ObjectNode resource = list.addObject()
                    .put("name", type.plural())
                    .put("singularName", type.singular())
                    .put("namespaced", type.namespaced())
                    .put("kind", type.kind());
            ArrayNode verbs = resource.putArray("verbs");
            type.verbs().forEach(verbs::add);
            texts(resource, "shortNames", type.shortNames());
            texts(resource, "categories", type.categories());
            if (type.verbs().contains("watch")) {
                resource.put("storageVersionHash", Hashes.storageVersion(type));
            }
            for (String sub : type.subresources()) {
                Subresource special = special(type, sub);
                ObjectNode node = list.addObject()
                        .put("name", type.plural() + "/" + sub)
                        .put("singularName", "")
                        .put("namespaced", type.namespaced());
                if (special != null && !special.kind().isEmpty()) {
                    node.put("kind", special.kind());
                    if (!special.group().isEmpty()) {
                        node.put("group", special.group()).put("version", special.version());
                    }
                } else {
                    node.put("kind", type.kind());
                }
                verbs(special, node.putArray("verbs"));
            }
        }
        return out;
    }
}
