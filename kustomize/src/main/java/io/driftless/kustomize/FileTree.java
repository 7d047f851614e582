package io.driftless.kustomize;

import org.jspecify.annotations.Nullable;

/// The files a build may read: a directory, a commit of a Git repository, memory.
///
/// Paths are relative to the root of the tree, use `/`, have no `.` or `..` parts; `""` is the root. Whatever is asked
/// here, found or not, is what the result of the build depends on: an implementation that records the questions knows
/// when the build has to be done again.
public interface FileTree {

    /// What a path leads to once symbolic links are followed.
    enum Entry {
        FILE,
        DIRECTORY,
        MISSING
    }

    Entry look(String path);

    /// The content of a file.
    byte[] read(String path);

    /// The path without symbolic links, or null when a link leads out of the tree or nowhere.
    default @Nullable String resolve(String path) {
        return look(path) == Entry.MISSING ? null : path;
    }

    /// How messages call a path.
    default String display(String path) {
        return "/" + path;
    }
}
