package io.driftless.kustomize.node;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Nodes as Go's JSON writes them: compact, fields sorted, `<`, `>` and `&` escaped.
public final class JsonText {
    private JsonText() {}

    public static String write(Node node) {
        StringBuilder out = new StringBuilder();
        write(node, out, -1, 0);
        return out.toString();
    }

    public static String writeIndented(Node node) {
        StringBuilder out = new StringBuilder();
        write(node, out, 2, 0);
        return out.toString();
    }

    private static void write(Node node, StringBuilder out, int step, int indent) {
        if (node.isMap() && !node.isNull()) {
            List<String> keys = new ArrayList<>(node.keys());
            Collections.sort(keys, JsonText::compareUtf8);
            out.append('{');
            String separator = "";
            for (String key : keys) {
                out.append(separator);
                line(out, step, indent + step);
                quote(key, out);
                out.append(step < 0 ? ":" : ": ");
                Node value = node.get(key);
                write(value == null ? Node.nothing() : value, out, step, indent + step);
                separator = ",";
            }
            if (!keys.isEmpty()) {
                line(out, step, indent);
            }
            out.append('}');
        } else if (node.isList()) {
            out.append('[');
            String separator = "";
            for (Node item : node.items()) {
                out.append(separator);
                line(out, step, indent + step);
                write(item, out, step, indent + step);
                separator = ",";
            }
            if (node.size() > 0) {
                line(out, step, indent);
            }
            out.append(']');
        } else {
            scalar(node, out);
        }
    }

    private static void line(StringBuilder out, int step, int indent) {
        if (step >= 0) {
            out.append('\n').repeat(' ', indent);
        }
    }

    private static void scalar(Node node, StringBuilder out) {
        switch (Values.type(node)) {
            case NULL -> out.append("null");
            case BOOL -> out.append(Scalars.isTrue(node.text()));
            case INT -> out.append(Scalars.json(node.text(), Tag.INT));
            case FLOAT -> out.append(Scalars.json(node.text(), Tag.FLOAT));
            default -> quote(Values.string(node), out);
        }
    }

    /// Go sorts keys by their bytes, which differs from Java's order for characters beyond U+FFFF.
    public static int compareUtf8(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean highX = Character.isSurrogate(x);
                boolean highY = Character.isSurrogate(y);
                return highX != highY ? (highX ? 1 : -1) : Character.compare(x, y);
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    public static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '<', '>', '&', '\u2028', '\u2029' -> unicode(c, out);
                default -> {
                    if (c < ' ') {
                        unicode(c, out);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static void unicode(char c, StringBuilder out) {
        out.append("\\u").append(Character.forDigit(c >> 12, 16));
        out.append(Character.forDigit((c >> 8) & 15, 16));
        out.append(Character.forDigit((c >> 4) & 15, 16)).append(Character.forDigit(c & 15, 16));
    }
}
