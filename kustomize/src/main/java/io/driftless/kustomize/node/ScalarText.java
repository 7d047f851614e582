package io.driftless.kustomize.node;

/// Writes text as a YAML scalar: plain where it can be, quoted where a reader would take it for something else or where
/// its characters ask for it, folded at the width.
final class ScalarText {
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
        boolean mistaken = Scalars.isMistaken(text);
        if (text.isEmpty() || (mistaken && !text.contains("\n")) || shape.multiline()) {
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
        } else if (Scalars.isMistaken(text)) {
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
                put(Escapes.of(c));
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
