package io.driftless.sandbox.custom.cel;

import java.util.Map;

/// Backslashes in texts, and names of fields that are no names in an expression.
final class Escapes {
    private static final Map<Character, String> SHORT =
            Map.of('n', "\n", 't', "\t", 'r', "\r", 'a', "\u0007", 'b', "\b", 'f', "\f", 'v', "\u000b");
    private static final Map<Character, Integer> CODES = Map.of('x', 2, 'u', 4, 'U', 8);

    private Escapes() {}

    /// Reads one at a backslash and returns where the text goes on.
    static int read(String text, int at, StringBuilder out) {
        char c = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        Integer digits = CODES.get(c);
        if (digits != null && at + 2 + digits <= text.length()) {
            try {
                out.appendCodePoint(Integer.parseInt(text.substring(at + 2, at + 2 + digits), 16));
                return at + 2 + digits;
            } catch (IllegalArgumentException e) {
                throw new CelException("Syntax error at character " + (at + 1) + ": a code that is none");
            }
        }
        if (SHORT.containsKey(c)) {
            out.append(SHORT.get(c));
        } else if ("\\\"'`?".indexOf(c) >= 0) {
            out.append(c);
        } else {
            throw new CelException("Syntax error at character " + (at + 1) + ": an unknown escape");
        }
        return at + 2;
    }

    /// The field that a name of an expression stands for.
    static String field(String name) {
        if (!name.contains("__")) {
            return name;
        }
        String plain = name.replace("__dash__", "-").replace("__dot__", ".").replace("__slash__", "/");
        boolean keyword = plain.startsWith("__") && plain.endsWith("__") && plain.length() > 4;
        return (keyword ? plain.substring(2, plain.length() - 2) : plain).replace("__underscores__", "__");
    }
}
