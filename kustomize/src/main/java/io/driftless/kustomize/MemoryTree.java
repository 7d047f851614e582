package io.driftless.kustomize;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Files held in memory.
public final class MemoryTree implements FileTree {
    private final Map<String, byte[]> files = new HashMap<>();
    private final Set<String> directories = new HashSet<>(Set.of(""));

    /// Adds a file; its directories appear by themselves.
    public MemoryTree with(String path, String content) {
        return with(path, content.getBytes(StandardCharsets.UTF_8));
    }

    public MemoryTree with(String path, byte[] content) {
        files.put(path, content);
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            directories.add(path.substring(0, slash));
        }
        return this;
    }

    /// All files.
    public Set<String> paths() {
        return Set.copyOf(files.keySet());
    }

    @Override
    public Entry look(String path) {
        return files.containsKey(path) ? Entry.FILE : directories.contains(path) ? Entry.DIRECTORY : Entry.MISSING;
    }

    @Override
    public byte[] read(String path) {
        return Objects.requireNonNull(files.get(path), path);
    }
}
