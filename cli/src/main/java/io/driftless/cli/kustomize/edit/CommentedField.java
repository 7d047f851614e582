package io.driftless.cli.kustomize.edit;

import io.driftless.kustomize.node.Limits;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.NodeReader;
import io.driftless.kustomize.node.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// A field with comments inside, given other values: lines of what stays are kept as they are.
final class CommentedField {
    private final List<String> lines;
    private final Located located;

    CommentedField(List<String> body) {
        this.lines = body;
        this.located = Located.read(body);
    }

    List<String> with(String name, Node value) {
        Node old = FieldValues.of(NodeReader.firstOld(String.join("\n", lines) + "\n", Limits.DEFAULT))
                .get(name);
        if (old != null
                && located.root() instanceof MappingNode root
                && root.getValue().size() == 1) {
            return entry(root.getValue().getFirst(), name, old, value);
        }
        return written(name, value, 0, 0, lines.size() - 1);
    }

    /// A field of a map, from the line of its key on.
    private List<String> entry(NodeTuple field, String name, Node old, Node value) {
        int first = field.getKeyNode().getStartMark().getLine();
        int column = field.getKeyNode().getStartMark().getColumn();
        org.yaml.snakeyaml.nodes.Node place = field.getValueNode();
        int last = Math.max(first, located.end(place));
        List<String> result = new ArrayList<>();
        if (Same.values(old, value)) {
            return lines.subList(first, last + 1);
        }
        if (old.isScalar() && value.isScalar() && place instanceof ScalarNode && last == first) {
            String text = YamlText.print(value).stripTrailing();
            if (text.indexOf('\n') < 0) {
                String line = lines.get(first);
                int from = line.offsetByCodePoints(0, place.getStartMark().getColumn());
                int to = line.offsetByCodePoints(0, place.getEndMark().getColumn());
                return List.of(line.substring(0, from) + text + line.substring(to));
            }
        }
        if (old.isList() && value.isList() && value.size() > 0 && Located.isBlockList(place)) {
            result.add(lines.get(first));
            result.addAll(list((SequenceNode) place, first + 1, old, value));
            return result;
        }
        if (old.isMap() && value.isMap() && value.size() > 0 && Located.isBlockMap(place)) {
            result.add(lines.get(first));
            result.addAll(map((MappingNode) place, first + 1, old, value));
            return result;
        }
        return written(name, value, column, first, last);
    }

    private List<String> list(SequenceNode place, int from, Node old, Node now) {
        int dash = place.getStartMark().getColumn();
        Matching matching = new Matching(old.items());
        List<String> result = new ArrayList<>();
        int[] firsts = new int[old.size() + 1];
        int[] starts = new int[old.size()];
        firsts[0] = from;
        for (int i = 0; i < starts.length; i++) {
            org.yaml.snakeyaml.nodes.Node item = place.getValue().get(i);
            starts[i] = item.getStartMark().getLine();
            while (starts[i] > firsts[i] && !isItem(starts[i], dash)) {
                starts[i]--;
            }
            firsts[i + 1] = located.end(item) + 1;
        }
        for (Node item : now.items()) {
            int at = matching.take(item);
            if (at < 0) {
                result.addAll(indented(YamlText.print(item), dash, "- "));
                continue;
            }
            result.addAll(lines.subList(firsts[at], starts[at]));
            org.yaml.snakeyaml.nodes.Node before = place.getValue().get(at);
            if (Same.values(old.item(at), item)) {
                result.addAll(lines.subList(starts[at], firsts[at + 1]));
            } else if (item.isMap()
                    && Located.isBlockMap(before)
                    && before.getStartMark().getLine() == starts[at]) {
                List<String> fields = map((MappingNode) before, starts[at], old.item(at), item);
                int head = 0;
                while (fields.get(head).stripLeading().startsWith("#")) {
                    head++;
                }
                fields.set(head, " ".repeat(dash) + "-" + fields.get(head).substring(dash + 1));
                result.addAll(fields);
            } else {
                result.addAll(comments(dash, starts[at], firsts[at + 1] - 1));
                result.addAll(indented(YamlText.print(item), dash, "- "));
            }
        }
        return result;
    }

    private boolean isItem(int line, int dash) {
        String text = lines.get(line);
        return text.length() > dash
                && text.charAt(dash) == '-'
                && text.substring(0, dash).isBlank();
    }

    private List<String> map(MappingNode place, int from, Node old, Node now) {
        int column = place.getValue().getFirst().getKeyNode().getStartMark().getColumn();
        Set<String> left = new TreeSet<>(now.keys());
        List<String> result = new ArrayList<>();
        int next = from;
        for (NodeTuple field : place.getValue()) {
            String name = field.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
            int first = field.getKeyNode().getStartMark().getLine();
            int last = Math.max(first, located.end(field.getValueNode()));
            Node was = old.get(name);
            Node is = now.get(name);
            if (is != null && left.remove(name)) {
                result.addAll(lines.subList(Math.min(next, first), first));
                List<String> written = new ArrayList<>(
                        was == null ? written(name, is, column, first, last) : entry(field, name, was, is));
                int head = 0;
                while (written.get(head).stripLeading().startsWith("#")) {
                    head++;
                }
                // The first field of an item of a list has the dash before it.
                String line = written.get(head);
                written.set(head, " ".repeat(column) + line.substring(Math.min(column, line.length())));
                result.addAll(written);
            } else {
                // What was said about a field that is gone may be about its neighbours as well.
                result.addAll(lines.subList(Math.min(next, first), first));
                result.addAll(comments(column, first, last));
            }
            next = last + 1;
        }
        for (String name : left) {
            Node added = now.get(name);
            if (added != null) {
                result.addAll(written(name, added, column, 0, -1));
            }
        }
        return result;
    }

    /// The field as the reference writes it, with the comments that were in its lines above it.
    private List<String> written(String name, Node value, int column, int first, int last) {
        List<String> result = comments(column, first, last);
        Node map = Node.map();
        map.append(name, value);
        result.addAll(indented(YamlText.print(map), column, ""));
        return result;
    }

    private List<String> comments(int column, int first, int last) {
        List<String> result = new ArrayList<>();
        located.comments().texts(first, last).forEach(text -> result.add(" ".repeat(column) + text));
        return result;
    }

    private static List<String> indented(String yaml, int column, String mark) {
        List<String> result = new ArrayList<>();
        String lead = mark;
        for (String line : yaml.substring(0, yaml.length() - 1).split("\n", -1)) {
            result.add(line.isEmpty() ? "" : " ".repeat(column) + lead + line);
            lead = " ".repeat(mark.length());
        }
        return result;
    }

    /// Finds for each item of a changed list the one it was before.
    private static final class Matching {
        private final List<@Nullable Node> old;

        Matching(List<Node> old) {
            this.old = new ArrayList<>(old);
        }

        int take(Node item) {
            for (int i = 0; i < old.size(); i++) {
                Node candidate = old.get(i);
                if (candidate != null && Same.values(candidate, item)) {
                    old.set(i, null);
                    return i;
                }
            }
            for (int i = 0; i < old.size(); i++) {
                Node candidate = old.get(i);
                if (candidate != null && isSuccessor(candidate, item)) {
                    old.set(i, null);
                    return i;
                }
            }
            return -1;
        }

        private static boolean isSuccessor(Node candidate, Node item) {
            Node name = candidate.get("name");
            Node other = item.get("name");
            return name != null && other != null && name.text().equals(other.text());
        }
    }
}
