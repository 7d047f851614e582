package io.driftless.cli.kustomize;

import io.driftless.kustomize.DirectoryTree;
import io.driftless.kustomize.FileTree;
import io.driftless.kustomize.KustomizeException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// The machine's files as a build of the command line sees them: all of them, with the directory that is built.
///
/// @param tree from the root of the file system on
/// @param directory the directory's path in it
record LocalFiles(FileTree tree, String directory) {

    /// Opens a directory as a person names it.
    static LocalFiles at(Path from, String named) {
        if (named.isEmpty()) {
            throw new KustomizeException("must build at directory: directory path cannot be empty");
        }
        Path absolute = path(from, named);
        if (!Files.exists(absolute)) {
            throw new KustomizeException("must build at directory: not a valid directory: evalsymlink failure on '"
                    + named + "' : lstat " + firstMissing(absolute) + ": no such file or directory");
        }
        if (!Files.isDirectory(absolute)) {
            throw new KustomizeException("must build at directory: '" + named + "': file is not directory");
        }
        Path root = absolute.getRoot();
        return new LocalFiles(
                new DirectoryTree(root),
                root.relativize(absolute)
                        .toString()
                        .replace(absolute.getFileSystem().getSeparator(), "/"));
    }

    private static Path path(Path from, String named) {
        try {
            return from.resolve(named).normalize();
        } catch (InvalidPathException impossible) {
            throw new KustomizeException("must build at directory: not a valid directory: " + impossible.getMessage());
        }
    }

    private static Path firstMissing(Path path) {
        Path at = path.getRoot();
        for (Path part : path) {
            at = at.resolve(part);
            if (!Files.exists(at)) {
                return at;
            }
        }
        return path;
    }
}
