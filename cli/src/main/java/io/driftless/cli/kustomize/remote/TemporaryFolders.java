package io.driftless.cli.kustomize.remote;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Folders that go with the build, or with the process where that is interrupted.
final class TemporaryFolders implements AutoCloseable {
    private final List<Path> folders = new CopyOnWriteArrayList<>();
    private final Thread atExit = new Thread(this::delete, "temporary-folders");

    Path create() throws IOException {
        if (folders.isEmpty()) {
            Runtime.getRuntime().addShutdownHook(atExit);
        }
        Path folder = Files.createTempDirectory("driftless-kustomize-").toRealPath();
        folders.add(folder);
        return folder;
    }

    private void delete() {
        for (Path folder : folders) {
            try {
                Files.walkFileTree(folder, new Deletion());
            } catch (IOException left) {
                // It lies in the folder for temporary files, which the system clears.
            }
        }
    }

    @Override
    public void close() {
        delete();
        if (!folders.isEmpty()) {
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException exiting) {
                // The process ends; the hook finds nothing to do.
            }
        }
    }

    /// Deletes from the leaves up and follows no link.
    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed) throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
