package io.driftless.sandbox.git;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/// Writes the trees that a set of changed files leads to; folders without a change keep their object.
final class TreeEdits {
    private record Item(FileMode mode, ObjectId id) {}

    private final ObjectReader reader;
    private final ObjectInserter inserter;

    TreeEdits(ObjectReader reader, ObjectInserter inserter) {
        this.reader = reader;
        this.inserter = inserter;
    }

    /// The root tree after `changes` (path → content, null deletes) on top of `base`.
    ObjectId apply(@Nullable ObjectId base, Map<String, byte[]> changes) throws IOException {
        changes.keySet().forEach(TreeEdits::requirePlainPath);
        ObjectId tree = edit(base, new TreeMap<>(changes), "");
        return tree != null ? tree : inserter.insert(new TreeFormatter());
    }

    /// Null when nothing is left: Git knows no empty folder.
    private @Nullable ObjectId edit(@Nullable ObjectId base, TreeMap<String, byte[]> changes, String prefix)
            throws IOException {
        // Git orders a folder as if its name ended in '/', so the key of a folder carries it.
        TreeMap<String, Item> items = read(base);
        String path = changes.isEmpty() ? null : changes.firstKey();
        while (path != null) {
            String rest = path.substring(prefix.length());
            int slash = rest.indexOf('/');
            if (slash < 0) {
                putFile(items, rest, changes.get(path));
                path = changes.higherKey(path);
            } else {
                String name = rest.substring(0, slash);
                String below = prefix + name + "/";
                // '0' follows '/': the end of everything below this folder.
                TreeMap<String, byte[]> part = new TreeMap<>(changes.subMap(below, prefix + name + "0"));
                Item folder = items.remove(name + "/");
                ObjectId tree = edit(folder == null ? null : folder.id, part, below);
                if (tree != null) {
                    items.remove(name);
                    items.put(name + "/", new Item(FileMode.TREE, tree));
                }
                path = changes.higherKey(part.lastKey());
            }
        }
        return items.isEmpty() ? null : write(items);
    }

    private void putFile(TreeMap<String, Item> items, String name, byte @Nullable [] content) throws IOException {
        Item old = items.remove(name);
        if (content != null) {
            items.remove(name + "/");
            FileMode mode = old != null && old.mode == FileMode.EXECUTABLE_FILE ? old.mode : FileMode.REGULAR_FILE;
            items.put(name, new Item(mode, inserter.insert(Constants.OBJ_BLOB, content)));
        }
    }

    private TreeMap<String, Item> read(@Nullable ObjectId base) throws IOException {
        TreeMap<String, Item> items = new TreeMap<>();
        if (base != null) {
            var parser = new CanonicalTreeParser(null, reader, base);
            while (!parser.eof()) {
                FileMode mode = parser.getEntryFileMode();
                String name = parser.getEntryPathString();
                items.put(mode == FileMode.TREE ? name + "/" : name, new Item(mode, parser.getEntryObjectId()));
                parser.next(1);
            }
        }
        return items;
    }

    private ObjectId write(TreeMap<String, Item> items) throws IOException {
        var formatter = new TreeFormatter();
        items.entrySet().stream()
                .sorted((a, b) -> compareBytes(a.getKey(), b.getKey()))
                .forEach(e -> formatter.append(
                        e.getKey().endsWith("/")
                                ? e.getKey().substring(0, e.getKey().length() - 1)
                                : e.getKey(),
                        e.getValue().mode,
                        e.getValue().id));
        return inserter.insert(formatter);
    }

    /// Git compares names as unsigned bytes of UTF-8, which differs from Java's order beyond the basic plane.
    private static int compareBytes(String a, String b) {
        return java.util.Arrays.compareUnsigned(
                a.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                b.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static void requirePlainPath(String path) {
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || part.equalsIgnoreCase(".git")) {
                throw new IllegalArgumentException("'" + path + "' is no path inside a repository");
            }
        }
    }
}
