package io.driftless.kustomize.build;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Arithmetic on paths of a tree.
final class TreePath {
    private TreePath() {}

    /// `path` seen from `directory`, without `.` and `..`; null when it leads above the root.
    static @Nullable String join(String directory, String path) {
        Deque<String> parts = new ArrayDeque<>();
        String whole = directory + "/" + path;
        for (String part : whole.split("/", -1)) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return null;
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// Whether `path` is `directory` or lies below it.
    static boolean contains(String directory, String path) {
        return directory.isEmpty()
                || path.equals(directory)
                || (path.startsWith(directory) && path.charAt(directory.length()) == '/');
    }
}
