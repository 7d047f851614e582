package io.driftless.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.Condition;
import io.driftless.manifest.git.CommitInfo;
import io.driftless.manifest.git.CommitInfo.Told;
import io.driftless.manifest.git.GitException;
import io.driftless.manifest.git.Mirror;
import io.driftless.manifest.git.Opening;
import io.driftless.manifest.git.RepositoryMirrors;
import io.driftless.manifest.git.SourceTree;
import io.driftless.manifest.git.SourceTree.Entry;
import io.driftless.manifest.render.RenderRequest;
import io.driftless.manifest.render.RenderResult;
import io.driftless.manifest.render.Renderer;
import io.driftless.manifest.web.HostRule;
import io.driftless.manifest.web.WebException;
import io.driftless.manifest.web.WebFiles;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Looks into repositories for people who ask: what a commit says, where applications lie, what a source would give.
/// Nothing is remembered but the mirrors. Calls block and fail with [GitException].
public final class RepositoryInspector implements AutoCloseable {
    private static final int MOST_DIRECTORIES = 20_000;
    private static final int MOST_FOUND = 5_000;
    private final RepositoryMirrors mirrors;
    private final RemoteStates remotes;
    private final List<AutoCloseable> own;

    private RepositoryInspector(RepositoryMirrors mirrors, RemoteStates remotes, List<AutoCloseable> own) {
        this.mirrors = mirrors;
        this.remotes = remotes;
        this.own = own;
    }

    /// On what a running stage reads from.
    static RepositoryInspector sharing(RepositoryMirrors mirrors, RemoteStates remotes) {
        return new RepositoryInspector(mirrors, remotes, List.of());
    }

    /// With mirrors that nobody else uses, closed together.
    public static RepositoryInspector alone(Vertx vertx, RepositoryMirrors mirrors, HostRule fileHosts) {
        WebFiles files = new WebFiles(vertx, fileHosts, WebFiles.Settings.DEFAULT);
        return new RepositoryInspector(
                mirrors, new RemoteStates(new RemoteCommits(mirrors), files), List.of(mirrors, files));
    }

    /// A directory that can be deployed.
    ///
    /// @param type `Helm` or `Kustomize`
    public record Found(String path, String type) {}

    /// What a commit says, and the tags that name it.
    ///
    /// @param project with whose credentials; empty for those of all
    public Told commit(String project, String repository, String revision) {
        Mirror mirror = mirrors.mirror(mirrors.opening(repository, project));
        return CommitInfo.told(mirror, mirror.resolve(revision).sha());
    }

    /// Where charts and kustomizations lie, in the order of their paths.
    ///
    /// @param project with whose credentials; empty for those of all
    public List<Found> applications(String project, String repository, String revision) {
        Mirror mirror = mirrors.mirror(mirrors.opening(repository, project));
        mirror.refresh();
        SourceTree tree = mirror.tree(mirror.resolve(revision).sha());
        List<Found> found = new ArrayList<>();
        Deque<String> open = new ArrayDeque<>(List.of(""));
        for (int seen = 0; !open.isEmpty() && found.size() < MOST_FOUND; seen++) {
            if (seen == MOST_DIRECTORIES) {
                throw new GitException.TooLarge(
                        "repository " + repository, "more than " + MOST_DIRECTORIES + " directories to look into");
            }
            String directory = open.removeFirst();
            List<String> names = new ArrayList<>();
            for (Entry entry : tree.list(directory)) {
                switch (entry.kind()) {
                    case DIRECTORY -> open.addLast(entry.path());
                    case FILE -> names.add(entry.name());
                    case LINK, SUBMODULE -> {}
                }
            }
            String type = Renderer.typeOf(names);
            if (!type.isEmpty()) {
                found.add(new Found(directory.isEmpty() ? "." : directory, type));
            }
        }
        found.sort((a, b) -> a.path().compareTo(b.path()));
        return found;
    }

    /// A render of the newest commit that a target revision stands for.
    public record Look(String revision, RenderResult result) {}

    /// What an Application with this source would deploy, as far as a render tells.
    public Look look(JsonNode source, RenderRequest.Application application) {
        Opening opening = mirrors.opening(source.path("repoURL").asText(""), application.project());
        Mirror mirror = mirrors.mirror(opening);
        mirror.refresh();
        String sha = mirror.resolve(source.path("targetRevision").asText("")).sha();
        try {
            return new Look(
                    sha,
                    Renderer.render(
                            new CommitFiles(mirror.tree(sha)),
                            new RemoteBaseReader(remotes, opening),
                            RenderRequest.of(source, application)));
        } catch (WebException e) {
            Condition why = new Condition(Condition.COMPARISON_ERROR, String.valueOf(e.getMessage()));
            return new Look(sha, new RenderResult.Refused(List.of(why)));
        }
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable part : own) {
            part.close();
        }
    }
}
