package io.driftless.kustomize.node;

import io.driftless.kustomize.yaml.YamlReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;

/// Reads YAML into nodes, aliases and merge keys expanded. Size, depth and the growth by aliases are bounded; whatever
/// is wrong with the text becomes a [MalformedYaml].
public final class NodeReader extends YamlReader<Node> {
    private static final String CORE = "tag:yaml.org,2002:";

    private final Limits limits;
    private final boolean young;
    private int aliased;

    private NodeReader(String text, Limits limits, boolean young) {
        super(text, limits.depth());
        this.limits = limits;
        this.young = young;
    }

    /// The first document of a resource file's part, or null when it is empty.
    public static @Nullable Node first(String text, Limits limits) {
        return read(text, limits, true);
    }

    /// The first document as the older reader sees it: kustomization files and configuration.
    public static @Nullable Node firstOld(String text, Limits limits) {
        return read(text, limits, false);
    }

    private static @Nullable Node read(String text, Limits limits, boolean young) {
        try {
            NodeReader reader = new NodeReader(text, limits, young);
            Event start = reader.nextDocument();
            return start == null ? null : reader.node(start);
        } catch (MarkedYAMLException invalid) {
            throw new MalformedYaml(YamlProblem.of(invalid));
        } catch (YAMLException invalid) {
            throw new MalformedYaml("yaml: " + invalid.getMessage());
        }
    }

    /// All documents of a resource file: split at lines that start with `---`, as the reference does before parsing.
    public static List<Node> all(String text, Limits limits) {
        List<Node> nodes = new ArrayList<>();
        for (String part : Documents.split(text)) {
            Node node;
            try {
                node = first(part, limits);
            } catch (MalformedYaml invalid) {
                throw invalid.named();
            }
            if (node != null && !node.isNull()) {
                nodes.add(node);
            }
        }
        return nodes;
    }

    @Override
    protected Node list(SequenceStartEvent start) {
        Node list = Node.list();
        items(list::add);
        return list;
    }

    @Override
    protected Node map(MappingStartEvent start) {
        Node map = Node.map();
        List<Node> sources = new ArrayList<>(0);
        Set<String> seen = new HashSet<>();
        entries((keyStart, key, valueStart, value) -> {
            if (key.tag() != Tag.MERGE) {
                field(map, key(key, map), value, seen);
                return;
            }
            if (!sources.isEmpty() && young) {
                throw new MalformedYaml("duplicate merge key");
            }
            sources.add(value);
        });
        if (!sources.isEmpty()) {
            List<Node> merged = new ArrayList<>();
            sources.forEach(source -> mergeValues(source, merged));
            merge(map, merged);
        }
        return map;
    }

    /// Small maps are searched; `seen` holds the keys of those that grow.
    private void field(Node map, String name, Node value, Set<String> seen) {
        if (map.size() > 16 && seen.isEmpty()) {
            seen.addAll(map.keys());
        }
        if (seen.isEmpty() ? map.has(name) : !seen.add(name)) {
            map.setTrouble("mapping key \"" + name + "\" already defined");
            if (young) {
                map.append(name, value);
                return;
            }
        }
        map.put(name, value);
    }

    private String key(Node key, Node map) {
        if (!key.isScalar()) {
            throw new MalformedYaml("yaml: invalid map key: a map or list cannot be a key");
        }
        if (young) {
            if (key.tag() != Tag.STR) {
                map.setTrouble(OddKeys.TROUBLE);
            }
            return key.text();
        }
        return switch (key.tag()) {
            case BOOL -> Boolean.toString(Scalars.isTrue(key.text()));
            case INT, FLOAT -> Scalars.json(key.text(), key.tag());
            case NULL -> throw new MalformedYaml("yaml: a map key is null; use text");
            default -> key.text();
        };
    }

    private static void mergeValues(Node value, List<Node> into) {
        if (value.isMap()) {
            into.add(value);
        } else if (value.isList()) {
            for (Node item : value.items()) {
                if (!item.isMap()) {
                    throw new MalformedYaml("invalid map merge: received a nested sequence");
                }
                into.add(item);
            }
        } else {
            throw new MalformedYaml("map merge requires map or sequence of maps as the value");
        }
    }

    /// Own fields win over merged ones, and of the merged ones those of the map named first.
    private void merge(Node map, List<Node> merged) {
        for (Node source : merged) {
            for (int i = 0; i < source.size(); i++) {
                if (!map.has(source.key(i))) {
                    spend(source.item(i));
                    map.append(source.key(i), source.item(i).copy());
                }
            }
        }
    }

    @Override
    protected Node copy(AliasEvent alias, Node target) {
        spend(target);
        return target.copy();
    }

    @Override
    protected RuntimeException refusal(Event at, Refusal why, String anchor) {
        return new MalformedYaml(
                switch (why) {
                    case NESTED_TOO_DEEPLY ->
                        "yaml: maps and lists are nested deeper than " + limits.depth() + " levels";
                    case ANCHOR_CONTAINS_ITSELF -> "yaml: anchor '" + anchor + "' value contains itself";
                    case ANCHOR_UNKNOWN -> "yaml: unknown anchor '" + anchor + "' referenced";
                    case UNEXPECTED -> "yaml: unexpected " + at.getEventId();
                });
    }

    private void spend(Node node) {
        if (++aliased > limits.aliasNodes()) {
            throw new MalformedYaml("yaml: document contains excessive aliasing");
        }
        for (Node item : node.items()) {
            spend(item);
        }
    }

    @Override
    protected Node scalar(ScalarEvent scalar) {
        String text = scalar.getValue();
        String tag = scalar.getTag();
        if (tag == null || tag.equals("!")) {
            boolean plain = tag == null && scalar.isPlain();
            Tag type = !plain ? Tag.STR : young ? Scalars.resolve(text) : Scalars.resolveOld(text);
            return Node.scalar(text, type, style(scalar.getScalarStyle()));
        }
        Node node = Node.scalar(text, tag(tag), style(scalar.getScalarStyle()));
        node.setTagged();
        return node;
    }

    private static Tag tag(String tag) {
        return switch (tag.startsWith(CORE) ? tag.substring(CORE.length()) : tag) {
            case "str" -> Tag.STR;
            case "int" -> Tag.INT;
            case "float" -> Tag.FLOAT;
            case "bool" -> Tag.BOOL;
            case "null" -> Tag.NULL;
            case "timestamp" -> Tag.TIMESTAMP;
            case "binary" -> Tag.BINARY;
            case "merge" -> Tag.MERGE;
            default -> Tag.OTHER;
        };
    }

    private static Style style(DumperOptions.ScalarStyle style) {
        return switch (style) {
            case SINGLE_QUOTED -> Style.SINGLE;
            case DOUBLE_QUOTED -> Style.DOUBLE;
            case LITERAL -> Style.LITERAL;
            case FOLDED -> Style.FOLDED;
            default -> Style.PLAIN;
        };
    }
}
