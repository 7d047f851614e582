package io.driftless.manifest.render;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Paths inside a repository, resolved by their text alone.
final class RepositoryPath {
    private RepositoryPath() {}

    /// `path` seen from `directory`, or nothing if it is absolute or leads out of the repository.
    static Optional<String> resolve(String directory, String path) {
        if (path.startsWith("/") || path.indexOf('\\') >= 0 || path.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : (directory + "/" + path).split("/")) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return Optional.of(String.join("/", parts));
    }

    /// Whether `path` is `directory` or lies below it.
    static boolean within(String directory, String path) {
        return directory.isEmpty() || path.equals(directory) || path.startsWith(directory + "/");
    }

    static String child(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }
}
