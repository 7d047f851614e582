package io.driftless.project;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.driftless.rbac.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Namespaces as Argo CD writes them in `application.namespaces` and in `sourceNamespaces` of a project: names and
/// globs, which mean the whole name, or RE2 expressions between slashes, which are found anywhere in it unless they
/// are anchored.
public final class NamespacePatterns {
    public static final NamespacePatterns NONE = new NamespacePatterns(List.of(), List.of());
    private static final int LONGEST = 64 * 1024;
    private final List<String> texts;
    private final List<Predicate<String>> patterns;

    private NamespacePatterns(List<String> texts, List<Predicate<String>> patterns) {
        this.texts = texts;
        this.patterns = patterns;
    }

    /// Patterns separated by commas. Fails with [IllegalArgumentException] naming the one that cannot be read.
    public static NamespacePatterns parse(String text) {
        return of(List.of(text.split(",")));
    }

    /// Fails with [IllegalArgumentException] naming the pattern that cannot be read.
    public static NamespacePatterns of(List<String> given) {
        List<String> texts = new ArrayList<>();
        List<Predicate<String>> patterns = new ArrayList<>();
        for (String entry : given) {
            String pattern = entry.strip();
            if (!pattern.isEmpty()) {
                texts.add(pattern);
                patterns.add(predicate(pattern));
            }
        }
        return texts.isEmpty() ? NONE : new NamespacePatterns(List.copyOf(texts), List.copyOf(patterns));
    }

    /// Whether one of these matches; those that cannot be read match nothing and do not hinder the others.
    static boolean anyMatches(List<String> given, String namespace) {
        for (String pattern : given) {
            try {
                if (predicate(pattern.strip()).test(namespace)) {
                    return true;
                }
            } catch (IllegalArgumentException unreadable) {
                continue; // whoever writes it through the API is told
            }
        }
        return false;
    }

    private static Predicate<String> predicate(String pattern) {
        if (pattern.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a pattern of namespaces has more than " + LONGEST + " characters: split it");
        }
        boolean expression = pattern.length() > 1 && pattern.startsWith("/") && pattern.endsWith("/");
        return expression ? expression(pattern) : glob(pattern);
    }

    /// No expression at all would be found in every name.
    private static Predicate<String> expression(String pattern) {
        if (pattern.length() == 2) {
            throw unreadable(pattern, "there is nothing between the slashes, write * for all");
        }
        try {
            Pattern compiled = Pattern.compile(pattern.substring(1, pattern.length() - 1));
            return namespace -> compiled.matcher(namespace).find();
        } catch (PatternSyntaxException e) {
            throw unreadable(
                    pattern,
                    e.getDescription() + ", expressions are those of RE2, which looks neither ahead nor behind");
        }
    }

    private static Predicate<String> glob(String pattern) {
        try {
            return Glob.predicate(pattern);
        } catch (IllegalArgumentException e) {
            throw unreadable(pattern, "" + e.getMessage());
        }
    }

    private static IllegalArgumentException unreadable(String pattern, String why) {
        return new IllegalArgumentException("not a pattern of namespaces: " + pattern + ": " + why);
    }

    public boolean isEmpty() {
        return texts.isEmpty();
    }

    public boolean matches(String namespace) {
        return patterns.stream().anyMatch(pattern -> pattern.test(namespace));
    }

    @Override
    public String toString() {
        return String.join(",", texts);
    }
}
