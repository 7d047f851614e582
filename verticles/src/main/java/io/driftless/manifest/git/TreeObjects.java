package io.driftless.manifest.git;

import io.driftless.manifest.git.SourceTree.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/// The directories, files and links of a mirror by their ids. What was read lately is not read again.
final class TreeObjects {
    private static final int MAX_LINK_BYTES = 4096;
    private static final int BYTES_PER_CHILD = 150;

    record Child(Kind kind, ObjectId id) {}

    /// A directory's children by name. A class of its own, so that the cache can tell it from a blob.
    record Children(Map<String, Child> byName) {}

    private final MirrorStore store;
    private final ObjectCache cache;

    TreeObjects(MirrorStore store, ObjectCache cache) {
        this.store = store;
        this.cache = cache;
    }

    ObjectReader reader() {
        return store.newReader();
    }

    byte[] blob(ObjectId id) {
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

    /// Of a file, in bytes.
    long size(ObjectReader reader, ObjectId id) throws IOException {
        byte[] known = cache.get(store, id, byte[].class);
        return known != null ? known.length : reader.getObjectSize(id, Constants.OBJ_BLOB);
    }

    /// Where a link leads.
    String target(ObjectReader reader, ObjectId id) throws IOException {
        ObjectLoader link = reader.open(id, Constants.OBJ_BLOB);
        if (link.getSize() > MAX_LINK_BYTES) {
            throw new GitException.TooLarge("link " + id.name(), link.getSize() + " bytes of target");
        }
        return new String(link.getCachedBytes(MAX_LINK_BYTES), StandardCharsets.UTF_8);
    }

    Children children(ObjectReader reader, ObjectId tree) throws IOException {
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

    GitException damaged(IOException e) {
        return new GitException.DamagedMirror("mirror " + store.directory(), e);
    }
}
