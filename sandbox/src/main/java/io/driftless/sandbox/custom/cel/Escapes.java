package io.driftless.sandbox.custom.cel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/// Backslashes in texts, and names of fields that are no names in an expression.
final class Escapes {
    private static final Map<Character, Character> SHORT =
            Map.of('n', '\n', 't', '\t', 'r', '\r', 'a', '\u0007', 'b', '\b', 'f', '\f', 'v', '\u000b');
    private static final Map<Character, Integer> CODES = Map.of('x', 2, 'X', 2, 'u', 4, 'U', 8);
    private static final Set<String> RESERVED = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");

    private Escapes() {}

    /// Where an escape that begins at a backslash ends; where it is none, the place of what is
    /// wrong with it, negative.
    static int end(String text, int at) {
        char c = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        if (SHORT.containsKey(c) || "\\\"'`?".indexOf(c) >= 0) {
            return at + 2;
        }
        boolean octal = c >= '0' && c <= '3';
        int digits = octal ? 2 : CODES.getOrDefault(c, 0);
        if (digits == 0) {
            return -(at + 1);
        }
        for (int i = at + 2; i < at + 2 + digits; i++) {
            int digit = i < text.length() ? Character.digit(text.charAt(i), octal ? 8 : 16) : -1;
            if (digit < 0) {
                return -i;
            }
        }
        return at + 2 + digits;
    }

    /// The bytes that a text stands for, where it holds escapes that are sound.
    static byte[] bytes(String text, boolean binary) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); ) {
            int end = text.charAt(i) == '\\' ? end(text, i) : i + Character.charCount(text.codePointAt(i));
            if (text.charAt(i) != '\\') {
                out.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
            } else {
                escaped(text.substring(i + 1, end), binary, out);
            }
            i = end;
        }
        return out.toByteArray();
    }

    private static void escaped(String escape, boolean binary, ByteArrayOutputStream out) {
        char c = escape.charAt(0);
        boolean octal = c >= '0' && c <= '3';
        if (!octal && escape.length() == 1) {
            out.write(SHORT.getOrDefault(c, c));
            return;
        }
        int code = Integer.parseUnsignedInt(octal ? escape : escape.substring(1), octal ? 8 : 16);
        if (binary && (octal || escape.length() == 3)) {
            out.write(code);
        } else if (binary) {
            throw new CelException("unable to unescape string");
        } else if (code < 0 || code > Character.MAX_CODE_POINT || code >= 0xd800 && code < 0xe000) {
            throw new CelException("invalid unicode code point");
        } else {
            out.writeBytes(Character.toString(code).getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Whether a name means something in expressions, or may some day.
    static boolean isReserved(String name) {
        return RESERVED.contains(name);
    }

    /// The name by which a field of an object is asked for; empty where it cannot be.
    static String escaped(String field) {
        if (!field.matches("[a-zA-Z_./-][a-zA-Z0-9_./-]*")) {
            return "";
        }
        return RESERVED.contains(field)
                ? "__" + field + "__"
                : field.replace("__", "__underscores__")
                        .replace(".", "__dot__")
                        .replace("-", "__dash__")
                        .replace("/", "__slash__");
    }

    /// The field that a name of an expression stands for.
    static String field(String name) {
        if (!name.contains("__")) {
            return name;
        }
        boolean keyword = name.startsWith("__")
                && name.endsWith("__")
                && name.length() > 4
                && RESERVED.contains(name.substring(2, name.length() - 2));
        return keyword
                ? name.substring(2, name.length() - 2)
                : name.replace("__dash__", "-")
                        .replace("__dot__", ".")
                        .replace("__slash__", "/")
                        .replace("__underscores__", "__");
    }
}
