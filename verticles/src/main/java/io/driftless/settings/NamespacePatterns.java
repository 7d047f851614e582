package io.driftless.settings;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// A list of namespaces as Argo CD writes it: names, globs with `*` and `?`, or expressions between slashes (RE2, the
/// whole
/// name), separated by commas.
public final class NamespacePatterns {
    public static final NamespacePatterns NONE = new NamespacePatterns(List.of(), List.of());
    private static final int LONGEST = 64 * 1024;
    private final List<String> texts;
    private final List<Predicate<String>> patterns;

    private NamespacePatterns(List<String> texts, List<Predicate<String>> patterns) {
        this.texts = texts;
        this.patterns = patterns;
    }

    /// Fails with [IllegalArgumentException] naming the pattern that cannot be read.
    public static NamespacePatterns parse(String text) {
        return of(List.of(text.split(",")));
    }

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

    private static Predicate<String> predicate(String pattern) {
        if (pattern.length() > LONGEST) {
            throw new IllegalArgumentException("a pattern of namespaces is too long");
        }
        boolean expression = pattern.length() > 2 && pattern.startsWith("/") && pattern.endsWith("/");
        try {
            return Pattern.compile(expression ? pattern.substring(1, pattern.length() - 1) : regex(pattern))::matches;
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("not a pattern of namespaces: " + pattern + ": " + e.getMessage(), e);
        }
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (char c : glob.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return regex.toString();
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
