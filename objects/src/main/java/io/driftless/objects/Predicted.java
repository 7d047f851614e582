package io.driftless.objects;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a live object would be once its differences are gone.
public final class Predicted {
    private Predicted() {}

    /// A copy of `live`.
    ///
    /// @param differences in the order in which they were found
    public static JsonNode of(JsonNode live, List<Comparison.Difference> differences) {
        JsonNode predicted = live.deepCopy();
        // Backwards, so that removing an item of a list does not move those still to be removed.
        for (Comparison.Difference difference : differences.reversed()) {
            apply(predicted, JsonPointer.compile(difference.path()), difference.desired());
        }
        return predicted;
    }

    private static void apply(JsonNode document, JsonPointer path, @Nullable JsonNode value) {
        JsonPointer parentPath = path.head();
        if (parentPath == null) {
            return;
        }
        String last = path.last().getMatchingProperty();
        if (value != null && document.at(parentPath).isMissingNode()) {
            fill(document, parentPath);
        }
        JsonNode parent = document.at(parentPath);
        if (parent instanceof ObjectNode object) {
            if (value == null) {
                object.remove(last);
            } else {
                object.set(last, value);
            }
        } else if (parent instanceof ArrayNode list) {
            int index = path.last().getMatchingIndex();
            if (value == null && index >= 0) {
                list.remove(index);
            } else if (value != null && index >= 0 && index < list.size()) {
                list.set(index, value);
            } else if (value != null) {
                list.add(value);
            }
        }
    }

    private static void fill(JsonNode document, JsonPointer path) {
        JsonPointer parentPath = path.head();
        if (parentPath == null) {
            return;
        }
        if (document.at(parentPath).isMissingNode()) {
            fill(document, parentPath);
        }
        if (document.at(parentPath) instanceof ObjectNode parent) {
            parent.putObject(path.last().getMatchingProperty());
        }
    }
}
