package io.driftless.manifest.git;

import io.driftless.manifest.git.TreeObjects.Child;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/// A commit's tree in the object store of a mirror.
final class GitTree implements SourceTree {
    /// As Linux does: more is a loop.
    private static final int MAX_LINKS = 40;

    private final TreeObjects objects;
    private final String revision;
    private final ObjectId root;

    private GitTree(TreeObjects objects, String revision, ObjectId root) {
        this.objects = objects;
        this.revision = revision;
        this.root = root;
    }

    static GitTree of(MirrorStore store, ObjectCache cache, String url, String sha) {
        if (!ObjectId.isId(sha)) {
            throw new GitException.RevisionNotFound(url, RepositoryUrl.printable(sha), "it is no full SHA");
        }
        try (RevWalk walk = new RevWalk(store.newReader())) {
            ObjectId tree = walk.parseCommit(ObjectId.fromString(sha)).getTree().copy();
            return new GitTree(new TreeObjects(store, cache), sha, tree);
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            throw new GitException.RevisionNotFound(url, sha, "no such commit in the mirror");
        } catch (IOException e) {
            throw new GitException.DamagedMirror("mirror " + store.directory(), e);
        }
    }

    @Override
    public String revision() {
        return revision;
    }

    @Override
    public Lookup lookup(String path) {
        String asked = TreePath.normal(path);
        try (ObjectReader reader = objects.reader()) {
            return walk(reader, asked);
        } catch (IOException e) {
            throw objects.damaged(e);
        }
    }

    private Lookup walk(ObjectReader reader, String asked) throws IOException {
        Deque<String> ahead = TreePath.segments(asked);
        List<String> names = new ArrayList<>();
        List<ObjectId> parents = new ArrayList<>();
        List<String> trail = new ArrayList<>();
        Child here = new Child(Kind.DIRECTORY, root);
        int links = 0;
        while (!ahead.isEmpty()) {
            String name = ahead.removeFirst();
            if (name.equals("..")) {
                // Only the target of a link can still hold one.
                if (names.isEmpty()) {
                    throw outside(trail.getLast());
                }
                names.removeLast();
                here = new Child(Kind.DIRECTORY, parents.removeLast());
                continue;
            }
            if (here.kind() == Kind.SUBMODULE) {
                throw submodule(String.join("/", names));
            }
            Child child = here.kind() == Kind.DIRECTORY
                    ? objects.children(reader, here.id()).byName().get(name)
                    : null;
            parents.add(here.id());
            names.add(name);
            if (child == null) {
                names.addAll(ahead);
                return found(asked, null, 0, names, trail);
            }
            if (child.kind() == Kind.LINK) {
                String link = String.join("/", names);
                trail.add(link);
                if (++links > MAX_LINKS) {
                    throw new GitException.PathOutside(link, "more than " + MAX_LINKS + " links lead on from it");
                }
                names.removeLast();
                parents.removeLast();
                push(ahead, link, objects.target(reader, child.id()));
            } else {
                here = child;
            }
        }
        long size = here.kind() == Kind.FILE ? objects.size(reader, here.id()) : 0;
        return found(asked, here, size, names, trail);
    }

    private static void push(Deque<String> ahead, String link, String target) {
        if (target.startsWith("/")) {
            throw outside(link);
        }
        List<String> segments = new ArrayList<>(TreePath.segments(target));
        Collections.reverse(segments);
        segments.forEach(ahead::addFirst);
    }

    private static Lookup found(
            String asked, @Nullable Child child, long size, List<String> names, List<String> trail) {
        if (!trail.isEmpty()) {
            trail.add(String.join("/", names));
        }
        Entry entry =
                child == null ? null : new Entry(asked, child.kind(), child.id().name(), size);
        return new Lookup(asked, entry, List.copyOf(trail));
    }

    @Override
    public List<Entry> list(String directory) {
        Lookup found = lookup(directory);
        if (found.entry() == null || found.entry().kind() == Kind.FILE) {
            return List.of();
        }
        if (found.entry().kind() == Kind.SUBMODULE) {
            throw submodule(found.path());
        }
        try (ObjectReader reader = objects.reader()) {
            String prefix = found.path().isEmpty() ? "" : found.path() + "/";
            List<Entry> entries = new ArrayList<>();
            for (var item : objects.children(
                            reader, ObjectId.fromString(found.entry().id()))
                    .byName()
                    .entrySet()) {
                Child child = item.getValue();
                long size = child.kind() == Kind.FILE ? objects.size(reader, child.id()) : 0;
                entries.add(new Entry(
                        prefix + item.getKey(), child.kind(), child.id().name(), size));
            }
            return entries;
        } catch (IOException e) {
            throw objects.damaged(e);
        }
    }

    @Override
    public byte[] read(String path, long limit) {
        Lookup found = lookup(path);
        Entry entry = found.entry();
        if (entry == null) {
            throw new GitException.NotAFile(found.path(), revision, "does not exist");
        }
        return switch (entry.kind()) {
            case FILE -> {
                if (entry.size() > limit) {
                    throw new GitException.TooLarge(
                            "file '" + found.path() + "' of commit " + revision,
                            entry.size() + " bytes, at most " + limit + " are read");
                }
                yield objects.blob(ObjectId.fromString(entry.id()));
            }
            case DIRECTORY, LINK -> throw new GitException.NotAFile(found.path(), revision, "is a directory");
            case SUBMODULE -> throw submodule(found.path());
        };
    }

    private static GitException outside(String link) {
        return new GitException.PathOutside(link, "this link leads out of the repository");
    }

    private static GitException submodule(String path) {
        return new GitException.NotSupported(
                "path '" + path + "' lies in a Git submodule; submodules are not supported yet");
    }
}
