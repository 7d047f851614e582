package io.driftless.cli.kustomize;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/// Patterns of file names: `*` and `?` within a part of a path, `[a-z]`.
record Glob(String pattern) {

    /// Whether a path fits.
    boolean matches(String path) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            int close = c == '[' ? pattern.indexOf(']', i + 2) : -1;
            if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (close > 0) {
                regex.append(pattern, i, close + 1);
                i = close;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        try {
            return Pattern.matches(regex.toString(), path);
        } catch (PatternSyntaxException noPattern) {
            return pattern.equals(path);
        }
    }

    /// What fits below a directory, in the order of the alphabet; without a special character the path itself if there
    /// is something.
    List<String> files(Path directory) {
        if (pattern.chars().noneMatch(c -> c == '*' || c == '?' || c == '[')) {
            return !pattern.isEmpty() && Files.exists(directory.resolve(pattern)) ? List.of(pattern) : List.of();
        }
        List<String> found = List.of("");
        for (String part : pattern.split("/", -1)) {
            List<String> next = new ArrayList<>();
            for (String parent : found) {
                names(directory.resolve(parent), part).forEach(name -> next.add(parent + name + "/"));
            }
            found = next;
        }
        return found.stream().map(path -> path.substring(0, path.length() - 1)).toList();
    }

    private static List<String> names(Path directory, String part) {
        if (part.equals("..") || part.equals(".")) {
            return List.of(part);
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(new Glob(part)::matches)
                    .sorted()
                    .toList();
        } catch (IOException noDirectory) {
            return List.of();
        }
    }
}
