package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;

/// An application as people write it: `name` or `namespace/name`.
///
/// @param project the one it is said to belong to; empty where nothing is said
record ApplicationRef(String namespace, String name, String project) {
    ApplicationRef(String namespace, String name) {
        this(namespace, name, "");
    }

    /// The same, said to belong to a project: the server may tell then that it is not there.
    ApplicationRef within(String other) {
        return new ApplicationRef(namespace, name, other);
    }

    static ApplicationRef parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new ApplicationRef("", text)
                : new ApplicationRef(text.substring(0, slash), text.substring(slash + 1));
    }

    static ApplicationRef of(JsonNode application) {
        return new ApplicationRef(
                application.at("/metadata/namespace").asText(""),
                application.at("/metadata/name").asText(""));
    }

    /// The path of the application below `/api/v1/applications`, with `suffix` and further parameters `k=v&…`.
    String path(String suffix, String parameters) {
        String query = new Query()
                .with("appNamespace", namespace)
                .with("project", project)
                .text();
        if (!parameters.isEmpty()) {
            query = query.isEmpty() ? parameters : query + '&' + parameters;
        }
        return "/api/v1/applications/" + ApiClient.encode(name) + suffix + (query.isEmpty() ? "" : "?" + query);
    }

    String streamPath() {
        return "/api/v1/stream/applications?name=" + ApiClient.encode(name)
                + (namespace.isEmpty() ? "" : "&appNamespace=" + ApiClient.encode(namespace));
    }
}
