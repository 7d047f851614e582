package io.driftless.cli.kustomize;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.YamlText;
import java.util.ArrayList;
import java.util.List;

/// New pieces of a kustomization file, written as kustomize writes them.
final class Rendered {
    private static final String EMPTY = " \"\"\n";

    private Rendered() {}

    /// `key: value` in lines of their own.
    static String field(String key, Node value) {
        Node map = Node.map();
        map.put(key, value);
        return YamlText.print(map);
    }

    /// What follows the colon of [#field].
    static String value(String key, Node value) {
        int prefix = field(key, Node.text("")).length() - EMPTY.length();
        return field(key, value).substring(prefix);
    }

    /// `- value` in lines of their own.
    static String item(Node value) {
        Node list = Node.list();
        list.add(value);
        return YamlText.print(list);
    }

    static String indented(String lines, int columns) {
        StringBuilder out = new StringBuilder();
        for (String line : lines.split("\n", -1)) {
            out.append(line.isEmpty() ? "" : " ".repeat(columns) + line).append('\n');
        }
        out.setLength(out.length() - 1);
        return out.toString();
    }

    /// In one line, for a place between braces or brackets.
    static String flow(Node value) {
        List<String> parts = new ArrayList<>();
        if (value.isMap()) {
            for (int i = 0; i < value.size(); i++) {
                parts.add(flowField(value.key(i), value.item(i)));
            }
            return "{" + String.join(", ", parts) + "}";
        }
        if (value.isList()) {
            value.items().forEach(item -> parts.add(flow(item)));
            return "[" + String.join(", ", parts) + "]";
        }
        String text = YamlText.print(value).strip();
        boolean quoted = text.startsWith("\"") || text.startsWith("'");
        boolean single = text.indexOf('\n') < 0 && (quoted || text.chars().noneMatch(c -> ",[]{}?".indexOf(c) >= 0));
        return single
                ? text
                : '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(value.text())) + '"';
    }

    static String flowField(String key, Node value) {
        return flow(Node.text(key)) + ": " + flow(value);
    }
}
