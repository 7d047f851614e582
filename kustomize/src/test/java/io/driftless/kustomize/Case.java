package io.driftless.kustomize;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Files and the directory of them to build.
record Case(String name, Map<String, String> files, String directory) {

    static Case read(String name, Path input, String directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(input)) {
            for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                files.put(
                        input.relativize(file).toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return new Case(name, files, directory);
    }

    /// The project's own cases.
    static List<Case> golden() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (Stream<Path> folders = Files.list(goldenFolder())) {
            for (Path folder : folders.sorted().toList()) {
                cases.add(read(folder.getFileName().toString(), folder.resolve("in"), directory(folder)));
            }
        }
        return cases;
    }

    static Path goldenFolder() {
        return Path.of("src", "test", "resources", "golden");
    }

    static String directory(Path folder) throws IOException {
        Path given = folder.resolve("directory.txt");
        return Files.exists(given) ? Files.readString(given).strip() : "";
    }

    MemoryTree tree() {
        MemoryTree tree = new MemoryTree();
        files.forEach((path, text) -> tree.with(path, text.getBytes(StandardCharsets.ISO_8859_1)));
        return tree;
    }

    void write(Path folder) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue().getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
