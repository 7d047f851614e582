package io.driftless.cli.kustomize;

import io.driftless.kustomize.node.Node;
import java.util.List;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Changes of one list in a text.
final class ListEdit {
    private ListEdit() {}

    static String insert(SourceText text, SequenceNode list, int index, Node value) {
        List<org.yaml.snakeyaml.nodes.Node> items = list.getValue();
        if (YamlSource.isFlow(list)) {
            String item = Rendered.flow(value);
            if (items.isEmpty()) {
                int inside = text.start(list) + 1;
                return text.replace(inside, inside, item);
            }
            int at = index == 0 ? text.start(items.getFirst()) : text.end(items.get(index - 1));
            return text.replace(at, at, index == 0 ? item + ", " : ", " + item);
        }
        int dash = dash(text, items.getFirst());
        int at = index == 0 ? text.lineStart(dash) : text.lineEnd(text.end(items.get(index - 1)));
        return text.insertLines(at, Rendered.indented(Rendered.item(value), text.column(dash)));
    }

    static String remove(SourceText text, SequenceNode list, int index) {
        List<org.yaml.snakeyaml.nodes.Node> items = list.getValue();
        int end = text.end(items.get(index));
        boolean last = index == items.size() - 1;
        if (YamlSource.isFlow(list)) {
            int start = last && index > 0 ? text.end(items.get(index - 1)) : text.start(items.get(index));
            return text.replace(start, last ? end : text.start(items.get(index + 1)), "");
        }
        return text.replace(text.lineStart(dash(text, items.get(index))), text.lineEnd(end), "");
    }

    private static int dash(SourceText text, org.yaml.snakeyaml.nodes.Node item) {
        int at = text.start(item) - 1;
        while (text.value().charAt(at) != '-') {
            at--;
        }
        return at;
    }
}
