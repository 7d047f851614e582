package io.driftless.objects;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.PathStep.Field;
import io.driftless.objects.PathStep.Index;
import io.driftless.objects.PathStep.Key;
import io.driftless.objects.PathStep.Value;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The JSON form of a [FieldSet]: an object whose keys are steps, `.` for the path that led there.
final class FieldsV1 {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int MAX_KNOWN = 4096;
    private static final Map<String, PathStep> KNOWN = new ConcurrentHashMap<>();

    private FieldsV1() {}

    /// @throws IllegalArgumentException naming the first key that is no path step
    static FieldSet read(JsonNode fieldsV1) {
        return read(fieldsV1, false);
    }

    private static FieldSet read(JsonNode node, boolean leafIsMember) {
        boolean member = leafIsMember && node.isEmpty();
        TreeMap<PathStep, FieldSet> children = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (entry.getKey().equals(".")) {
                member = true;
            } else {
                children.put(known(entry.getKey()), read(entry.getValue(), true));
            }
        }
        return new FieldSet(member, children);
    }

    /// The same few steps occur in nearly every object: keys of lists are read once. Bounded, since their values are
    /// data.
    private static PathStep known(String text) {
        if (text.startsWith("f:")) {
            return new Field(text.substring(2));
        }
        PathStep step = KNOWN.get(text);
        if (step == null) {
            step = step(text);
            if (KNOWN.size() < MAX_KNOWN) {
                KNOWN.put(text, step);
            }
        }
        return step;
    }

    private static PathStep step(String text) {
        String rest = text.length() > 2 ? text.substring(2) : "";
        return switch (text.length() < 2 ? "" : text.substring(0, 2)) {
            case "f:" -> new Field(rest);
            case "k:" -> new Key(Digests.canonical(parseJson(rest)));
            case "v:" -> new Value(Digests.canonical(parseJson(rest)));
            case "i:" -> new Index(Integer.parseInt(rest));
            default ->
                throw new IllegalArgumentException(
                        "\"" + text + "\" is no step of a field path: f:, k:, v: or i: is expected");
        };
    }

    static JsonNode parseJson(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("\"" + text + "\" in a field path is not JSON", e);
        }
    }

    static ObjectNode write(FieldSet set) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        set.children().forEach((step, child) -> {
            ObjectNode below = write(child);
            if (child.isMember() && !below.isEmpty()) {
                ObjectNode marked = JsonNodeFactory.instance.objectNode();
                marked.putObject(".");
                marked.setAll(below);
                below = marked;
            }
            out.set(step.serialised(), below);
        });
        return out;
    }
}
