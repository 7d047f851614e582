package io.driftless.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.Condition;
import io.driftless.manifest.ManifestNews.Answered;
import io.driftless.manifest.RenderTask.Order;
import io.driftless.manifest.git.FetchHint;
import io.driftless.manifest.git.GitException;
import io.driftless.manifest.git.Mirror;
import io.driftless.manifest.git.Opening;
import io.driftless.manifest.git.RepositoryMirrors;
import io.driftless.manifest.render.Desired;
import io.driftless.manifest.render.GivenManifests;
import io.driftless.manifest.render.RenderRequest;
import io.driftless.manifest.render.RenderResult;
import io.driftless.manifest.render.Renderer;
import io.driftless.manifest.web.WebException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Renders what an operation asked for: another revision, another source, or manifests that were
/// given. What is read here is not remembered: nobody follows it.
final class RevisionPerformer {
    private static final String FULL_SHA = "[0-9a-f]{40}";
    private final RepositoryMirrors mirrors;
    private final RemoteStates remotes;
    private final RenderTargets targets;
    private final Manifests manifests;
    private final Function<String, JsonNode> open;

    /// @param open opens sealed manifests
    RevisionPerformer(
            RepositoryMirrors mirrors,
            RemoteStates remotes,
            RenderTargets targets,
            Manifests manifests,
            Function<String, JsonNode> open) {
        this.mirrors = mirrors;
        this.remotes = remotes;
        this.targets = targets;
        this.manifests = manifests;
        this.open = open;
    }

    Answered answer(RenderTask task, Order order) {
        try {
            String given = order.given();
            return given == null
                    ? ofRevision(task.declared(), order)
                    : prepared(task.declared(), order, "", GivenManifests.read(texts(given)));
        } catch (GitException | WebException | IllegalArgumentException e) {
            return refused(order, List.of(new Condition(Condition.COMPARISON_ERROR, String.valueOf(e.getMessage()))));
        }
    }

    private Answered ofRevision(ApplicationDeclared declared, Order order) {
        JsonNode source = order.source() == null ? declared.document().path("source") : order.source();
        Opening opening = mirrors.opening(
                source.path("repoURL").asText(""), declared.spec().project());
        Mirror mirror = mirrors.mirror(opening);
        if (!order.revision().matches(FULL_SHA)) {
            mirror.fetch(FetchHint.everything());
        }
        String revision = mirror.resolve(order.revision()).sha();
        RenderResult result = Renderer.render(
                new CommitFiles(mirror.tree(revision)),
                new RemoteBaseReader(remotes, opening),
                RenderRequest.of(source, targets.application(declared)));
        return prepared(declared, order, revision, result);
    }

    private Answered prepared(ApplicationDeclared declared, Order order, String revision, RenderResult result) {
        return switch (result) {
            case RenderResult.Refused refusal -> refused(order, refusal.conditions());
            case RenderResult.Rendered rendered ->
                switch (Desired.prepare(rendered.manifests(), targets.target(declared))) {
                    case Desired.Unusable unusable -> refused(order, unusable.conditions());
                    case Desired.Prepared prepared ->
                        new Answered(
                                order.operation(),
                                revision,
                                manifests.of(declared.application(), prepared.objects()),
                                List.of());
                };
        };
    }

    private List<String> texts(String sealed) {
        List<String> texts = new ArrayList<>();
        open.apply(sealed).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Answered refused(Order order, List<Condition> conditions) {
        return new Answered(order.operation(), "", List.of(), conditions);
    }
}
