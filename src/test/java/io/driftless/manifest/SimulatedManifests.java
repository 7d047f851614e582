package io.driftless.manifest;

import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.Condition;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.PushEvent.Origin;
import io.driftless.events.PushEvent.RepositoryPushed;
import io.driftless.manifest.ManifestNews.HeadMoved;
import io.driftless.manifest.ManifestNews.LookAgain;
import io.driftless.manifest.ManifestNews.Refused;
import io.driftless.manifest.ManifestNews.Rendered;
import io.driftless.manifest.ManifestNews.StillValid;
import io.driftless.manifest.git.Opening;
import io.driftless.manifest.git.RecordingTree;
import io.driftless.manifest.git.SourceTree;
import io.driftless.simulation.Manifests;
import io.driftless.simulation.ModelTree;
import io.driftless.simulation.Repository;
import io.driftless.stage.Performer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// The edge of the manifest stage over a model of a repository: the same index of who follows what and read which
/// paths, with a trivial renderer in the place of Git, YAML and Kustomize.
@NullMarked
public final class SimulatedManifests implements Performer<RenderTask, ManifestNews> {
    private final Repository repository;
    private final BiConsumer<String, ManifestNews> deliver;
    private final Around around;
    private final RepositoryIndex index = new RepositoryIndex();
    private final Deque<Arrival> waiting = new ArrayDeque<>();
    /// What the mirror of this instance holds.
    private Repository.@Nullable Commit fetched;

    private record Arrival(RepositoryPushed push, String chain) {}

    /// What the world does to a render.
    public interface Around {
        /// Something else happens between two steps of this one.
        void meanwhile();

        /// Whether the folder can be listed in part only, and the part is taken for the whole.
        boolean partial();
    }

    public SimulatedManifests(Repository repository, BiConsumer<String, ManifestNews> deliver, Around around) {
        this.repository = repository;
        this.deliver = deliver;
        this.around = around;
    }

    private static final class Unreachable extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private Repository.Commit fetch() {
        if (!repository.reachable()) {
            throw new Unreachable();
        }
        Repository.Commit head = repository.head();
        fetched = head;
        return head;
    }

    @Override
    public ManifestNews perform(String subject, RenderTask task) {
        if (task.order() != null) {
            throw new UnsupportedOperationException("nobody asks for another revision in the simulation");
        }
        ApplicationDeclared declared = task.declared();
        String revision = task.head();
        try {
            TrackedRevision tracked = index.follow(
                    subject,
                    new Opening(declared.spec().source().repoURL(), ""),
                    declared.spec().project(),
                    declared.spec().source().targetRevision());
            if (revision != null) {
                revision = tracked.head();
            }
            if (revision == null) {
                revision = fetch().sha();
                around.meanwhile();
                compare(tracked, task.chain(), subject);
            }
            around.meanwhile();
            if (revision.equals(task.rendered()) && tracked.isSettled(subject) && revision.equals(tracked.head())) {
                return new StillValid(declared.generation(), revision);
            }
            return render(subject, task, tracked, revision);
        } catch (Unreachable e) {
            List<Condition> conditions = List.of(new Condition(Condition.COMPARISON_ERROR, "the host is down"));
            return new Refused(declared.generation(), revision, conditions, true, task.chain());
        }
    }

    private ManifestNews render(String subject, RenderTask task, TrackedRevision tracked, String revision) {
        ApplicationDeclared declared = task.declared();
        RecordingTree tree = new RecordingTree(new ModelTree(repository.commit(revision)));
        try {
            List<ResourceRendered> resources = new ArrayList<>();
            for (SourceTree.Entry entry : tree.list(Repository.folder(subject))) {
                tree.entry(entry.path());
                Repository.File file = repository.commit(revision).tree().get(entry.path());
                if (file == null || !file.readable()) {
                    List<Condition> conditions =
                            List.of(new Condition(Condition.COMPARISON_ERROR, entry.path() + " is no manifest"));
                    return new Refused(declared.generation(), revision, conditions, false, task.chain());
                }
                if (!around.partial()) {
                    resources.add(Manifests.rendered(declared.application(), entry.name(), file.value()));
                }
            }
            return new Rendered(
                    declared.generation(),
                    revision,
                    "Directory",
                    new io.driftless.events.DesiredEvent.Commit("", "", 0),
                    resources,
                    List.of(),
                    task.chain(),
                    0,
                    0);
        } finally {
            tracked.settle(subject, revision, tree.readSet());
        }
    }

    private void compare(TrackedRevision tracked, String chain, String except) {
        Repository.Commit head = fetched == null ? fetch() : fetched;
        String before = tracked.head();
        if (head.sha().equals(before)) {
            return;
        }
        Set<String> changed = before == null ? Set.of() : repository.changedPaths(before, head.sha());
        SourceTree tree = new ModelTree(head);
        for (String subject : tracked.move(head.sha(), changed, read -> read.unchangedIn(tree))) {
            if (!subject.equals(except)) {
                deliver.accept(subject, new HeadMoved(head.sha(), chain, 0));
            }
        }
    }

    /// Takes in a push; it is handled by a later step.
    public void pushed(RepositoryPushed push, String chain) {
        if (!index.repository(push.repository()).isEmpty()) {
            waiting.add(new Arrival(push, chain));
        }
    }

    /// Handles one push. False when there is none.
    public boolean step() {
        Arrival arrival = waiting.poll();
        if (arrival == null) {
            return false;
        }
        for (RepositoryIndex.Followed followed : index.repository(arrival.push().repository())) {
            try {
                fetch();
                followed.revisions().values().forEach(tracked -> compare(tracked, arrival.chain(), ""));
            } catch (Unreachable e) {
                followed.revisions()
                        .values()
                        .forEach(tracked -> tracked.followers()
                                .forEach(subject -> deliver.accept(subject, new LookAgain(arrival.chain()))));
            }
        }
        return true;
    }

    /// Looks at the repository as the poller does.
    public void poll(Consumer<RepositoryPushed> publish) {
        index.all().forEach(followed -> {
            if (repository.reachable()) {
                String head = fetch().sha();
                followed.revisions().forEach((target, tracked) -> {
                    if (!head.equals(tracked.head())) {
                        publish.accept(new RepositoryPushed(
                                followed.opening().repository(),
                                "refs/heads/" + target,
                                tracked.head(),
                                head,
                                null,
                                Origin.POLL,
                                "driftless"));
                    }
                });
            }
        });
    }

    /// Forgets applications that belong to others now.
    public void retain(Predicate<String> owned) {
        Set<String> kept = new HashSet<>(index.subjects());
        kept.removeIf(subject -> !owned.test(subject));
        index.retain(kept);
    }
}
