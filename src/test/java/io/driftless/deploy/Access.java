package io.driftless.deploy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a request to an API server does, in the words of its authorizer.
///
/// @param resource plural, with `/subresource` behind it if there is one
/// @param namespace empty for a cluster-wide request
/// @param name empty for a whole collection
record Access(String verb, String group, String resource, String namespace, String name) {
    private static final Map<String, String> VERBS =
            Map.of("POST", "create", "PUT", "update", "PATCH", "patch", "DELETE", "delete");
    private static final String BY_NAME = "metadata.name=";

    /// Empty for what every client may ask: which kinds there are, and how the server is.
    static Optional<Access> of(String method, String path, Map<String, String> parameters) {
        List<String> parts = Arrays.asList(path.substring(1).split("/"));
        int version = parts.getFirst().equals("api") ? 1 : 2;
        if (!List.of("api", "apis").contains(parts.getFirst()) || parts.size() <= version + 1) {
            return Optional.empty();
        }
        String group = version == 1 ? "" : parts.get(1);
        List<String> rest = parts.subList(version + 1, parts.size());
        String namespace = "";
        if (rest.getFirst().equals("namespaces") && rest.size() > 1) {
            namespace = rest.get(1);
            rest = rest.size() > 2 ? rest.subList(2, rest.size()) : rest;
        }
        String name = rest.size() > 1 ? rest.get(1) : "";
        String resource = rest.size() > 2 ? rest.getFirst() + '/' + rest.get(2) : rest.getFirst();
        if (!method.equals("GET")) {
            return Optional.of(new Access(VERBS.getOrDefault(method, method), group, resource, namespace, name));
        }
        String verb = List.of("true", "1").contains(parameters.getOrDefault("watch", ""))
                ? "watch"
                : name.isEmpty() ? "list" : "get";
        String selector = parameters.getOrDefault("fieldSelector", "");
        String meant = name.isEmpty() && selector.startsWith(BY_NAME) ? selector.substring(BY_NAME.length()) : name;
        return Optional.of(new Access(verb, group, resource, namespace, meant));
    }
}
