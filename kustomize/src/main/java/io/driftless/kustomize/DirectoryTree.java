package io.driftless.kustomize;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The files of a directory on disk. Links may lead anywhere inside of it and nowhere else.
public final class DirectoryTree implements FileTree {
    private final Path root;

    public DirectoryTree(Path directory) {
        try {
            this.root = directory.toRealPath();
        } catch (IOException missing) {
            throw new KustomizeException("the directory " + directory + " does not exist", missing);
        }
    }

    @Override
    public Entry look(String path) {
        Path real = real(path);
        if (real == null) {
            return Entry.MISSING;
        }
        return Files.isDirectory(real) ? Entry.DIRECTORY : Files.isRegularFile(real) ? Entry.FILE : Entry.MISSING;
    }

    @Override
    public byte[] read(String path) {
        Path real = real(path);
        if (real == null) {
            throw new KustomizeException("open " + display(path) + ": no such file or directory");
        }
        try {
            return Files.readAllBytes(real);
        } catch (IOException unreadable) {
            throw new KustomizeException("open " + display(path) + ": " + unreadable.getMessage(), unreadable);
        }
    }

    @Override
    public @Nullable String resolve(String path) {
        Path real = real(path);
        return real == null ? null : root.relativize(real).toString();
    }

    private @Nullable Path real(String path) {
        try {
            Path real = root.resolve(path).toRealPath();
            return real.startsWith(root) ? real : null;
        } catch (IOException | InvalidPathException missing) {
            return null;
        }
    }

    @Override
    public String display(String path) {
        return root.resolve(path).toString();
    }
}
