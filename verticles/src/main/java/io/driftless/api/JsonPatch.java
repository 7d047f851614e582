package io.driftless.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.HttpFailure;
import io.driftless.http.StrictJson;

/// JSON Patch (RFC 6902) of a document.
final class JsonPatch {
    private static final int MOST_STEPS = 1_000;
    private final ObjectNode document;

    private JsonPatch(ObjectNode document) {
        this.document = document;
    }

    /// Applies the patch to the document; fails with [HttpFailure] 400 naming the step.
    static ObjectNode applied(ObjectNode document, String text) {
        JsonNode steps = StrictJson.value(text.getBytes(UTF_8));
        if (!steps.isArray() || steps.size() > MOST_STEPS) {
            throw HttpFailure.invalid("a JSON patch is a list of at most " + MOST_STEPS + " steps");
        }
        JsonPatch patch = new JsonPatch(document);
        int number = 0;
        for (JsonNode step : steps) {
            number++;
            try {
                patch.step(step);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw HttpFailure.invalid("step " + number + " of the JSON patch cannot be applied: " + e.getMessage());
            }
        }
        return document;
    }

    private void step(JsonNode step) {
        JsonPointer path = JsonPointer.compile(step.path("path").asText());
        switch (step.path("op").asText()) {
            case "add" -> add(path, step.path("value"));
            case "remove" -> remove(path);
            case "replace" -> {
                remove(path);
                add(path, step.path("value"));
            }
            case "move" -> {
                JsonNode moved =
                        known(JsonPointer.compile(step.path("from").asText())).deepCopy();
                remove(JsonPointer.compile(step.path("from").asText()));
                add(path, moved);
            }
            case "copy" ->
                add(path, known(JsonPointer.compile(step.path("from").asText())).deepCopy());
            case "test" -> {
                if (!known(path).equals(step.path("value"))) {
                    throw new IllegalArgumentException("the value at " + path + " is another");
                }
            }
            default -> throw new IllegalArgumentException("op must be add, remove, replace, move, copy or test");
        }
    }

    private JsonNode known(JsonPointer path) {
        JsonNode node = document.at(path);
        if (node.isMissingNode()) {
            throw new IllegalArgumentException("there is nothing at " + path);
        }
        return node;
    }

    private JsonNode holder(JsonPointer path) {
        JsonPointer head = path.head();
        if (head == null) {
            throw new IllegalArgumentException("the whole document cannot be replaced");
        }
        return known(head);
    }

    private void add(JsonPointer path, JsonNode value) {
        if (value.isMissingNode()) {
            throw new IllegalArgumentException("value is missing");
        }
        JsonNode holder = holder(path);
        String last = path.last().getMatchingProperty();
        if (holder instanceof ObjectNode object) {
            object.set(last, value.deepCopy());
        } else if (holder instanceof ArrayNode list) {
            int index = last.equals("-") ? list.size() : path.last().getMatchingIndex();
            if (index < 0 || index > list.size()) {
                throw new IllegalArgumentException("there is no place " + last + " in the list");
            }
            list.insert(index, value.deepCopy());
        } else {
            throw new IllegalArgumentException("the value at " + path.head() + " holds nothing");
        }
    }

    private void remove(JsonPointer path) {
        known(path);
        JsonNode holder = holder(path);
        if (holder instanceof ObjectNode object) {
            object.remove(path.last().getMatchingProperty());
        } else if (holder instanceof ArrayNode list) {
            list.remove(path.last().getMatchingIndex());
        }
    }
}
