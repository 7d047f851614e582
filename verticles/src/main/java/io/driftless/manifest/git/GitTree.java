package io.driftless.manifest.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/// A commit's tree in the object store of a mirror.
final class GitTree implements SourceTree {
    /// As Linux does: more is a loop.
    private static final int MAX_LINKS = 40;

    private static final int MAX_LINK_BYTES = 4096;
    private static final int BYTES_PER_CHILD = 150;

    private record Child(Kind kind, ObjectId id) {}

    /// A directory's children by name. A class of its own, so that the cache can tell it from a blob.
    private record Children(Map<String, Child> byName) {}

    private final MirrorStore store;
    private final ObjectCache cache;
    private final String revision;
    private final ObjectId root;

    private GitTree(MirrorStore store, ObjectCache cache, String revision, ObjectId root) {
        this.store = store;
        this.cache = cache;
        this.revision = revision;
        this.root = root;
    }

    static GitTree of(MirrorStore store, ObjectCache cache, String url, String sha) {
        if (!ObjectId.isId(sha)) {
            throw new GitException.RevisionNotFound(url, RepositoryUrl.printable(sha), "it is no full SHA");
        }
        try (RevWalk walk = new RevWalk(store.newReader())) {
            ObjectId tree = walk.parseCommit(ObjectId.fromString(sha)).getTree().copy();
            return new GitTree(store, cache, sha, tree);
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
        try (ObjectReader reader = store.newReader()) {
            return walk(reader, asked);
        } catch (IOException e) {
            throw damaged(e);
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
            if (here.kind == Kind.SUBMODULE) {
                throw submodule(String.join("/", names));
            }
            Child child = here.kind == Kind.DIRECTORY
                    ? children(reader, here.id).byName.get(name)
                    : null;
            parents.add(here.id);
            names.add(name);
            if (child == null) {
                names.addAll(ahead);
                return found(asked, null, 0, names, trail);
            }
            if (child.kind == Kind.LINK) {
                String link = String.join("/", names);
                trail.add(link);
                if (++links > MAX_LINKS) {
                    throw new GitException.PathOutside(link, "more than " + MAX_LINKS + " links lead on from it");
                }
                names.removeLast();
                parents.removeLast();
                push(ahead, link, target(reader, child.id));
            } else {
                here = child;
            }
        }
        long size = here.kind == Kind.FILE ? size(reader, here.id) : 0;
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
        Entry entry = child == null ? null : new Entry(asked, child.kind, child.id.name(), size);
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
        try (ObjectReader reader = store.newReader()) {
            String prefix = found.path().isEmpty() ? "" : found.path() + "/";
            List<Entry> entries = new ArrayList<>();
            for (var item : children(reader, ObjectId.fromString(found.entry().id()))
                    .byName
                    .entrySet()) {
                Child child = item.getValue();
                long size = child.kind == Kind.FILE ? size(reader, child.id) : 0;
                entries.add(new Entry(prefix + item.getKey(), child.kind, child.id.name(), size));
            }
            return entries;
        } catch (IOException e) {
            throw damaged(e);
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
                yield blob(ObjectId.fromString(entry.id()));
            }
            case DIRECTORY, LINK -> throw new GitException.NotAFile(found.path(), revision, "is a directory");
            case SUBMODULE -> throw submodule(found.path());
        };
    }

    private byte[] blob(ObjectId id) {
        byte[] known = cache.get(store, id, byte[].class);
        if (known != null) {
            return known;
        }
        try (ObjectReader reader = store.newReader()) {
            byte[] content = reader.open(id, Constants.OBJ_BLOB).getCachedBytes(Integer.MAX_VALUE);
            cache.put(store, id, content, content.length);
            return content;
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    private long size(ObjectReader reader, ObjectId id) throws IOException {
        byte[] known = cache.get(store, id, byte[].class);
        return known != null ? known.length : reader.getObjectSize(id, Constants.OBJ_BLOB);
    }

    private String target(ObjectReader reader, ObjectId id) throws IOException {
        ObjectLoader link = reader.open(id, Constants.OBJ_BLOB);
        if (link.getSize() > MAX_LINK_BYTES) {
            throw new GitException.TooLarge("link " + id.name(), link.getSize() + " bytes of target");
        }
        return new String(link.getCachedBytes(MAX_LINK_BYTES), StandardCharsets.UTF_8);
    }

    private Children children(ObjectReader reader, ObjectId tree) throws IOException {
        Children known = cache.get(store, tree, Children.class);
        if (known != null) {
            return known;
        }
        Map<String, Child> byName = new TreeMap<>();
        var parser = new CanonicalTreeParser(null, reader, tree);
        while (!parser.eof()) {
            byName.put(
                    parser.getEntryPathString(), new Child(kind(parser.getEntryFileMode()), parser.getEntryObjectId()));
            parser.next(1);
        }
        Children children = new Children(byName);
        cache.put(store, tree, children, (long) byName.size() * BYTES_PER_CHILD);
        return children;
    }

    private static Kind kind(FileMode mode) {
        return switch (mode.getObjectType()) {
            case Constants.OBJ_TREE -> Kind.DIRECTORY;
            case Constants.OBJ_COMMIT -> Kind.SUBMODULE;
            default -> FileMode.SYMLINK.equals(mode) ? Kind.LINK : Kind.FILE;
        };
    }

    private static GitException outside(String link) {
        return new GitException.PathOutside(link, "this link leads out of the repository");
    }

    private static GitException submodule(String path) {
        return new GitException.NotSupported(
                "path '" + path + "' lies in a Git submodule; submodules are not supported yet");
    }

    private GitException damaged(IOException e) {
        return new GitException.DamagedMirror("mirror " + store.directory(), e);
    }
}
