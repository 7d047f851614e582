package io.driftless.objects.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.kustomize.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.reader.ReaderException;

/// Has the shared reader build JSON nodes, strictly: what a person should mend is an error with line and remedy. Counts
/// documents and what aliases add.
final class NodeReader extends YamlReader<JsonNode> {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String file;
    private final YamlOptions options;
    private final ScalarReader scalars;
    private long expanded;

    private NodeReader(String file, String text, YamlOptions options) {
        super(text, options.maxDepth());
        this.file = file;
        this.options = options;
        this.scalars = new ScalarReader(file, options.dialect());
    }

    static List<Document> documents(String file, String text, YamlOptions options) {
        try {
            return new NodeReader(file, text, options).documents();
        } catch (MarkedYAMLException invalid) {
            throw YamlRemedy.of(file, invalid);
        } catch (ReaderException unprintable) {
            int before = text.offsetByCodePoints(0, unprintable.getPosition());
            int line = 1
                    + (int) text.substring(0, before)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
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

    private List<Document> documents() {
        List<Document> documents = new ArrayList<>();
        int count = 0;
        for (Event content = nextDocument(); content != null; content = nextDocument()) {
            if (++count > options.maxDocuments()) {
                throw limit(content, "more than " + options.maxDocuments() + " documents");
            }
            JsonNode value = node(content);
            if (!value.isNull()) {
                documents.add(new Document(value, content.getStartMark().getLine() + 1));
            }
        }
        return documents;
    }

    @Override
    protected JsonNode scalar(ScalarEvent scalar) {
        return scalars.value(scalar);
    }

    @Override
    protected JsonNode list(SequenceStartEvent start) {
        scalars.checkCollectionTag(start, start.getTag(), "seq");
        ArrayNode array = NODES.arrayNode();
        items(array::add);
        return array;
    }

    @Override
    protected JsonNode map(MappingStartEvent start) {
        scalars.checkCollectionTag(start, start.getTag(), "map");
        ObjectNode object = NODES.objectNode();
        List<JsonNode> merged = new ArrayList<>(0);
        entries((keyStart, key, valueStart, value) -> {
            if (isMerge(keyStart)) {
                merged.addAll(mergeSources(valueStart, value));
                return;
            }
            String name = scalars.key(keyStart, key);
            if (object.has(name) && !options.duplicateKeysAllowed()) {
                throw at(keyStart, "the key \"" + name + "\" appears twice in this map; remove one of them");
            }
            object.set(name, value);
        });
        for (JsonNode source : merged) {
            source.properties().forEach(field -> object.putIfAbsent(field.getKey(), field.getValue()));
        }
        return object;
    }

    private static boolean isMerge(Event key) {
        return key instanceof ScalarEvent scalar
                && scalar.isPlain()
                && scalar.getTag() == null
                && scalar.getValue().equals("<<");
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

    @Override
    protected JsonNode copy(AliasEvent alias, JsonNode target) {
        spend(alias, target);
        return target.deepCopy();
    }

    /// Counts nodes and characters, keys included.
    private void spend(AliasEvent alias, JsonNode node) {
        expanded += 1 + (node.isTextual() ? node.textValue().length() : 0);
        if (expanded > options.maxAliasExpansion()) {
            throw limit(alias, "aliases that expand to more than " + options.maxAliasExpansion() + " characters");
        }
        if (node.isObject()) {
            node.fieldNames().forEachRemaining(name -> expanded += 1 + name.length());
        }
        for (JsonNode child : node) {
            spend(alias, child);
        }
    }

    @Override
    protected RuntimeException refusal(Event at, Refusal why, String anchor) {
        return switch (why) {
            case NESTED_TOO_DEEPLY -> limit(at, "nesting deeper than " + options.maxDepth() + " levels");
            case ANCHOR_CONTAINS_ITSELF -> at(at, "the anchor " + anchor + " contains itself; remove the alias");
            case ANCHOR_UNKNOWN -> at(at, "no anchor " + anchor + " before this alias; define it with &" + anchor);
            case UNEXPECTED -> limit(at, "an unexpected " + at.getEventId());
        };
    }

    private InvalidYaml limit(Event event, String what) {
        return at(event, "the file has " + what + ", which is beyond the limit; simplify or split it");
    }

    private InvalidYaml at(Event event, String problem) {
        Mark mark = event.getStartMark();
        return new InvalidYaml(file, mark.getLine() + 1, mark.getColumn() + 1, problem);
    }
}
