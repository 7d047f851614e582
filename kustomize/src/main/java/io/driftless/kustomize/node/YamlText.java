package io.driftless.kustomize.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Prints a node as the reference prints resources: fields in [KeyOrder], two blanks of indentation, lists at the
/// indentation of their key, long lines folded.
public final class YamlText {
    private static final int LONGEST_SIMPLE_KEY = 128;

    private final ScalarText scalars;
    private final StringBuilder out;
    private final boolean sorted;
    private final List<String> repeated = new ArrayList<>();
    private int line = 1;
    private int counted;

    private YamlText(StringBuilder out, boolean sorted) {
        this.out = out;
        this.sorted = sorted;
        this.scalars = new ScalarText(out, sorted ? 80 : Integer.MAX_VALUE);
    }

    /// One resource, ending in a line break.
    public static void print(Node node, StringBuilder out) {
        new YamlText(out, true).document(node);
    }

    public static String print(Node node) {
        StringBuilder out = new StringBuilder();
        print(node, out);
        return out.toString();
    }

    /// In the order of the file and without folding: for messages, and for YAML inside of fields.
    public static String printAsWritten(Node node) {
        StringBuilder out = new StringBuilder();
        new YamlText(out, false).document(node);
        return out.toString();
    }

    /// The keys that stand twice in one map, each with its lines in the object as it is written.
    static List<String> repeatedKeys(Node node) {
        YamlText text = new YamlText(new StringBuilder(), false);
        text.document(node);
        return text.repeated;
    }

    private void document(Node node) {
        block(node, 0);
        if (out.isEmpty() || out.charAt(out.length() - 1) != '\n') {
            out.append('\n');
        }
    }

    /// Writes a node where the cursor stands; `indent` is that of its own lines.
    private void block(Node node, int indent) {
        if (node.isMap() && node.size() > 0 && !node.isNull()) {
            fields(node, indent);
        } else if (node.isList() && node.size() > 0) {
            list(node, indent);
        } else {
            scalar(node, indent);
            out.append('\n');
        }
    }

    private void fields(Node map, int indent) {
        if (!sorted) {
            fieldsAsWritten(map, indent);
            return;
        }
        List<String> keys = new ArrayList<>(map.keys());
        KeyOrder.sort(keys);
        boolean first = true;
        for (String key : keys) {
            if (!first) {
                out.repeat(' ', indent);
            }
            first = false;
            Node value = map.get(key);
            field(key, value == null ? Node.nothing() : value, indent);
        }
    }

    private void fieldsAsWritten(Node map, int indent) {
        Map<String, Integer> lines = new HashMap<>();
        for (int i = 0; i < map.size(); i++) {
            if (i > 0) {
                out.repeat(' ', indent);
            }
            String key = map.key(i);
            Integer earlier = lines.putIfAbsent(key, line());
            if (earlier != null) {
                repeated.add("line " + line() + ": mapping key \"" + key + "\" already defined at line " + earlier);
            }
            field(key, map.item(i), indent);
        }
    }

    private int line() {
        for (; counted < out.length(); counted++) {
            if (out.charAt(counted) == '\n') {
                line++;
            }
        }
        return line;
    }

    private void field(String key, Node value, int indent) {
        if (isSimple(key)) {
            scalars.startAt(column());
            scalars.key(key);
        } else {
            out.append("? ");
            scalars.startAt(column());
            scalars.string(key, indent + 2);
            out.append('\n').repeat(' ', indent);
        }
        out.append(':');
        field(value, indent);
    }

    private static boolean isSimple(String key) {
        return (key.length() <= LONGEST_SIMPLE_KEY / 3
                        || key.getBytes(java.nio.charset.StandardCharsets.UTF_8).length <= LONGEST_SIMPLE_KEY)
                && key.chars().noneMatch(ScalarShape::isBreak);
    }

    private void field(Node value, int indent) {
        if (value.isMap() && value.size() > 0) {
            out.append('\n').repeat(' ', indent + 2);
            fields(value, indent + 2);
        } else if (value.isList() && value.size() > 0) {
            out.append('\n').repeat(' ', indent);
            list(value, indent);
        } else {
            out.append(' ');
            scalar(value, indent + 2);
            out.append('\n');
        }
    }

    private void list(Node list, int indent) {
        boolean first = true;
        for (Node item : list.items()) {
            if (!first) {
                out.repeat(' ', indent);
            }
            first = false;
            out.append("- ");
            block(item, indent + 2);
        }
    }

    private void scalar(Node node, int indent) {
        if (node.isMap()) {
            out.append("{}");
            return;
        }
        if (node.isList()) {
            out.append("[]");
            return;
        }
        if (!sorted) {
            scalars.startAt(column());
            scalars.asWritten(node, indent);
            return;
        }
        switch (Values.type(node)) {
            case NULL -> out.append("null");
            case BOOL -> out.append(Scalars.isTrue(node.text()) ? "true" : "false");
            case INT -> out.append(GoNumbers.yaml(Scalars.json(node.text(), Tag.INT)));
            case FLOAT -> out.append(GoNumbers.yaml(Scalars.json(node.text(), Tag.FLOAT)));
            default -> {
                scalars.startAt(column());
                scalars.string(Values.string(node), indent);
            }
        }
    }

    private int column() {
        return out.length() - out.lastIndexOf("\n") - 1;
    }
}
