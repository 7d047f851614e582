package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.HttpFailure;
import io.driftless.rpc.Call;
import io.driftless.rpc.Methods;

/// What is known of a revision of an Application's source.
final class RevisionMethods {
    private static final String SERVICE = "application.ApplicationService/";
    private final ApplicationAccess access;
    private final Sources sources;

    RevisionMethods(ApplicationAccess access, Sources sources) {
        this.access = access;
        this.sources = sources;
    }

    void register(Methods methods) {
        methods.unary(SERVICE + "RevisionMetadata", this::metadata)
                .unary(SERVICE + "RevisionChartDetails", (call, request) -> {
                    access.get(call, "get", request);
                    throw HttpFailure.unsupported("showing details of Helm charts");
                })
                .unary(SERVICE + "GetOCIMetadata", (call, request) -> {
                    access.get(call, "get", request);
                    throw HttpFailure.unsupported("showing metadata of OCI artifacts");
                });
    }

    private JsonNode metadata(Call call, ObjectNode request) {
        ObjectNode application = access.get(call, "get", request);
        JsonNode source = source(application, request);
        String repository = source.path("repoURL").asText("");
        String revision = request.path("revision").asText("");
        if (repository.isEmpty() || revision.isEmpty()) {
            throw HttpFailure.invalid(
                    revision.isEmpty() ? "field revision is missing" : "the application has no Git source");
        }
        if (source.hasNonNull("chart")) {
            throw HttpFailure.unsupported("showing revisions of Helm charts");
        }
        Sources.Commit commit = sources.commit(ApplicationAccess.project(application), repository, revision);
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("author", commit.author())
                .put("date", commit.date().toString());
        if (!commit.tags().isEmpty()) {
            commit.tags().forEach(answer.putArray("tags")::add);
        }
        return answer.put("message", commit.message());
    }

    /// The source that is asked about: the one of now, or of an entry of the history.
    private static JsonNode source(ObjectNode application, ObjectNode request) {
        JsonNode holder = application.path("spec");
        int version = request.path("versionId").asInt(-1);
        for (JsonNode entry : application.path("status").path("history")) {
            if (request.has("versionId") && entry.path("id").asInt(-1) == version && entry.has("source")) {
                holder = entry;
            }
        }
        JsonNode several = holder.path("sources");
        return several.isEmpty()
                ? holder.path("source")
                : several.path(request.path("sourceIndex").asInt(0));
    }
}
