package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;

/// A resource of an Application.
record ResourceRef(String group, String version, String kind, String namespace, String name) {
    /// @param node of a resource tree
    static ResourceRef of(JsonNode node) {
        return new ResourceRef(
                node.path("group").asText(""),
                node.path("version").asText(""),
                node.path("kind").asText(""),
                node.path("namespace").asText(""),
                node.path("name").asText(""));
    }

    /// @param object of a cluster or a manifest; its version does not count
    static ResourceRef ofObject(JsonNode object) {
        String apiVersion = object.path("apiVersion").asText("");
        int slash = apiVersion.indexOf('/');
        return new ResourceRef(
                slash < 0 ? "" : apiVersion.substring(0, slash),
                "",
                object.path("kind").asText(""),
                object.at("/metadata/namespace").asText(""),
                object.at("/metadata/name").asText(""));
    }

    /// Whether an object is run during a sync, not kept.
    static boolean isHook(JsonNode object) {
        JsonNode annotations = object.at("/metadata/annotations");
        return annotations.has("argocd.argoproj.io/hook") || annotations.has("helm.sh/hook");
    }

    /// Whether its values are nobody's business.
    boolean secret() {
        return group.isEmpty() && kind.equals("Secret");
    }

    /// As parameters of the API.
    String query() {
        return "group=" + ApiClient.encode(group) + "&version=" + ApiClient.encode(version) + "&kind="
                + ApiClient.encode(kind) + "&namespace=" + ApiClient.encode(namespace) + "&resourceName="
                + ApiClient.encode(name);
    }
}
