package io.driftless.sandbox.model;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Keys that a text in YAML sets a second time, with the lines of it, as the real server words them.
public final class YamlDuplicates {
    private static final String LINE = "line ";
    private final List<String> found = new ArrayList<>();
    /// An alias leads to a node that was looked at, or to one that it is itself a part of.
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private YamlDuplicates() {}

    /// What a text of YAML sets twice, in order.
    public static List<String> in(String text) {
        YamlDuplicates duplicates = new YamlDuplicates();
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (root != null) {
                duplicates.visit(root);
            }
        } catch (YAMLException e) {
            // Whoever reads it finds out.
            return List.of();
        }
        return duplicates.found;
    }

    private void visit(Node node) {
        if (!seen.add(node)) {
            return;
        }
        if (node instanceof MappingNode map) {
            Set<String> keys = new HashSet<>();
            for (NodeTuple entry : map.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key && !keys.add(key.getValue())) {
                    found.add(LINE + (key.getStartMark().getLine() + 1) + ": key " + Json.quoted(key.getValue())
                            + " already set in map");
                }
                visit(entry.getValueNode());
            }
        } else if (node instanceof SequenceNode list) {
            list.getValue().forEach(this::visit);
        }
    }

    /// Problems of a text, those of YAML as the one error that a strict reader ends with.
    public static List<String> asOne(List<String> problems) {
        List<String> lines =
                problems.stream().filter(one -> one.startsWith(LINE)).toList();
        if (lines.isEmpty()) {
            return problems;
        }
        List<String> out = new ArrayList<>();
        out.add("yaml: unmarshal errors:\n  " + String.join("\n  ", lines));
        problems.stream().filter(one -> !one.startsWith(LINE)).forEach(out::add);
        return out;
    }
}
