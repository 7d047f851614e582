package io.driftless.manifest.render;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/// The globs of `directory.include` and `exclude` as Argo CD reads them: `*` also crosses `/`,
/// `{a,b}` are alternatives, `[a-z]` and `[!a-z]` sets, `\` escapes. Matching takes time linear in
/// the path, whatever the glob.
final class Glob {
    private final Pattern pattern;

    private Glob(Pattern pattern) {
        this.pattern = pattern;
    }

    /// Nothing if the glob is malformed.
    static Optional<Glob> parse(String glob) {
        StringBuilder regex = new StringBuilder("(?s)");
        int groups = 0;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                case '{' -> {
                    groups++;
                    regex.append("(?:");
                }
                case '}' -> {
                    regex.append(groups > 0 ? ")" : "\\}");
                    groups = Math.max(0, groups - 1);
                }
                case ',' -> regex.append(groups > 0 ? '|' : ',');
                case '[' -> {
                    boolean negated = i + 1 < glob.length() && glob.charAt(i + 1) == '!';
                    regex.append(negated ? "[^" : "[");
                    i += negated ? 1 : 0;
                }
                case ']', '-' -> regex.append(c);
                case '\\' -> {
                    if (++i == glob.length()) {
                        return Optional.empty();
                    }
                    regex.append(Pattern.quote(glob.substring(i, i + 1)));
                }
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        try {
            return groups == 0 ? Optional.of(new Glob(Pattern.compile(regex.toString()))) : Optional.empty();
        } catch (PatternSyntaxException malformed) {
            return Optional.empty();
        }
    }

    boolean matches(String path) {
        return pattern.matches(path);
    }
}
