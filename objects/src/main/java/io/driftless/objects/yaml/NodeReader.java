package io.driftless.objects.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/// Builds JSON nodes straight from the parser's events, counting depth, documents and what aliases add.
final class NodeReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String file;
    private final String text;
    private final YamlOptions options;
    private final Parser parser;
    private final ScalarReader scalars;
    private final Map<String, Anchored> anchors = new LinkedHashMap<>();
    private final Set<String> open = new HashSet<>();
    private long read;
    private long expanded;
    private int depth;

    /// What an anchor stands for, and its weight in nodes and characters with its own aliases expanded.
    private record Anchored(JsonNode value, long weight) {}

    NodeReader(String file, String text, YamlOptions options) {
        this.file = file;
        this.text = text;
        this.options = options;
        this.scalars = new ScalarReader(file, options.dialect());
        LoaderOptions loader = new LoaderOptions();
        loader.setCodePointLimit(Integer.MAX_VALUE);
        this.parser = new ParserImpl(new StreamReader(text), loader);
    }

    List<Document> documents() {
        try {
            return readDocuments();
        } catch (MarkedYAMLException invalid) {
            throw YamlRemedy.of(file, invalid);
        } catch (ReaderException unprintable) {
            int before = Math.min(unprintable.getPosition(), text.length());
            int line = 1 + (int) text.substring(0, before).lines().count();
            throw new InvalidYaml(
                    file,
                    line,
                    1,
                    "the character U+%04X is not allowed in YAML; write it as an escape in double quotes"
                            .formatted(unprintable.getCodePoint()));
        } catch (YAMLException invalid) {
            throw new InvalidYaml(file, 0, 0, "not valid YAML: " + invalid.getMessage());
        }
    }

    private List<Document> readDocuments() {
        List<Document> documents = new ArrayList<>();
        int count = 0;
        while (true) {
            Event event = parser.getEvent();
            if (event.is(Event.ID.StreamEnd)) {
                return documents;
            }
            if (!event.is(Event.ID.DocumentStart)) {
                continue;
            }
            if (++count > options.maxDocuments()) {
                throw limit(event, "more than " + options.maxDocuments() + " documents");
            }
            anchors.clear();
            Event content = parser.getEvent();
            JsonNode value = node(content);
            if (!value.isNull()) {
                documents.add(new Document(value, content.getStartMark().getLine() + 1));
            }
        }
    }

    private JsonNode node(Event event) {
        read++;
        return switch (event) {
            case AliasEvent alias -> alias(alias);
            case ScalarEvent scalar -> {
                read += scalar.getValue().length();
                JsonNode value = scalars.value(scalar);
                remember(scalar.getAnchor(), value, 1 + scalar.getValue().length());
                yield value;
            }
            case SequenceStartEvent start -> collection(start, start.getTag(), "seq");
            case MappingStartEvent start -> collection(start, start.getTag(), "map");
            default -> throw limit(event, "an unexpected " + event.getEventId());
        };
    }

    private JsonNode collection(NodeEvent start, @Nullable String tag, String expected) {
        scalars.checkCollectionTag(start, tag, expected);
        if (++depth > options.maxDepth()) {
            throw limit(start, "nesting deeper than " + options.maxDepth() + " levels");
        }
        String anchor = start.getAnchor();
        if (anchor != null) {
            open.add(anchor);
        }
        long before = read;
        JsonNode value = expected.equals("seq") ? sequence() : mapping();
        depth--;
        remember(anchor, value, read - before + 1);
        return value;
    }

    private JsonNode sequence() {
        ArrayNode array = NODES.arrayNode();
        for (Event event = parser.getEvent(); !event.is(Event.ID.SequenceEnd); event = parser.getEvent()) {
            array.add(node(event));
        }
        return array;
    }

    private JsonNode mapping() {
        ObjectNode object = NODES.objectNode();
        List<JsonNode> merged = new ArrayList<>();
        for (Event event = parser.getEvent(); !event.is(Event.ID.MappingEnd); event = parser.getEvent()) {
            if (event instanceof ScalarEvent scalar && isMerge(scalar)) {
                Event source = parser.getEvent();
                merged.addAll(mergeSources(source, node(source)));
                continue;
            }
            String key = key(event);
            if (object.has(key) && !options.duplicateKeysAllowed()) {
                throw at(event, "the key \"" + key + "\" appears twice in this map; remove one of them");
            }
            object.set(key, node(parser.getEvent()));
        }
        for (JsonNode source : merged) {
            source.properties().forEach(field -> object.putIfAbsent(field.getKey(), field.getValue()));
        }
        return object;
    }

    private static boolean isMerge(ScalarEvent scalar) {
        return scalar.isPlain() && scalar.getTag() == null && scalar.getValue().equals("<<");
    }

    /// The maps under `<<`; of a list, the first map that has a key wins.
    private List<JsonNode> mergeSources(Event at, JsonNode value) {
        List<JsonNode> sources = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(sources::add);
        } else {
            sources.add(value);
        }
        if (!sources.stream().allMatch(JsonNode::isObject)) {
            throw at(at, "the merge key << needs a map or a list of maps; point it at an anchor of a map");
        }
        return sources;
    }

    private String key(Event event) {
        read++;
        return switch (event) {
            case ScalarEvent scalar -> {
                read += scalar.getValue().length();
                JsonNode value = scalars.value(scalar);
                remember(scalar.getAnchor(), value, 1 + scalar.getValue().length());
                yield scalars.key(scalar, value);
            }
            case AliasEvent alias -> scalars.key(alias, alias(alias));
            default -> throw at(event, "a map or list cannot be a key; use text");
        };
    }

    private JsonNode alias(AliasEvent alias) {
        String name = alias.getAnchor();
        if (open.contains(name)) {
            throw at(alias, "the anchor " + name + " contains itself; remove the alias");
        }
        Anchored target = Optional.ofNullable(anchors.get(name))
                .orElseThrow(() -> at(alias, "no anchor " + name + " before this alias; define it with &" + name));
        expanded += target.weight();
        read += target.weight();
        if (expanded > options.maxAliasExpansion()) {
            throw limit(alias, "aliases that expand to more than " + options.maxAliasExpansion() + " characters");
        }
        return target.value().deepCopy();
    }

    private void remember(@Nullable String anchor, JsonNode value, long weight) {
        if (anchor != null) {
            open.remove(anchor);
            anchors.put(anchor, new Anchored(value, weight));
        }
    }

    private InvalidYaml limit(Event event, String what) {
        return at(event, "the file has " + what + ", which is beyond the limit; simplify or split it");
    }

    private InvalidYaml at(Event event, String problem) {
        Mark mark = event.getStartMark();
        return new InvalidYaml(file, mark.getLine() + 1, mark.getColumn() + 1, problem);
    }
}
