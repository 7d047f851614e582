package io.driftless.cli.kustomize.edit;

import io.driftless.kustomize.KustomizeException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// A YAML text with the places of its values.
///
/// @param root null for an empty text
record Located(List<String> lines, @Nullable Node root, Comments comments) {

    static Located read(List<String> lines) {
        String text = String.join("\n", lines) + "\n";
        try {
            Iterator<Node> documents = yaml().composeAll(new StringReader(text)).iterator();
            Node root = documents.hasNext() ? documents.next() : null;
            if (documents.hasNext()) {
                throw new KustomizeException("the kustomization file has more than one document: keep one of them");
            }
            List<Event> events = new ArrayList<>();
            yaml().parse(new StringReader(text)).forEach(events::add);
            return new Located(lines, root, Comments.of(lines, events));
        } catch (YAMLException malformed) {
            throw new KustomizeException("invalid Kustomization: " + malformed.getMessage(), malformed);
        }
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        return new Yaml(options);
    }

    static boolean isBlockMap(Node node) {
        return node instanceof MappingNode map
                && map.getFlowStyle() == FlowStyle.BLOCK
                && !map.getValue().isEmpty();
    }

    static boolean isBlockList(Node node) {
        return node instanceof SequenceNode list
                && list.getFlowStyle() == FlowStyle.BLOCK
                && !list.getValue().isEmpty();
    }

    /// The last line with something of the value on it.
    int end(Node node) {
        if (node instanceof CollectionNode<?> collection && collection.getFlowStyle() == FlowStyle.BLOCK) {
            int last = node.getStartMark().getLine();
            for (Object one : collection.getValue()) {
                last = Math.max(
                        last,
                        one instanceof NodeTuple tuple
                                ? Math.max(end(tuple.getKeyNode()), end(tuple.getValueNode()))
                                : end((Node) one));
            }
            return last;
        }
        int last = Math.min(node.getEndMark().getLine(), lines.size() - 1);
        if (node instanceof ScalarNode scalar
                && (scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED)) {
            // The mark is where the next thing begins.
            last = Math.max(node.getStartMark().getLine(), node.getEndMark().getLine() - 1);
            while (last > node.getStartMark().getLine() && lines.get(last).isBlank()) {
                last--;
            }
        }
        return last;
    }
}
