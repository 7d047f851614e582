package io.driftless.manifest.render;

import io.driftless.kustomize.FileTree;
import java.util.Map;

/// The files of a commit as a Kustomize build reads them. Whatever the build asks for goes through
/// the render's own files, which record it and keep the limits; `replaced` are files whose content
/// the Application's options change, `place` is what messages put before a path.
record RepositoryTree(BoundedFiles files, Map<String, byte[]> replaced, String place) implements FileTree {
    @Override
    public String display(String path) {
        return place + path;
    }

    @Override
    public Entry look(String path) {
        return files.entry(path)
                .map(entry -> entry.kind() == SourceFiles.Kind.DIRECTORY ? Entry.DIRECTORY : Entry.FILE)
                .orElse(Entry.MISSING);
    }

    @Override
    public byte[] read(String path) {
        byte[] changed = replaced.get(path);
        return changed != null ? changed : files.read(files.entry(path).orElseThrow());
    }
}
