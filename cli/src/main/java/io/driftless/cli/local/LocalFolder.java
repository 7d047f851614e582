package io.driftless.cli.local;

import io.driftless.manifest.render.SourceFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A folder of this machine as the renderer sees a commit. Links that lead out of it are not there.
///
/// @param root without links in it
record LocalFolder(Path root) implements SourceFiles {
    /// No commit: nothing has been committed.
    @Override
    public String revision() {
        return "";
    }

    @Override
    public Optional<Entry> entry(String path) {
        return real(path).map(found -> entry(path, found));
    }

    @Override
    public List<Entry> list(String directory) {
        Optional<Path> found = real(directory).filter(Files::isDirectory);
        if (found.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(found.get())) {
            return children.map(child -> child.getFileName().toString())
                    .filter(name -> !name.equals(".git"))
                    .sorted()
                    .flatMap(name -> entry(directory.isEmpty() ? name : directory + '/' + name).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] read(String path) {
        try {
            return Files.readAllBytes(real(path).orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Path> real(String path) {
        try {
            Path found = root.resolve(path).toRealPath();
            return found.startsWith(root) ? Optional.of(found) : Optional.empty();
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    private static Entry entry(String path, Path found) {
        try {
            return Files.isDirectory(found)
                    ? new Entry(path, Kind.DIRECTORY, 0)
                    : new Entry(path, Kind.FILE, Files.size(found));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
