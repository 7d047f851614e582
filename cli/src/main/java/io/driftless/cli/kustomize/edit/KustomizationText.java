package io.driftless.cli.kustomize.edit;

import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.YamlText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/// The text of a kustomization file as its fields, in order, and what is written around them.
///
/// Fields without comments inside are written as the reference writes them, so that the result is the same byte by
/// byte. The reference loses comments inside of fields and at the end, or moves them; here such a field keeps its lines
/// and only those of changed values change.
final class KustomizationText {
    private final List<Section> sections;
    private final List<String> after;

    private KustomizationText(List<Section> sections, List<String> after) {
        this.sections = sections;
        this.after = after;
    }

    static KustomizationText of(String text) {
        List<String> lines = List.of(text.replace("\r\n", "\n").split("\n", -1));
        Located located = Located.read(lines);
        List<Section> sections = new ArrayList<>();
        int done = 0;
        if (located.root() != null
                && Located.isBlockMap(located.root())
                && !located.comments().anchored()) {
            for (NodeTuple field : ((MappingNode) located.root()).getValue()) {
                int first = field.getKeyNode().getStartMark().getLine();
                int last = Math.max(first, located.end(field.getValueNode()));
                sections.add(section(located, field, done, first, last));
                done = last + 1;
            }
            return new KustomizationText(sections, located.comments().texts(done, lines.size() - 1));
        }
        return new KustomizationText(sections, located.comments().texts(0, lines.size() - 1));
    }

    private static Section section(Located located, NodeTuple field, int done, int first, int last) {
        List<String> before = located.lines().subList(Math.min(done, first), first).stream()
                .filter(line -> line.isBlank() || line.stripLeading().startsWith("#"))
                .toList();
        List<String> gaps = new ArrayList<>();
        for (int line = first; line <= last; line++) {
            // Empty lines of a text that is a value belong to the value.
            if (located.lines().get(line).isBlank() && !located.comments().inValue(line)) {
                gaps.add(located.lines().get(line));
            }
        }
        return new Section(
                FieldOrder.spelling(field.getKeyNode() instanceof ScalarNode key ? key.getValue() : ""),
                before,
                located.lines().subList(first, last + 1),
                gaps,
                located.comments().texts(first, last));
    }

    /// The text with other values.
    String with(Node old, Node now) {
        List<String> out = new ArrayList<>();
        List<String> carried = new ArrayList<>();
        Set<String> written = new HashSet<>();
        for (Section section : sections) {
            Node value = section.name() == null ? null : now.get(section.name());
            if (section.name() == null || value == null || !written.add(section.name())) {
                carried.addAll(section.before());
                carried.addAll(section.comments());
                continue;
            }
            out.addAll(carried);
            carried.clear();
            out.addAll(section.before());
            write(section, section.name(), old.get(section.name()), value, out);
        }
        for (String name : FieldOrder.NAMES) {
            Node value = now.get(name);
            if (value != null && written.add(name)) {
                out.addAll(field(name, value));
            }
        }
        carried.stream().filter(line -> !line.isBlank()).forEach(out::add);
        out.addAll(after);
        return String.join("\n", out) + "\n";
    }

    private static void write(Section section, String name, @Nullable Node old, Node value, List<String> out) {
        if (section.comments().isEmpty()) {
            out.addAll(section.gaps());
            out.addAll(field(name, value));
        } else if (old != null && Same.values(old, value)) {
            out.addAll(section.body());
        } else {
            out.addAll(new CommentedField(section.body()).with(name, value));
        }
    }

    static List<String> field(String name, Node value) {
        Node map = Node.map();
        map.append(name, value);
        String text = YamlText.print(map);
        return List.of(text.substring(0, text.length() - 1).split("\n", -1));
    }
}
