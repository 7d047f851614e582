package io.driftless.rbac;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.function.Predicate;

/// Globs: `*` any text, `?` one character, `[abc]`, `[a-z]`, `[!a-z]`, `{a,b*}`; `\` takes the next character as it is.
/// In policies there are no separators, so `*` crosses `/`. In paths `*` and `?` stop at `/`, and `**` does not.
public final class Glob {
    private final String glob;
    private final StringBuilder regex = new StringBuilder("(?s)\\A");
    private int at;
    private int depth;
    private final boolean path;

    private Glob(String glob, boolean path) {
        this.glob = glob;
        this.path = path;
    }

    /// Whether the glob of a path matches; one that is malformed matches nothing.
    public static boolean matchesPath(String glob, String text) {
        try {
            return new Glob(glob, true).compiled().matches(text);
        } catch (PolicyException malformed) {
            return false;
        }
    }

    /// Whether a glob without separators matches; one that is malformed matches nothing.
    public static boolean matches(String glob, String text) {
        try {
            return compile(glob).matches(text);
        } catch (PolicyException malformed) {
            return false;
        }
    }

    /// A glob without separators. Fails with [IllegalArgumentException] when it is malformed.
    public static Predicate<String> predicate(String glob) {
        try {
            return compile(glob)::matches;
        } catch (PolicyException malformed) {
            throw new IllegalArgumentException(malformed.getMessage(), malformed);
        }
    }

    static TextMatcher compile(String glob) throws PolicyException {
        int special = firstSpecial(glob);
        if (special == glob.length()) {
            return glob::equals;
        }
        if (special == glob.length() - 1 && glob.charAt(special) == '*') {
            String prefix = glob.substring(0, special);
            return text -> text.startsWith(prefix);
        }
        return new Glob(glob, false).compiled();
    }

    private static int firstSpecial(String glob) {
        for (int i = 0; i < glob.length(); i++) {
            if ("*?[]{}\\".indexOf(glob.charAt(i)) >= 0) {
                return i;
            }
        }
        return glob.length();
    }

    private TextMatcher compiled() throws PolicyException {
        while (at < glob.length()) {
            step(glob.charAt(at++));
        }
        if (depth != 0) {
            throw wrong("a { is never closed");
        }
        try {
            Pattern pattern = Pattern.compile(regex.append("\\z").toString());
            return text -> pattern.matcher(text).find();
        } catch (PatternSyntaxException e) {
            throw wrong("not understood");
        }
    }

    private void step(char c) throws PolicyException {
        switch (c) {
            case '*' -> any();
            case '?' -> regex.append(path ? "[^/]" : ".");
            case '[' -> characters();
            case '{' -> {
                depth++;
                regex.append("(?:");
            }
            case '}' -> {
                if (depth-- == 0) {
                    throw wrong("a } was never opened");
                }
                regex.append(')');
            }
            case ',' -> regex.append(depth > 0 ? "|" : ",");
            case '\\' -> {
                if (at == glob.length()) {
                    throw wrong("it ends with \\");
                }
                literal(glob.charAt(at++));
            }
            case ']' -> throw wrong("a ] was never opened");
            default -> literal(c);
        }
    }

    private void any() {
        boolean two = at < glob.length() && glob.charAt(at) == '*';
        if (path && two) {
            at++;
        }
        regex.append(path && !two ? "[^/]*" : ".*");
    }

    private void characters() throws PolicyException {
        int end = glob.indexOf(']', at + 1);
        if (end < 0) {
            throw wrong("a [ is never closed");
        }
        boolean not = glob.charAt(at) == '!';
        String inside = glob.substring(at + (not ? 1 : 0), end);
        boolean range = inside.length() == 3 && inside.charAt(1) == '-';
        if (inside.isEmpty() || range && inside.charAt(0) > inside.charAt(2)) {
            throw wrong("[" + inside + "] holds nothing");
        }
        regex.append(not ? "[^" : "[");
        for (int i = 0; i < inside.length(); i++) {
            if (range && i == 1) {
                regex.append('-');
            } else {
                literal(inside.charAt(i));
            }
        }
        regex.append(']');
        at = end + 1;
    }

    private void literal(char c) {
        if (c < 0x80 && !Character.isLetterOrDigit(c)) {
            regex.append('\\');
        }
        regex.append(c);
    }

    private PolicyException wrong(String what) {
        return new PolicyException("the glob " + glob + " is malformed: " + what);
    }
}
