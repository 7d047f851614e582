package io.driftless.kustomize.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;

/// Reads YAML into nodes, aliases and merge keys expanded. Size, depth and the growth by aliases are bounded; whatever
/// is wrong with the text becomes a [MalformedYaml].
public final class NodeReader {
    private static final String CORE = "tag:yaml.org,2002:";

    private final Limits limits;
    private final boolean young;
    private final ParserImpl events;
    private final Map<String, Node> anchors = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private int depth;
    private int aliased;

    private NodeReader(String text, Limits limits, boolean young) {
        this.limits = limits;
        this.young = young;
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        options.setNestingDepthLimit(limits.depth() + 1);
        this.events = new ParserImpl(new WholeText(text), options);
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
            return new NodeReader(text, limits, young).document();
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

    private @Nullable Node document() {
        Event event = events.getEvent();
        while (event != null && !(event instanceof DocumentStartEvent)) {
            event = events.peekEvent() == null ? null : events.getEvent();
        }
        if (event == null) {
            return null;
        }
        Node node = node(events.getEvent());
        return node;
    }

    private Node node(Event event) {
        return switch (event) {
            case ScalarEvent scalar -> remember(scalar.getAnchor(), scalar(scalar));
            case MappingStartEvent start -> collection(start, Node.map());
            case SequenceStartEvent start -> collection(start, Node.list());
            case AliasEvent alias -> alias(alias);
            default -> throw new MalformedYaml("yaml: unexpected " + event.getEventId());
        };
    }

    private Node collection(CollectionStartEvent start, Node into) {
        if (++depth > limits.depth()) {
            throw new MalformedYaml("yaml: maps and lists are nested deeper than " + limits.depth() + " levels");
        }
        String anchor = start.getAnchor();
        if (anchor != null) {
            open.add(anchor);
        }
        if (into.isMap()) {
            fields(into);
        } else {
            Event event = events.getEvent();
            while (event.getEventId() != Event.ID.SequenceEnd) {
                into.add(node(event));
                event = events.getEvent();
            }
        }
        depth--;
        return remember(anchor, into);
    }

    private void fields(Node map) {
        List<Node> merged = null;
        Set<String> seen = null;
        Event event = events.getEvent();
        while (event.getEventId() != Event.ID.MappingEnd) {
            Node key = node(event);
            Node value = node(events.getEvent());
            event = events.getEvent();
            if (key.tag() == Tag.MERGE) {
                if (merged != null && young) {
                    throw new MalformedYaml("duplicate merge key");
                }
                merged = merged == null ? new ArrayList<>(2) : merged;
                mergeValues(value, merged);
                continue;
            }
            String name = key(key, map);
            if (map.size() > 16 && seen == null) {
                seen = new HashSet<>(map.keys());
            }
            if (seen == null ? map.has(name) : !seen.add(name)) {
                map.setTrouble("mapping key \"" + name + "\" already defined");
                if (young) {
                    map.append(name, value);
                    continue;
                }
            }
            map.put(name, value);
        }
        if (merged != null) {
            merge(map, merged);
        }
    }

    private String key(Node key, Node map) {
        if (!key.isScalar()) {
            throw new MalformedYaml("yaml: invalid map key: a map or list cannot be a key");
        }
        if (young) {
            if (key.tag() != Tag.STR) {
                map.setTrouble(Node.ODD_KEY);
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

    private Node alias(AliasEvent alias) {
        String name = alias.getAnchor();
        if (open.contains(name)) {
            throw new MalformedYaml("yaml: anchor '" + name + "' value contains itself");
        }
        Node target = anchors.get(name);
        if (target == null) {
            throw new MalformedYaml("yaml: unknown anchor '" + name + "' referenced");
        }
        spend(target);
        return target.copy();
    }

    private void spend(Node node) {
        if (++aliased > limits.aliasNodes()) {
            throw new MalformedYaml("yaml: document contains excessive aliasing");
        }
        for (Node item : node.items()) {
            spend(item);
        }
    }

    private Node remember(@Nullable String anchor, Node node) {
        if (anchor != null) {
            open.remove(anchor);
            anchors.put(anchor, node);
        }
        return node;
    }

    private Node scalar(ScalarEvent scalar) {
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
