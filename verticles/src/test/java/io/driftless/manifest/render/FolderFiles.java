package io.driftless.manifest.render;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Source files for tests: given as pairs of path and text, or read from a folder.
final class FolderFiles implements SourceFiles {
    static final String REVISION = "0123456789abcdef0123456789abcdef01234567";

    private final Map<String, byte[]> files = new TreeMap<>();

    static FolderFiles of(String... pathsAndTexts) {
        FolderFiles result = new FolderFiles();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            result.files.put(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return result;
    }

    static FolderFiles read(Path folder) {
        FolderFiles result = new FolderFiles();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                result.files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return result;
    }

    @Override
    public String revision() {
        return REVISION;
    }

    @Override
    public Optional<Entry> entry(String path) {
        byte[] content = files.get(path);
        if (content != null) {
            return Optional.of(new Entry(path, Kind.FILE, content.length));
        }
        return files.keySet().stream().anyMatch(file -> file.startsWith(path + "/"))
                ? Optional.of(new Entry(path, Kind.DIRECTORY, 0))
                : Optional.empty();
    }

    @Override
    public List<Entry> list(String directory) {
        String start = directory.isEmpty() ? "" : directory + "/";
        return files.keySet().stream()
                .filter(file -> file.startsWith(start))
                .map(file -> start + file.substring(start.length()).split("/")[0])
                .distinct()
                .flatMap(path -> entry(path).stream())
                .sorted(Comparator.comparing(Entry::path))
                .toList();
    }

    @Override
    public byte[] read(String path) {
        byte[] content = files.get(path);
        if (content == null) {
            throw new IllegalArgumentException("no file " + path);
        }
        return content;
    }
}
