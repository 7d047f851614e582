package io.driftless.rbac;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/// Matches a part of a request. Takes time linear in the text, whatever the pattern.
interface TextMatcher {
    boolean matches(String text);

    /// How the patterns of a policy are meant.
    enum Mode {
        GLOB,
        REGEX;

        static Mode of(String matchMode) {
            return matchMode.equals("regex") ? REGEX : GLOB;
        }
    }

    static TextMatcher of(Mode mode, String pattern) throws PolicyException {
        if (pattern.length() > 4_096) {
            throw new PolicyException("a pattern is longer than 4096 characters");
        }
        return mode == Mode.REGEX ? regex(pattern) : Glob.compile(pattern);
    }

    /// A regular expression matches when it is found anywhere.
    private static TextMatcher regex(String pattern) throws PolicyException {
        try {
            Pattern compiled = Pattern.compile(pattern);
            return text -> compiled.matcher(text).find();
        } catch (PatternSyntaxException e) {
            throw new PolicyException("not a regular expression: " + e.getMessage());
        }
    }
}
