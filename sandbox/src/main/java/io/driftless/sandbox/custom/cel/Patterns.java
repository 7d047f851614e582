package io.driftless.sandbox.custom.cel;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Regular expressions that others wrote: one that would go on for ever is given up.
public final class Patterns {
    private static final int STEPS = 2_000_000;

    private Patterns() {}

    /// @throws CelException where it is no regular expression
    public static Pattern read(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new CelException("error parsing regexp: " + e.getDescription() + ": `" + text + "`");
        }
    }

    /// Whether it is found anywhere in a text.
    ///
    /// @throws CelException where looking for it takes too long
    public static boolean found(Pattern pattern, String text) {
        try {
            return pattern.matcher(new Counted(text, new int[1])).find();
        } catch (StackOverflowError e) {
            throw new CelException("the pattern " + pattern + " needs too much memory for this text");
        }
    }

    /// A text that counts how often it is looked at.
    private record Counted(CharSequence text, int[] steps) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (++steps[0] > STEPS) {
                throw new CelException("the pattern takes too long for this text");
            }
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
