package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.JsonPatch;
import io.driftless.objects.MergePatch;
import io.driftless.objects.MissingMergeKey;
import io.driftless.objects.Schema;
import io.driftless.objects.StrategicMergePatch;
import io.driftless.sandbox.typed.GoText;

/// The three patches that are computed from the present object.
final class Patches {
    private Patches() {}

    static ObjectNode apply(String contentType, Schema schema, boolean custom, ObjectNode live, JsonNode patch) {
        try {
            JsonNode out = switch (contentType) {
                case "application/json-patch+json" -> {
                    if (!patch.isArray()) {
                        throw ApiError.badRequest("a JSON patch is a list of operations");
                    }
                    yield JsonPatch.apply(live, patch);
                }
                case "application/merge-patch+json" -> MergePatch.apply(live, patch);
                case "application/strategic-merge-patch+json" -> {
                    if (custom || !(patch instanceof ObjectNode object)) {
                        throw unsupported(contentType);
                    }
                    yield StrategicMergePatch.apply(schema, live, object);
                }
                default -> throw unsupported(contentType);
            };
            if (out instanceof ObjectNode object) {
                return object;
            }
            throw ApiError.badRequest("the patch leaves no object");
        } catch (MissingMergeKey e) {
            throw ApiError.of(
                    500, "", "map: " + GoText.of(e.item()) + " does not contain declared merge key: " + e.key());
        } catch (IllegalArgumentException e) {
            throw ApiError.of(422, "Invalid", "the patch cannot be applied: " + e.getMessage());
        }
    }

    /// @throws ApiError 415 for another type of body
    static void known(String contentType) {
        if (!contentType.equals("application/json-patch+json")
                && !contentType.equals("application/merge-patch+json")
                && !contentType.equals("application/strategic-merge-patch+json")) {
            throw unsupported(contentType);
        }
    }

    private static ApiError unsupported(String contentType) {
        return ApiError.of(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - \"" + contentType
                        + "\" is not accepted for this resource");
    }
}
