package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.driftless.http.HttpFailure;
import java.time.Instant;
import java.util.List;

/// Repositories that hold whatever is asked for, except in the path `missing`.
final class MemorySources implements Sources {
    @Override
    public Commit commit(String project, String repository, String revision) {
        if (revision.equals("unknown")) {
            throw HttpFailure.invalid("revision 'unknown' was not found");
        }
        return new Commit(
                "Ann <ann@example.com>",
                Instant.ofEpochSecond(1_700_000_000),
                "Change\n\nat " + revision,
                List.of("v1"));
    }

    @Override
    public List<Found> applications(String project, String repository, String revision) {
        return List.of(new Found("apps/web", "Kustomize"), new Found("charts/db", "Helm"));
    }

    @Override
    public Details details(JsonNode source, JsonNode application) {
        if (source.path("path").asText().equals("missing")) {
            throw HttpFailure.invalid("missing: app path does not exist in this revision");
        }
        return source.path("path").asText().equals("plain")
                ? new Details("Directory", List.of("image:1"))
                : new Details("Kustomize", List.of("image:1"));
    }

    /// One object with the size of what came.
    @Override
    public Manifests sent(byte[] archive, JsonNode source, JsonNode application) {
        JsonNode object = JsonNodeFactory.instance
                .objectNode()
                .put("kind", "Sent")
                .put("bytes", archive.length)
                .set("source", source);
        return new Manifests("Directory", "streamed", List.of(object));
    }

    @Override
    public Manifests manifests(JsonNode source, JsonNode application) {
        Details details = details(source, application);
        String revision = source.path("targetRevision").asText();
        return new Manifests(
                details.type(),
                commit("", "", revision).message().substring("Change\n\nat ".length()),
                List.of(JsonNodeFactory.instance
                        .objectNode()
                        .put("apiVersion", "v1")
                        .put("kind", "ConfigMap")
                        .set("metadata", JsonNodeFactory.instance.objectNode().put("name", "of-" + revision))));
    }
}
