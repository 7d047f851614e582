package io.driftless.kustomize.node;

import java.util.regex.Pattern;

/// Writes text as a YAML scalar: plain where it can be, quoted where a reader would take it for something else or where
/// its characters ask for it, folded at the width.
final class ScalarText {
    private static final Pattern SEXAGESIMAL = Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?");

    private final StringBuilder out;
    private final int width;
    private int column;

    ScalarText(StringBuilder out, int width) {
        this.out = out;
        this.width = width;
    }

    void startAt(int newColumn) {
        this.column = newColumn;
    }

    void key(String text) {
        ScalarShape shape = ScalarShape.of(text);
        boolean typed = typed(text);
        if (text.isEmpty() || (typed && !text.contains("\n")) || shape.multiline()) {
            doubleQuoted(text, -1);
        } else if (shape.plainAllowed()) {
            put(text);
        } else if (shape.singleAllowed()) {
            singleQuoted(text, -1);
        } else {
            doubleQuoted(text, -1);
        }
    }

    /// `indent` is that of continuation lines.
    void string(String text, int indent) {
        ScalarShape shape = ScalarShape.of(text);
        if (text.indexOf('\n') >= 0) {
            if (shape.blockAllowed()) {
                literal(text, indent);
            } else {
                doubleQuoted(text, indent);
            }
        } else if (typed(text)) {
            doubleQuoted(text, indent);
        } else if (shape.plainAllowed()) {
            plain(text, indent);
        } else if (shape.singleAllowed()) {
            singleQuoted(text, indent);
        } else {
            doubleQuoted(text, indent);
        }
    }

    /// With the quotes the scalar has, and more where it needs them.
    void asWritten(Node node, int indent) {
        String text = node.text();
        ScalarShape shape = ScalarShape.of(text);
        boolean forced = node.tag() == Tag.STR && Scalars.resolve(text) != Tag.STR;
        switch (node.style()) {
            case PLAIN -> {
                if (node.kind() == Kind.NONE) {
                    put("null");
                } else if (forced) {
                    doubleQuoted(text, indent);
                } else if (text.indexOf('\n') >= 0 && shape.blockAllowed()) {
                    literal(text, indent);
                } else if (shape.plainAllowed()) {
                    put(text);
                } else {
                    quoted(text, shape, indent);
                }
            }
            case SINGLE -> quoted(text, shape, indent);
            case LITERAL, FOLDED -> {
                if (shape.blockAllowed()) {
                    literal(text, indent);
                } else {
                    doubleQuoted(text, indent);
                }
            }
            default -> doubleQuoted(text, indent);
        }
    }

    private void quoted(String text, ScalarShape shape, int indent) {
        if (shape.singleAllowed() && !shape.multiline()) {
            singleQuoted(text, indent);
        } else {
            doubleQuoted(text, indent);
        }
    }

    private static boolean typed(String text) {
        if (text.isEmpty()) {
            return true;
        }
        char first = text.charAt(0);
        if (first == '<') {
            return false;
        }
        if (Scalars.resolveOld(text) != Tag.STR) {
            return true;
        }
        if (first >= '0' && first <= '9' || first == '-' || first == '+') {
            return Timestamps.isTimestamp(text)
                    || (text.indexOf(':') > 0 && SEXAGESIMAL.matcher(text).matches());
        }
        return false;
    }

    private void plain(String text, int indent) {
        if (column + text.length() <= width) {
            put(text);
            return;
        }
        boolean spaces = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ') {
                if (!spaces && column > width && i + 1 < text.length() && text.charAt(i + 1) != ' ') {
                    lineBreak(indent);
                } else {
                    put(c);
                }
                spaces = true;
            } else {
                put(c);
                spaces = false;
            }
        }
    }

    private void singleQuoted(String text, int indent) {
        put('\'');
        boolean spaces = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ') {
                boolean inside = i > 0 && i < text.length() - 1;
                if (indent >= 0 && !spaces && column > width && inside && text.charAt(i + 1) != ' ') {
                    lineBreak(indent);
                } else {
                    put(c);
                }
                spaces = true;
            } else {
                if (c == '\'') {
                    put('\'');
                }
                put(c);
                if (isSeparator(c)) {
                    indentAfterSeparator(text, i, indent);
                }
                spaces = false;
            }
        }
        put('\'');
    }

    private void doubleQuoted(String text, int indent) {
        put('"');
        boolean spaces = false;
        for (int i = 0; i < text.length(); i++) {
            int c = text.codePointAt(i);
            if (!ScalarShape.isPrintable(c) || ScalarShape.isBreak(c) || c == '"' || c == '\\') {
                put(escape(c));
                spaces = false;
            } else if (c == ' ') {
                boolean inside = i > 0 && i < text.length() - 1;
                if (indent >= 0 && !spaces && column > width && inside) {
                    lineBreak(indent);
                    if (text.charAt(i + 1) == ' ') {
                        put('\\');
                    }
                } else {
                    put(' ');
                }
                spaces = true;
            } else {
                put((char) c);
                spaces = false;
            }
            if (Character.isSupplementaryCodePoint(c)) {
                i++;
            }
        }
        put('"');
    }

    private static String escape(int c) {
        return switch (c) {
            case 0 -> "\\0";
            case 7 -> "\\a";
            case 8 -> "\\b";
            case 9 -> "\\t";
            case 10 -> "\\n";
            case 11 -> "\\v";
            case 12 -> "\\f";
            case 13 -> "\\r";
            case 0x1B -> "\\e";
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case 0x85 -> "\\N";
            case 0xA0 -> "\\_";
            case 0x2028 -> "\\L";
            case 0x2029 -> "\\P";
            default ->
                c <= 0xFF ? "\\x%02X".formatted(c) : c <= 0xFFFF ? "\\u%04X".formatted(c) : "\\U%08X".formatted(c);
        };
    }

    private void literal(String text, int indent) {
        out.append('|');
        char first = text.charAt(0);
        if (first == ' ' || ScalarShape.isBreak(first)) {
            out.append('2');
        }
        int length = text.length();
        if (!ScalarShape.isBreak(text.charAt(length - 1))) {
            out.append('-');
        } else if (length == 1 || ScalarShape.isBreak(text.charAt(length - 2))) {
            out.append('+');
        }
        out.append('\n');
        int from = 0;
        while (from < length) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? length : end;
            if (to > from) {
                out.repeat(' ', isSeparator(text.charAt(from)) ? 0 : indent);
                for (int i = from; i < to; i++) {
                    out.append(text.charAt(i));
                    if (isSeparator(text.charAt(i))) {
                        indentAfterSeparator(text, i, indent);
                    }
                }
            }
            if (end < 0) {
                break;
            }
            if (end < length - 1) {
                out.append('\n');
            }
            from = end + 1;
        }
    }

    /// The line separators of Unicode count as line breaks that need no line feed.
    private static boolean isSeparator(char c) {
        return c == '\u2028' || c == '\u2029';
    }

    private void indentAfterSeparator(String text, int at, int indent) {
        column = 0;
        if (at + 1 < text.length() && !ScalarShape.isBreak(text.charAt(at + 1))) {
            out.repeat(' ', Math.max(0, indent));
            column = Math.max(0, indent);
        }
    }

    private void lineBreak(int indent) {
        out.append('\n').repeat(' ', indent);
        column = indent;
    }

    private void put(char c) {
        out.append(c);
        if (!Character.isLowSurrogate(c)) {
            column++;
        }
    }

    private void put(String text) {
        out.append(text);
        column += text.length();
    }
}
