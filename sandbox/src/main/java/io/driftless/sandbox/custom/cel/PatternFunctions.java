package io.driftless.sandbox.custom.cel;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Regular expressions in rules.
final class PatternFunctions {
    /// Those whose pattern is read when an expression is, where it is a literal.
    static final Set<String> EARLY = Set.of("find", "findAll");

    static final List<Function> ALL = List.of(
            Function.of("matches(string, string): bool", (a, steps) -> matches(a, steps)),
            Function.of("string::matches(string): bool", (a, steps) -> matches(a, steps)),
            Function.of("string::find(string): string", (a, steps) -> {
                List<Object> found = all((String) a[0], (String) a[1], 1, steps);
                return found.isEmpty() ? "" : found.getFirst();
            }),
            Function.of(
                    "string::findAll(string): list(string)",
                    (a, steps) -> all((String) a[0], (String) a[1], -1, steps)),
            Function.of(
                    "string::findAll(string, int): list(string)",
                    (a, steps) -> all((String) a[0], (String) a[1], (long) a[2], steps)));

    private PatternFunctions() {}

    private static Object matches(Object[] arguments, Steps steps) {
        return !matches((String) arguments[0], Patterns.read((String) arguments[1]), 1, steps)
                .isEmpty();
    }

    private static List<Object> all(String text, String pattern, long most, Steps steps) {
        Pattern read;
        try {
            read = Patterns.read(pattern);
        } catch (CelException e) {
            throw new CelException("Illegal regex: " + e.getMessage());
        }
        return matches(text, read, most, steps);
    }

    private static List<Object> matches(String text, Pattern pattern, long most, Steps steps) {
        List<Object> out = new ArrayList<>();
        Matcher matcher = pattern.matcher(new Patterns.Counted(text, steps));
        steps.characters(text.length() + pattern.pattern().length());
        try {
            int end = -1;
            while ((most < 0 || out.size() < most) && matcher.find()) {
                // What follows a match right away is none if it is empty.
                if (matcher.end() > matcher.start() || matcher.start() != end) {
                    out.add(text.substring(matcher.start(), matcher.end()));
                }
                end = matcher.end();
            }
        } catch (StackOverflowError e) {
            throw new CelException("the pattern " + pattern + " needs too much memory for this text");
        }
        return out;
    }
}
