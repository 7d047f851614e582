package io.driftless.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationName;
import io.driftless.http.HttpFailure;
import io.driftless.http.StrictJson;
import java.util.Map;

/// Application documents that clients send: what must be there is checked, what is usual is filled in. The CRD's
/// schema and the registry judge the rest.
final class ApplicationDocument {
    private ApplicationDocument() {}

    /// The document ready to be created; fails with [HttpFailure] 400 naming the field.
    static ObjectNode checked(ObjectNode body, String namespace) {
        require(
                body.path("apiVersion").asText(Applications.API_VERSION).equals(Applications.API_VERSION),
                "apiVersion");
        require(body.path("kind").asText(Applications.KIND).equals(Applications.KIND), "kind");
        require(body.path("metadata").isObject(), "metadata");
        ObjectNode metadata = body.withObjectProperty("metadata");
        if (metadata.path("namespace").asText().isEmpty()) {
            metadata.put("namespace", namespace);
        }
        ApplicationName name = ApplicationQuery.name(
                metadata.path("name").asText(""), metadata.path("namespace").asText(""), namespace);
        require(name.name().matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?"), "metadata.name");
        checkSpec(body.path("spec"));
        if (body.path("spec").path("project").asText().isEmpty()) {
            body.withObjectProperty("spec").put("project", "default");
        }
        for (String server :
                new String[] {"uid", "resourceVersion", "creationTimestamp", "generation", "managedFields"}) {
            metadata.remove(server);
        }
        body.remove("status");
        return body.put("apiVersion", Applications.API_VERSION).put("kind", Applications.KIND);
    }

    static void checkSpec(JsonNode spec) {
        require(spec.isObject(), "spec");
        boolean several =
                spec.path("sources").isArray() && !spec.path("sources").isEmpty();
        require(several || !spec.path("source").path("repoURL").asText().isBlank(), "spec.source.repoURL");
        JsonNode destination = spec.path("destination");
        boolean server = !destination.path("server").asText().isBlank();
        boolean named = !destination.path("name").asText().isBlank();
        if (server && named) {
            throw HttpFailure.invalid("spec.destination must have server or name, not both");
        }
        require(server || named, "spec.destination.server");
    }

    static ObjectNode patch(String text) {
        return StrictJson.object(text.getBytes(UTF_8)).object();
    }

    /// JSON merge patch (RFC 7386) of what a user may write.
    static void merge(ObjectNode target, ObjectNode patch) {
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                target.remove(field.getKey());
            } else if (value instanceof ObjectNode deeper) {
                ObjectNode child = target.path(field.getKey()) instanceof ObjectNode known
                        ? known
                        : target.putObject(field.getKey());
                merge(child, deeper);
            } else {
                target.set(field.getKey(), value);
            }
        }
    }

    private static void require(boolean holds, String field) {
        if (!holds) {
            throw HttpFailure.invalid("field " + field + " is missing or wrong");
        }
    }
}
