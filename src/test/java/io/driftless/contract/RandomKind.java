package io.driftless.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A kind that random requests are about: an object of it that is in order, and what is changed in that.
record RandomKind(
        String resource,
        String group,
        boolean cluster,
        boolean controlled,
        JsonNode object,
        List<Change> changes,
        List<Change> rare) {
    /// The field at `pointer` gets `value`; null takes it away.
    record Change(String pointer, JsonNode value) {
        List<String> segments() {
            List<String> segments = new ArrayList<>();
            for (String segment : pointer.substring(1).split("/")) {
                segments.add(segment.replace("~1", "/").replace("~0", "~"));
            }
            return segments;
        }

        /// Makes it in `object`, with what lies above the field made on the way; not where that is of another form.
        void in(ObjectNode object) {
            JsonNode at = object;
            List<String> segments = segments();
            for (int i = 0; i < segments.size(); i++) {
                String segment = segments.get(i);
                boolean last = i == segments.size() - 1;
                if (at instanceof ArrayNode array) {
                    int index = segment.chars().allMatch(Character::isDigit) ? Integer.parseInt(segment) : -1;
                    if (index < 0 || index > array.size() || !last && index == array.size()) {
                        return;
                    }
                    if (last) {
                        put(array, index);
                    } else {
                        at = array.get(index);
                    }
                } else if (at instanceof ObjectNode fields) {
                    if (last && value.isNull()) {
                        fields.remove(segment);
                    } else if (last) {
                        fields.set(segment, value.deepCopy());
                    } else {
                        at = fields.path(segment).isContainerNode() ? fields.path(segment) : fields.putObject(segment);
                    }
                } else {
                    return;
                }
            }
        }

        private void put(ArrayNode array, int index) {
            if (index == array.size()) {
                array.add(value.deepCopy());
            } else {
                array.set(index, value.deepCopy());
            }
        }
    }

    /// All that `/contract/random-kinds.yaml` describes.
    static List<RandomKind> all() {
        try (InputStream in = RandomKind.class.getResourceAsStream("/contract/random-kinds.yaml")) {
            if (in == null) {
                throw new IllegalStateException("/contract/random-kinds.yaml is missing");
            }
            return described(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<RandomKind> described(String yaml) {
        List<RandomKind> kinds = new ArrayList<>();
        Api.yaml(yaml).forEach(kind -> kinds.add(read(kind)));
        return kinds;
    }

    /// The changes that a mapping of pointers to values stands for.
    static List<Change> changes(JsonNode described) {
        List<Change> changes = new ArrayList<>();
        described
                .properties()
                .forEach(change -> change.getValue().forEach(value -> changes.add(new Change(change.getKey(), value))));
        return List.copyOf(changes);
    }

    /// The same with the changes that the two servers are known to answer otherwise.
    RandomKind withRare() {
        List<Change> all = new ArrayList<>(changes);
        all.addAll(rare);
        return new RandomKind(resource, group, cluster, controlled, object, all, rare);
    }

    private static RandomKind read(JsonNode kind) {
        return new RandomKind(
                kind.path("resource").asText(),
                kind.path("group").asText(),
                kind.path("cluster").asBoolean(),
                kind.path("controlled").asBoolean(),
                kind.path("object"),
                changes(kind.path("changes")),
                changes(kind.path("rare")));
    }

    boolean has(String subresource) {
        return switch (subresource) {
            case "scale" -> List.of("deployments", "statefulsets", "widgets").contains(resource);
            default ->
                !controlled && List.of("widgets", "services", "ingresses").contains(resource);
        };
    }

    /// The collection, in a namespace with `{ns}` for its name where the kind has any.
    String path() {
        return (group.isEmpty() ? "/api/v1" : "/apis/" + group) + (cluster ? "/" : "/namespaces/{ns}/") + resource;
    }
}
