package io.driftless.manifest.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/// Finds the commit of a target revision in a mirror, asking the host again only for names that are not known.
final class RevisionResolver {
    private final Mirror mirror;
    private final MirrorStore store;

    RevisionResolver(Mirror mirror, MirrorStore store) {
        this.mirror = mirror;
        this.store = store;
    }

    ResolvedRevision resolve(@Nullable String target) {
        String shown = target == null || target.isBlank() ? "HEAD" : RepositoryUrl.printable(target);
        try {
            return switch (RevisionName.parse(target)) {
                case RevisionName.Head() -> head();
                case RevisionName.FullSha(String sha) -> commit(sha);
                case RevisionName.FullRef(String ref) -> fullRef(ref);
                case RevisionName.Name(String name) -> name(name);
                case RevisionName.VersionRange(String text) ->
                    throw new GitException.NotSupported("targetRevision '" + shown
                            + "' is a range of versions, which is not supported yet: name a tag, a branch or a commit");
                case RevisionName.Refused(String why) -> throw notFound(shown, why);
            };
        } catch (IOException e) {
            throw mirror.damaged(e);
        }
    }

    private ResolvedRevision head() throws IOException {
        Heads heads = mirror.heads();
        if (heads.headId() == null && !mirror.listedWithin(mirror.missRefresh())) {
            mirror.fetch(FetchHint.everything());
            heads = mirror.heads();
        }
        if (heads.headId() == null) {
            throw notFound("HEAD", "the repository has no commits, or its default branch does not exist");
        }
        return new ResolvedRevision(peeled("HEAD", ObjectId.fromString(heads.headId())), heads.head());
    }

    private ResolvedRevision commit(String sha) throws IOException {
        ObjectId id = ObjectId.fromString(sha);
        if (!store.missing(List.of(id)).isEmpty()) {
            mirror.heads();
        }
        if (!store.missing(List.of(id)).isEmpty()) {
            try {
                mirror.fetchCommit(id);
            } catch (GitException.RepositoryUnreachable e) {
                throw notFoundBecause(sha, e);
            }
        }
        return new ResolvedRevision(peeled(sha, id), null);
    }

    private GitException notFoundBecause(String sha, GitException.RepositoryUnreachable e) {
        // The refs are compared to tell a commit that does not exist from a host that does not answer.
        mirror.fetch(FetchHint.everything());
        GitException.RevisionNotFound found =
                notFound(sha, "no such commit, or the host does not hand out commits that no branch or tag holds");
        found.addSuppressed(e);
        return found;
    }

    private ResolvedRevision fullRef(String ref) throws IOException {
        if (!ref.startsWith("refs/heads/") && !ref.startsWith("refs/tags/")) {
            mirror.alsoFollow(ref);
        }
        String id = mirror.heads().refs().get(ref);
        if (id == null && refreshed()) {
            id = mirror.heads().refs().get(ref);
        }
        if (id == null && !ref.startsWith("refs/heads/") && !ref.startsWith("refs/tags/")) {
            mirror.fetch(FetchHint.of(ref, null, null));
            id = mirror.heads().refs().get(ref);
        }
        if (id == null) {
            throw notFound(ref, "no such ref");
        }
        return new ResolvedRevision(peeled(ref, ObjectId.fromString(id)), ref);
    }

    private ResolvedRevision name(String name) throws IOException {
        ResolvedRevision found = known(name);
        if (found == null && refreshed()) {
            found = known(name);
        }
        if (found == null) {
            throw notFound(name, "no branch or tag has this name and no commit begins with it");
        }
        return found;
    }

    private @Nullable ResolvedRevision known(String name) throws IOException {
        Heads heads = mirror.heads();
        for (String prefix : List.of("refs/heads/", "refs/tags/")) {
            String id = heads.refs().get(prefix + name);
            if (id != null) {
                return new ResolvedRevision(peeled(name, ObjectId.fromString(id)), prefix + name);
            }
        }
        return RevisionName.SHORT.matcher(name).matches() ? abbreviated(name) : null;
    }

    private @Nullable ResolvedRevision abbreviated(String text) throws IOException {
        List<ObjectId> commits = new ArrayList<>();
        try (ObjectReader reader = store.newReader();
                RevWalk walk = new RevWalk(reader)) {
            for (ObjectId id : reader.resolve(AbbreviatedObjectId.fromString(text))) {
                if (walk.parseAny(id) instanceof RevCommit) {
                    commits.add(id);
                }
            }
        }
        if (commits.size() > 1) {
            throw notFound(text, "several commits begin with it: use more digits");
        }
        return commits.isEmpty()
                ? null
                : new ResolvedRevision(commits.getFirst().name(), null);
    }

    private boolean refreshed() {
        if (mirror.listedWithin(mirror.missRefresh())) {
            return false;
        }
        mirror.fetch(FetchHint.everything());
        return true;
    }

    private String peeled(String revision, ObjectId id) throws IOException {
        try (RevWalk walk = new RevWalk(store.newReader())) {
            RevObject object = walk.peel(walk.parseAny(id));
            if (object instanceof RevCommit commit) {
                return commit.name();
            }
            throw notFound(revision, "it names no commit but another kind of object");
        } catch (MissingObjectException e) {
            throw notFound(revision, "no such commit");
        } catch (IncorrectObjectTypeException e) {
            throw notFound(revision, "it names no commit but another kind of object");
        }
    }

    private GitException.RevisionNotFound notFound(String revision, String what) {
        return new GitException.RevisionNotFound(mirror.url(), revision, what);
    }
}
