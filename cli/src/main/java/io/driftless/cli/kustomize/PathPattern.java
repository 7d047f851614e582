package io.driftless.cli.kustomize;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.build.RepositoryUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/// Patterns of paths as programs in Go read them: `*`, `?` and `[a-z]` within one part of a path.
final class PathPattern {
    private PathPattern() {}

    /// The files and directories a person names, in order; naming none is an error.
    static List<String> expand(Path directory, String named) {
        if (RepositoryUrl.parse(named) != null || RepositoryUrl.isWeb(named)) {
            throw new KustomizeException("'" + named + "' cannot be verified: remote bases are not supported yet;"
                    + " edit add resource --no-verify adds it as it is");
        }
        List<String> found = named.isEmpty() ? List.of() : matches(directory, named);
        if (found.isEmpty()) {
            try {
                LocalFiles.at(directory, directory.resolve(named).normalize().toString());
            } catch (KustomizeException missing) {
                throw missing.within(named + " has no match");
            }
        }
        return found;
    }

    /// The same; naming none is none.
    static List<String> matches(Path directory, String named) {
        if (!hasPattern(named)) {
            return Files.exists(directory.resolve(named)) ? List.of(named) : List.of();
        }
        int slash = named.lastIndexOf('/');
        String parent = slash < 0 ? "" : named.substring(0, slash);
        Pattern pattern = compile(named.substring(slash + 1));
        List<String> found = new ArrayList<>();
        for (String folder : slash < 0 ? List.of("") : matches(directory, parent)) {
            try (Stream<Path> files = Files.list(directory.resolve(folder))) {
                files.map(file -> String.valueOf(file.getFileName()))
                        .filter(name -> pattern.matcher(name).matches())
                        .sorted()
                        .forEach(name -> found.add(slash < 0 ? name : folder + "/" + name));
            } catch (IOException notADirectory) {
                continue;
            }
        }
        return found;
    }

    private static boolean hasPattern(String text) {
        return text.chars().anyMatch(c -> "*?[\\".indexOf(c) >= 0);
    }

    static Pattern compile(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            int close = c == '[' ? glob.indexOf(']', i + 2) : -1;
            if ((c == '[' && close < 0) || (c == '\\' && i + 1 == glob.length())) {
                throw new KustomizeException("syntax error in pattern");
            }
            switch (c) {
                case '*' -> regex.append("[^/]*");
                case '?' -> regex.append("[^/]");
                case '[' -> {
                    String set =
                            glob.substring(i + 1, close).replace("[", "\\[").replace("&&", "&\\&");
                    regex.append('[').append(set).append(']');
                    i = close;
                }
                case '\\' -> regex.append(Pattern.quote(String.valueOf(glob.charAt(++i))));
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        try {
            return Pattern.compile(regex.toString());
        } catch (PatternSyntaxException invalid) {
            throw new KustomizeException("syntax error in pattern", invalid);
        }
    }
}
