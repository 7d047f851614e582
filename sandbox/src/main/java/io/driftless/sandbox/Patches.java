package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.JsonPatch;
import io.driftless.objects.MergePatch;
import io.driftless.objects.MissingMergeKey;
import io.driftless.objects.MixedList;
import io.driftless.objects.Schema;
import io.driftless.objects.StrategicMergePatch;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.BodyText;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.typed.GoText;

/// The three patches that are computed from the present object.
final class Patches {
    private Patches() {}

    /// @param whole a field of the spec that strategic patches replace; empty for none
    static ObjectNode apply(
            String contentType, Schema schema, boolean custom, String whole, ObjectNode live, JsonNode patch) {
        try {
            JsonNode out = switch (contentType) {
                case "application/json-patch+json" -> {
                    if (patch.isNull()) {
                        yield live;
                    }
                    if (!patch.isArray()) {
                        throw notDecoded(patch, "[]handlers.jsonPatchOp");
                    }
                    for (JsonNode operation : patch) {
                        if (!operation.isObject()) {
                            throw notDecoded(operation, "handlers.jsonPatchOp");
                        }
                    }
                    yield JsonPatch.apply(live, patch);
                }
                case "application/merge-patch+json" -> {
                    if (patch.isNull()) {
                        throw ApiError.badRequest("Invalid JSON Patch");
                    }
                    if (!patch.isObject()) {
                        throw notDecoded(patch, "map[string]interface {}");
                    }
                    yield MergePatch.apply(live, patch);
                }
                case "application/strategic-merge-patch+json" -> {
                    if (custom) {
                        throw ApiError.of(
                                415,
                                "UnsupportedMediaType",
                                "the body of the request was in an unknown format - accepted media types include:"
                                        + " application/json-patch+json, application/merge-patch+json,"
                                        + " application/apply-patch+yaml");
                    }
                    if (patch.isNull()) {
                        yield live;
                    }
                    if (!(patch instanceof ObjectNode object)) {
                        throw ApiError.badRequest(noValue(patch, "map[string]interface {}"));
                    }
                    yield StrategicMergePatch.apply(schema, live, replacing(object, live, whole));
                }
                default -> throw unsupported();
            };
            if (out instanceof ObjectNode object) {
                return object;
            }
            throw ApiError.badRequest("the patch leaves no object");
        } catch (MixedList e) {
            throw ApiError.of(
                    500,
                    "",
                    "list element types are not identical: [" + GoText.of(e.present()) + " " + GoText.of(e.given())
                            + "]");
        } catch (MissingMergeKey e) {
            throw ApiError.of(
                    500, "", "map: " + GoText.of(e.item()) + " does not contain declared merge key: " + e.key());
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw ApiError.general(422, "Invalid", "the server rejected our request due to an error in our request");
        }
    }

    private static ObjectNode replacing(ObjectNode patch, JsonNode live, String field) {
        if (field.isEmpty()
                || !patch.path("spec").path(field).isObject()
                || !live.path("spec").path(field).isObject()) {
            return patch;
        }
        ObjectNode out = patch.deepCopy();
        Json.child(Json.child(out, "spec"), field).put("$patch", "replace");
        return out;
    }

    private static ApiError notDecoded(JsonNode patch, String wanted) {
        return ApiError.badRequest("error decoding patch: " + noValue(patch, wanted));
    }

    private static String noValue(JsonNode patch, String wanted) {
        return "json: cannot unmarshal " + BodyText.type(patch) + " into Go value of type " + wanted;
    }

    /// @throws ApiError 415 for another type of body
    static void known(String contentType) {
        if (!contentType.equals("application/json-patch+json")
                && !contentType.equals("application/merge-patch+json")
                && !contentType.equals("application/strategic-merge-patch+json")) {
            throw unsupported();
        }
    }

    private static ApiError unsupported() {
        return ApiError.general(415, "UnsupportedMediaType", "415: Unsupported Media Type");
    }
}
