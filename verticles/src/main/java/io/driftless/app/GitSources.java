package io.driftless.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.api.Sources;
import io.driftless.events.Condition;
import io.driftless.http.HttpFailure;
import io.driftless.manifest.RenderTargets;
import io.driftless.manifest.RepositoryInspector;
import io.driftless.manifest.RepositoryInspector.Look;
import io.driftless.manifest.archive.ArchiveException;
import io.driftless.manifest.archive.ArchiveFiles;
import io.driftless.manifest.archive.ArchiveLimits;
import io.driftless.manifest.git.CommitInfo.Told;
import io.driftless.manifest.git.GitException;
import io.driftless.manifest.render.Desired;
import io.driftless.manifest.render.Images;
import io.driftless.manifest.render.RemoteSources;
import io.driftless.manifest.render.RenderRequest;
import io.driftless.manifest.render.RenderResult;
import io.driftless.manifest.render.RenderResult.Rendered;
import io.driftless.manifest.render.Renderer;
import io.driftless.redact.Redaction;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What the API asks of repositories, answered from mirrors: those of the manifest stage where it runs in this process,
/// else ones that are made when somebody asks.
final class GitSources implements Sources {
    private final Supplier<RepositoryInspector> inspector;
    private final RenderTargets targets;
    private final Supplier<Redaction> redaction;

    GitSources(Supplier<RepositoryInspector> inspector, RenderTargets targets, Supplier<Redaction> redaction) {
        this.inspector = inspector;
        this.targets = targets;
        this.redaction = redaction;
    }

    @Override
    public Commit commit(String project, String repository, String revision) {
        Told told = answered(() -> inspector.get().commit(project, repository, revision));
        return new Commit(told.author(), Instant.ofEpochSecond(told.at()), told.message(), told.tags());
    }

    @Override
    public List<Found> applications(String project, String repository, String revision) {
        return answered(() -> inspector.get().applications(project, repository, revision)).stream()
                .map(found -> new Found(found.path(), found.type()))
                .toList();
    }

    @Override
    public Details details(JsonNode source, JsonNode application) {
        Rendered rendered = rendered(look(source, application));
        return new Details(rendered.sourceType().text(), Images.of(rendered.manifests()));
    }

    @Override
    public Manifests manifests(JsonNode source, JsonNode application) {
        Look look = look(source, application);
        return prepared(look.revision(), rendered(look), application);
    }

    /// Remote bases are not read: to see an Application is all that the caller needs for this, and the server would
    /// ask hosts in his name.
    @Override
    public Manifests sent(byte[] archive, JsonNode source, JsonNode application) {
        try {
            ArchiveFiles files = ArchiveFiles.read(archive, ArchiveLimits.DEFAULT);
            RenderResult result = Renderer.render(files, RemoteSources.NONE, RenderRequest.of(source, as(application)));
            return prepared(files.revision(), rendered(new Look(files.revision(), result)), application);
        } catch (ArchiveException e) {
            throw HttpFailure.invalid(String.valueOf(e.getMessage()));
        }
    }

    private Manifests prepared(String revision, Rendered rendered, JsonNode application) {
        JsonNode destination = application.path("spec").path("destination");
        Desired.Target target = new Desired.Target(
                instanceName(application),
                destination.path("namespace").asText(""),
                targets.scopes(destination.path("server").asText("")));
        return switch (Desired.prepare(rendered.manifests(), target)) {
            case Desired.Prepared prepared ->
                new Manifests(
                        rendered.sourceType().text(),
                        revision,
                        prepared.objects().stream()
                                .map(object -> redaction.get().redact(object.object()))
                                .toList());
            case Desired.Unusable unusable -> throw invalid(unusable.conditions());
        };
    }

    private Look look(JsonNode source, JsonNode application) {
        return answered(() -> inspector.get().look(source, as(application)));
    }

    private RenderRequest.Application as(JsonNode application) {
        JsonNode spec = application.path("spec");
        return new RenderRequest.Application(
                instanceName(application),
                spec.path("destination").path("namespace").asText(""),
                spec.path("project").asText("default"));
    }

    private String instanceName(JsonNode application) {
        JsonNode metadata = application.path("metadata");
        return Desired.Target.trackingName(
                targets.controlPlaneNamespace(),
                metadata.path("namespace").asText(""),
                metadata.path("name").asText(""));
    }

    private static Rendered rendered(Look look) {
        return switch (look.result()) {
            case Rendered rendered -> rendered;
            case RenderResult.Refused refused -> throw invalid(refused.conditions());
        };
    }

    private static HttpFailure invalid(List<Condition> conditions) {
        return HttpFailure.invalid(conditions.stream().map(Condition::message).collect(Collectors.joining("; ")));
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
