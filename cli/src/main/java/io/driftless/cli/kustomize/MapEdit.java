package io.driftless.cli.kustomize;

import io.driftless.kustomize.node.Node;
import java.util.List;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/// Changes of one map in a text.
final class MapEdit {
    private MapEdit() {}

    /// A new field of a map whose keys are sorted goes where it belongs, otherwise to the end.
    static String insert(SourceText text, MappingNode map, boolean top, String key, Node value) {
        List<NodeTuple> fields = map.getValue();
        int at = top ? fields.size() : place(fields, key);
        if (YamlSource.isFlow(map)) {
            String field = Rendered.flowField(key, value);
            if (fields.isEmpty()) {
                int inside = text.start(map) + 1;
                return text.replace(inside, inside, field);
            }
            int position = at == 0
                    ? text.start(fields.getFirst().getKeyNode())
                    : text.end(fields.get(at - 1).getValueNode());
            return text.replace(position, position, at == 0 ? field + ", " : ", " + field);
        }
        int column = text.column(text.start(fields.getFirst().getKeyNode()));
        String lines = Rendered.indented(Rendered.field(key, value), column);
        if (at == 0) {
            int first = text.start(fields.getFirst().getKeyNode());
            return text.replace(first, first, lines.substring(column) + " ".repeat(column));
        }
        int after = text.lineEnd(text.end(fields.get(at - 1).getValueNode()));
        // Comments at the end of the file stay above what is added to it.
        return top && !text.value().substring(after).isBlank() ? text.append(lines) : text.insertLines(after, lines);
    }

    private static int place(List<NodeTuple> fields, String key) {
        List<String> keys = fields.stream()
                .map(field -> field.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "")
                .toList();
        if (!keys.stream().sorted().toList().equals(keys)) {
            return keys.size();
        }
        int at = 0;
        while (at < keys.size() && keys.get(at).compareTo(key) < 0) {
            at++;
        }
        return at;
    }

    static String replace(SourceText text, MappingNode map, int index, String key, Node value) {
        NodeTuple field = map.getValue().get(index);
        org.yaml.snakeyaml.nodes.Node old = field.getValueNode();
        int start = text.start(old);
        int end = text.end(old);
        if (old instanceof ScalarNode scalar
                && scalar.getValue().equals(value.text())
                && value.isScalar()
                && end > start) {
            return text.value();
        }
        String blank = start == end ? " " : "";
        if (YamlSource.isFlow(map)) {
            return text.replace(start, end, blank + Rendered.flow(value));
        }
        int column = text.column(text.start(field.getKeyNode()));
        String rendered = Rendered.value(key, value);
        if (value.isScalar()) {
            return text.replace(
                    start,
                    end,
                    blank + Rendered.indented(rendered.strip(), column).stripLeading());
        }
        // The rest of the line, perhaps a comment, stays with the key.
        int colon = text.value().indexOf(':', text.end(field.getKeyNode()));
        SourceText emptied = new SourceText(text.replace(colon + 1, end, ""));
        return emptied.insertLines(
                emptied.lineEnd(colon),
                Rendered.indented(
                        rendered.stripLeading().startsWith("-")
                                ? rendered.substring(1)
                                : rendered.substring(rendered.indexOf('\n') + 1),
                        column));
    }

    static String remove(SourceText text, MappingNode map, int index) {
        List<NodeTuple> fields = map.getValue();
        int start = text.start(fields.get(index).getKeyNode());
        int end = text.end(fields.get(index).getValueNode());
        boolean last = index == fields.size() - 1;
        if (YamlSource.isFlow(map)) {
            int from = last && index > 0 ? text.end(fields.get(index - 1).getValueNode()) : start;
            return text.replace(
                    from, last ? end : text.start(fields.get(index + 1).getKeyNode()), "");
        }
        if (text.isFirstOnLine(start)) {
            return text.replace(text.lineStart(start), text.lineEnd(end), "");
        }
        // The first field of an item shares its line with the dash, and the next one takes its place.
        return text.replace(start, text.start(fields.get(index + 1).getKeyNode()), "");
    }
}
