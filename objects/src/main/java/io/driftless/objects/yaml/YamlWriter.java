package io.driftless.objects.yaml;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/// Block-style YAML: lists stand at the indentation of their key, as `kubectl` prints them; long
/// lines are never folded.
final class YamlWriter {
    private static final String INDICATORS = "-?:,[]{}#&*!|>'\"%@`";
    private final StringBuilder out = new StringBuilder();

    String write(JsonNode value) {
        if (value.isContainerNode() && !value.isEmpty()) {
            container(value, 0);
        } else {
            scalar(value, 0);
            out.append('\n');
        }
        return out.toString();
    }

    private void container(JsonNode value, int indent) {
        boolean first = true;
        if (value.isArray()) {
            for (JsonNode item : value) {
                item(item, first ? 0 : indent, indent);
                first = false;
            }
            return;
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            indent(first ? 0 : indent).append(inline(field.getKey())).append(':');
            first = false;
            field(field.getValue(), indent);
        }
    }

    /// The caller has already indented the first line of a container.
    private void item(JsonNode item, int lead, int indent) {
        indent(lead).append("- ");
        if (item.isContainerNode() && !item.isEmpty()) {
            container(item, indent + 2);
        } else {
            scalar(item, indent + 2);
            out.append('\n');
        }
    }

    private void field(JsonNode value, int indent) {
        if (value.isContainerNode() && !value.isEmpty()) {
            int inner = value.isArray() ? indent : indent + 2;
            out.append('\n');
            indent(inner);
            container(value, inner);
        } else {
            out.append(' ');
            scalar(value, indent + 2);
            out.append('\n');
        }
    }

    private void scalar(JsonNode value, int indent) {
        if (value.isTextual() && isBlock(value.textValue())) {
            block(value.textValue(), indent);
        } else if (value.isTextual()) {
            out.append(inline(value.textValue()));
        } else {
            out.append(value);
        }
    }

    private void block(String text, int indent) {
        String body = text.stripTrailing().isEmpty() ? text : text.replaceAll("\n+$", "");
        int ends = text.length() - body.length();
        out.append('|');
        if (text.charAt(0) == ' ' || text.charAt(0) == '\n') {
            out.append('2');
        }
        out.append(ends == 0 ? "-" : ends == 1 ? "" : "+");
        for (String line : body.split("\n", -1)) {
            out.append('\n');
            if (!line.isEmpty()) {
                indent(indent).append(line);
            }
        }
        out.append("\n".repeat(Math.max(0, ends - 1)));
    }

    private static boolean isBlock(String text) {
        return text.indexOf('\n') >= 0
                && !text.isBlank()
                && text.chars().allMatch(c -> c == '\n' || c == '\t' || (c >= ' ' && !needsEscape(c)))
                && !text.contains(" \n")
                && !text.startsWith("\t")
                && !text.endsWith(" ");
    }

    private static String inline(String text) {
        if (text.chars().anyMatch(YamlWriter::needsEscape)) {
            return escaped(text);
        }
        if (text.isEmpty() || !GoScalar.isPlainText(text)) {
            return '"' + text + '"';
        }
        return isPlainSyntax(text) ? text : '\'' + text.replace("'", "''") + '\'';
    }

    private static String escaped(String text) {
        StringBuilder quoted =
                new StringBuilder("\"").append(JsonStringEncoder.getInstance().quoteAsString(text));
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            if (c == 0x7F || (c >= 0x80 && needsEscape(c))) {
                quoted.replace(i, i + 1, "\\u%04X".formatted((int) c));
            }
        }
        return quoted.append('"').toString();
    }

    private static boolean isPlainSyntax(String text) {
        char first = text.charAt(0);
        boolean startsPlain = INDICATORS.indexOf(first) < 0
                || ((first == '-' || first == '?' || first == ':') && text.length() > 1 && text.charAt(1) != ' ');
        return startsPlain
                && first != ' '
                && !text.endsWith(" ")
                && !text.endsWith(":")
                && !text.contains(": ")
                && !text.contains(" #")
                && !text.startsWith("---")
                && !text.startsWith("...");
    }

    private static boolean needsEscape(int c) {
        return c < ' '
                || c == 0x7F
                || (c >= 0x80 && c <= 0x9F)
                || c == 0x2028
                || c == 0x2029
                || c == 0xFEFF
                || c == 0xFFFE
                || c == 0xFFFF;
    }

    private StringBuilder indent(int spaces) {
        return out.repeat(' ', spaces);
    }
}
