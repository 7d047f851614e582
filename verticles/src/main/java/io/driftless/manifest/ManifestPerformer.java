package io.driftless.manifest;

import io.driftless.cluster.Clusters;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.Condition;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.RepositoryUrl;
import io.driftless.manifest.ManifestNews.Refused;
import io.driftless.manifest.ManifestNews.Rendered;
import io.driftless.manifest.ManifestNews.StillValid;
import io.driftless.manifest.git.CommitInfo;
import io.driftless.manifest.git.FetchHint;
import io.driftless.manifest.git.GitException;
import io.driftless.manifest.git.Mirror;
import io.driftless.manifest.git.Opening;
import io.driftless.manifest.git.ReadSet;
import io.driftless.manifest.git.RecordingTree;
import io.driftless.manifest.git.RepositoryMirrors;
import io.driftless.manifest.render.Desired;
import io.driftless.manifest.render.RenderRequest;
import io.driftless.manifest.render.RenderResult;
import io.driftless.manifest.render.Renderer;
import io.driftless.manifest.web.WebException;
import io.driftless.security.SecurityEvent;
import io.driftless.security.SecurityLog;
import io.driftless.stage.Performer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Renders: resolves the target revision, reads the commit from the mirror, and notes what was looked at.
final class ManifestPerformer implements Performer<RenderTask, ManifestNews> {
    private final RepositoryMirrors mirrors;
    private final RemoteStates remotes;
    private final RepositoryIndex index;
    private final HeadComparison comparison;
    private final RenderTargets targets;
    private final Manifests manifests;
    private final AtomicLong renders = new AtomicLong();

    ManifestPerformer(
            RepositoryMirrors mirrors,
            RemoteStates remotes,
            RepositoryIndex index,
            HeadComparison comparison,
            Clusters clusters,
            Manifests manifests,
            String controlPlaneNamespace) {
        this.mirrors = mirrors;
        this.remotes = remotes;
        this.index = index;
        this.comparison = comparison;
        this.targets = new RenderTargets(clusters, controlPlaneNamespace);
        this.manifests = manifests;
    }

    /// How many renders were made since the start.
    long renders() {
        return renders.get();
    }

    @Override
    public ManifestNews perform(String subject, RenderTask task) {
        ApplicationDeclared declared = task.declared();
        String revision = task.head();
        try {
            Opening opening = mirrors.opening(
                    declared.spec().source().repoURL(), declared.spec().project());
            TrackedRevision tracked = index.follow(
                    subject,
                    opening,
                    declared.spec().project(),
                    declared.spec().source().targetRevision());
            Mirror mirror = mirrors.mirror(opening);
            long fetchMicros = task.fetchMicros();
            if (revision != null) {
                // While the task waited another look may have found a later commit: that one must not be undone. And
                // what was found with credentials that are not the application's any more is not known here.
                revision = tracked.head();
            }
            if (revision == null) {
                long start = System.nanoTime();
                mirror.fetch(FetchHint.everything());
                String target = declared.spec().source().targetRevision();
                revision = mirror.resolve(target).sha();
                fetchMicros = (System.nanoTime() - start) / 1000;
                comparison.compare(mirror, target, tracked, task.chain(), fetchMicros, subject);
            }
            if (revision.equals(task.rendered())
                    && holds(subject, opening, tracked)
                    && revision.equals(tracked.head())) {
                return new StillValid(declared.generation(), revision);
            }
            return render(subject, task, opening, mirror, tracked, revision, fetchMicros);
        } catch (GitException e) {
            if (e instanceof GitException.PathOutside outside) {
                SecurityLog.tellOnce(
                        SecurityEvent.PATH_OUTSIDE,
                        "a path of a repository leads out of it",
                        "application",
                        subject,
                        "repository",
                        RepositoryUrl.normalise(declared.spec().source().repoURL()),
                        "path",
                        outside.path());
            }
            // Somebody may write a Secret, and nothing says so here.
            boolean mayPass = e.passing() || e instanceof GitException.AuthenticationFailed;
            return unread(task, revision, e, mayPass);
        } catch (WebException e) {
            return unread(task, revision, e, e.passing());
        }
    }

    private static Refused unread(RenderTask task, @Nullable String revision, RuntimeException e, boolean mayPass) {
        Condition condition = new Condition(Condition.COMPARISON_ERROR, String.valueOf(e.getMessage()));
        return refused(task, revision, List.of(condition), mayPass);
    }

    /// Whether the application rests on a render of this head, and nothing it read elsewhere has changed.
    private boolean holds(String subject, Opening opening, TrackedRevision tracked) {
        ReadSet read = tracked.readSet(subject);
        return read != null && remotes.unchanged(opening, read.remotes());
    }

    private ManifestNews render(
            String subject,
            RenderTask task,
            Opening opening,
            Mirror mirror,
            TrackedRevision tracked,
            String revision,
            long fetchMicros) {
        long start = System.nanoTime();
        renders.incrementAndGet();
        ApplicationDeclared declared = task.declared();
        RecordingTree tree = new RecordingTree(mirror.tree(revision));
        RemoteBaseReader outside = new RemoteBaseReader(remotes, opening);
        try {
            RenderResult result = Renderer.render(
                    new CommitFiles(tree),
                    outside,
                    RenderRequest.of(declared.document().path("source"), targets.application(declared)));
            return switch (result) {
                case RenderResult.Refused refusal -> refused(task, revision, refusal.conditions(), false);
                case RenderResult.Rendered rendered ->
                    switch (Desired.prepare(rendered.manifests(), targets.target(declared))) {
                        case Desired.Unusable unusable -> refused(task, revision, unusable.conditions(), false);
                        case Desired.Prepared prepared -> {
                            List<ResourceRendered> resources = manifests.of(declared.application(), prepared.objects());
                            yield new Rendered(
                                    declared.generation(),
                                    revision,
                                    rendered.sourceType().text(),
                                    CommitInfo.of(mirror, revision),
                                    resources,
                                    prepared.warnings(),
                                    task.chain(),
                                    fetchMicros,
                                    (System.nanoTime() - start) / 1000);
                        }
                    };
            };
        } finally {
            // A refused render has a read set too: the commit that mends it touches something it looked at.
            tracked.settle(subject, revision, tree.readSet().with(outside.seen()));
        }
    }

    private static Refused refused(
            RenderTask task, @Nullable String revision, List<Condition> conditions, boolean mayPass) {
        return new Refused(task.declared().generation(), revision, conditions, mayPass, task.chain());
    }
}
