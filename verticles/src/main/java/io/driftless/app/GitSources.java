package io.driftless.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.api.Sources;
import io.driftless.events.Condition;
import io.driftless.http.HttpFailure;
import io.driftless.manifest.RepositoryInspector;
import io.driftless.manifest.RepositoryInspector.Look;
import io.driftless.manifest.git.CommitInfo.Told;
import io.driftless.manifest.git.GitException;
import io.driftless.manifest.render.RenderRequest;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What the API asks of repositories, answered from mirrors: those of the manifest stage where it runs in this process,
/// else ones that are made when somebody asks.
final class GitSources implements Sources {
    private final Supplier<RepositoryInspector> inspector;

    GitSources(Supplier<RepositoryInspector> inspector) {
        this.inspector = inspector;
    }

    @Override
    public Commit commit(String repository, String revision) {
        Told told = answered(() -> inspector.get().commit(repository, revision));
        return new Commit(told.author(), Instant.ofEpochSecond(told.at()), told.message(), told.tags());
    }

    @Override
    public List<Found> applications(String repository, String revision) {
        return answered(() -> inspector.get().applications(repository, revision)).stream()
                .map(found -> new Found(found.path(), found.type()))
                .toList();
    }

    @Override
    public Details details(JsonNode source, JsonNode application) {
        JsonNode spec = application.path("spec");
        RenderRequest.Application as = new RenderRequest.Application(
                application.path("metadata").path("name").asText(""),
                spec.path("destination").path("namespace").asText(""),
                spec.path("project").asText("default"));
        return switch (answered(() -> inspector.get().look(source, as))) {
            case Look.Usable usable -> new Details(usable.type(), usable.images());
            case Look.Refused refused ->
                throw HttpFailure.invalid(
                        refused.conditions().stream().map(Condition::message).collect(Collectors.joining("; ")));
        };
    }

    private static <T> T answered(Supplier<T> question) {
        try {
            return question.get();
        } catch (GitException e) {
            String message = String.valueOf(e.getMessage());
            throw e.passing() ? HttpFailure.unavailable(message) : HttpFailure.invalid(message);
        }
    }
}
