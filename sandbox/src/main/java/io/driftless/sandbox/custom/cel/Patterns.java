package io.driftless.sandbox.custom.cel;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Regular expressions that others wrote: one that would go on for ever is given up.
public final class Patterns {

    private Patterns() {}

    /// @throws CelException where it is no regular expression
    public static Pattern read(String text) {
        try {
            if (text.contains("(?=") || text.contains("(?!") || text.contains("(?<=") || text.contains("(?<!")) {
                int from = text.indexOf("(?");
                throw said(
                        "invalid or unsupported Perl syntax",
                        text.substring(from, from + (text.charAt(from + 2) == '<' ? 4 : 3)));
            }
            return Pattern.compile(text.replace("(?P<", "(?<"));
        } catch (PatternSyntaxException e) {
            throw wrong(text, e);
        }
    }

    private static CelException said(String why, String part) {
        return new CelException("error parsing regexp: " + why + ": `" + part + "`");
    }

    /// In the words of the real server, which reads patterns of a smaller language.
    private static CelException wrong(String text, PatternSyntaxException e) {
        String why = e.getDescription();
        int at = Math.min(Math.max(e.getIndex(), 0), Math.max(text.length() - 1, 0));
        if (why.startsWith("Unclosed character class") || why.startsWith("Missing closing")) {
            return said("missing closing ]", text.substring(Math.max(text.lastIndexOf('['), 0)));
        } else if (why.startsWith("Unclosed group")) {
            return said("missing closing )", text);
        } else if (why.startsWith("Unmatched closing")) {
            return said("unexpected )", text);
        } else if (why.startsWith("Dangling meta")) {
            boolean nested = at > 0 && "*+?".indexOf(text.charAt(at - 1)) >= 0;
            return nested
                    ? said("invalid nested repetition operator", text.substring(at - 1, at + 1))
                    : said("missing argument to repetition operator", text.substring(at, at + 1));
        } else if (why.startsWith("Illegal character range")) {
            int open = Math.max(text.lastIndexOf('[', at), 0);
            int dash = text.indexOf('-', open + 1);
            return said(
                    "invalid character class range",
                    dash < 1 ? text : text.substring(dash - 1, Math.min(dash + 2, text.length())));
        } else if (why.startsWith("Illegal/unsupported escape")) {
            int slash = Math.max(text.lastIndexOf('\\', at), 0);
            return said("invalid escape sequence", text.substring(slash, Math.min(slash + 2, text.length())));
        } else if (why.startsWith("Unescaped trailing") || why.startsWith("Unexpected internal")) {
            return said("trailing backslash at end of expression", "");
        }
        return said(why, text);
    }

    /// Whether it is found anywhere in a text.
    ///
    /// @throws CelException where looking for it takes too long
    public static boolean found(Pattern pattern, String text) {
        try {
            return pattern.matcher(new Counted(text, new Steps())).find();
        } catch (StackOverflowError e) {
            throw new CelException("the pattern " + pattern + " needs too much memory for this text");
        }
    }

    /// A text that counts how often it is looked at.
    record Counted(CharSequence text, Steps steps) implements CharSequence {
        @Override
        public char charAt(int index) {
            steps.look();
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), steps);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
