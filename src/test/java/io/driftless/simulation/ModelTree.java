package io.driftless.simulation;

import io.driftless.manifest.git.SourceTree;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The files of a model commit as the manifest stage reads them.
public record ModelTree(Repository.Commit commit) implements SourceTree {
    @Override
    public String revision() {
        return commit.sha();
    }

    @Override
    public Lookup lookup(String path) {
        return new Lookup(path, find(path), List.of());
    }

    private @Nullable Entry find(String path) {
        Repository.File file = commit.tree().get(path);
        if (file != null) {
            return new Entry(path, Kind.FILE, file.value() + (file.readable() ? "" : "!"), 10);
        }
        boolean directory = commit.tree().keySet().stream().anyMatch(other -> other.startsWith(path + '/'));
        return directory || path.isEmpty() ? new Entry(path, Kind.DIRECTORY, "", 0) : null;
    }

    @Override
    public List<Entry> list(String directory) {
        TreeMap<String, Entry> found = new TreeMap<>();
        for (String path : commit.tree().keySet()) {
            if (Repository.parent(path).equals(directory)) {
                Entry entry = find(path);
                if (entry != null) {
                    found.put(path, entry);
                }
            }
        }
        return List.copyOf(found.values());
    }

    @Override
    public byte[] read(String path, long limit) {
        throw new UnsupportedOperationException("the trivial renderer reads no bytes");
    }
}
