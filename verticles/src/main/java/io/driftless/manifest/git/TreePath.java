package io.driftless.manifest.git;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Paths inside a repository.
final class TreePath {
    private static final int MAX_LENGTH = 4096;

    private TreePath() {}

    /// The segments of a path, without `.`; `..` is kept, because what it means depends on links before it.
    static Deque<String> segments(String path) {
        if (path.startsWith("/")) {
            throw new GitException.PathOutside(
                    path, "it is absolute; paths are relative to the root of the repository");
        }
        if (path.length() > MAX_LENGTH || path.chars().anyMatch(c -> c < ' ' || c == '\\')) {
            throw new GitException.PathOutside(
                    RepositoryUrl.printable(path), "it is too long or holds a backslash or a control character");
        }
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.split("/")) {
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        return segments;
    }

    /// The path by its words alone, `..` taken out.
    static String normal(String path) {
        List<String> kept = new ArrayList<>();
        for (String segment : segments(path)) {
            if (!segment.equals("..")) {
                kept.add(segment);
            } else if (kept.isEmpty()) {
                throw new GitException.PathOutside(path, "it leads out of the repository");
            } else {
                kept.removeLast();
            }
        }
        return String.join("/", kept);
    }
}
