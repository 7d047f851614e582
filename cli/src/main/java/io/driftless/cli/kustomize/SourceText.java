package io.driftless.cli.kustomize;

import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// The text of a YAML file with the arithmetic of its lines. Every change returns the changed text.
record SourceText(String value) {
    int start(Node node) {
        return value.offsetByCodePoints(0, node.getStartMark().getIndex());
    }

    /// Where the content of a node ends, before the comments and blank lines that the parser counts to it.
    int end(Node node) {
        if (node instanceof MappingNode map && !YamlSource.isFlow(map)) {
            return end(map.getValue().getLast().getValueNode());
        }
        if (node instanceof SequenceNode list && !YamlSource.isFlow(list)) {
            return end(list.getValue().getLast());
        }
        int end = value.offsetByCodePoints(0, node.getEndMark().getIndex());
        if (node instanceof ScalarNode scalar
                && (scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED)) {
            while (Character.isWhitespace(value.charAt(end - 1))) {
                end--;
            }
        }
        return end;
    }

    int lineStart(int position) {
        return value.lastIndexOf('\n', position - 1) + 1;
    }

    /// Behind the line break of the line.
    int lineEnd(int position) {
        int end = value.indexOf('\n', position);
        return end < 0 ? value.length() : end + 1;
    }

    int column(int position) {
        return position - lineStart(position);
    }

    boolean isFirstOnLine(int position) {
        return value.substring(lineStart(position), position).isBlank();
    }

    String replace(int from, int to, String by) {
        return value.substring(0, from) + by + value.substring(to);
    }

    /// Puts whole lines where a line begins, with the line breaks of this file.
    String insertLines(int at, String lines) {
        boolean open = at > 0 && value.charAt(at - 1) != '\n';
        String added = (open ? "\n" : "") + lines;
        return replace(at, at, value.contains("\r\n") ? added.replace("\n", "\r\n") : added);
    }

    String append(String lines) {
        return insertLines(value.length(), lines);
    }
}
