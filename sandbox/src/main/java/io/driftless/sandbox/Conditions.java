package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.Json;

/// `status.conditions`.
final class Conditions {
    private Conditions() {}

    static ObjectNode of(String type, String status, String reason, String message) {
        String now = Json.now();
        return Json.object()
                .put("type", type)
                .put("status", status)
                .put("lastUpdateTime", now)
                .put("lastTransitionTime", now)
                .put("reason", reason)
                .put("message", message);
    }

    /// The condition of a type; missing where there is none.
    static JsonNode find(JsonNode object, String type) {
        return in(object.path("status"), type);
    }

    /// The same, of a status.
    static JsonNode in(JsonNode status, String type) {
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return status.path("");
    }

    static void remove(ObjectNode status, String type) {
        if (status.get("conditions") instanceof ArrayNode conditions) {
            for (int i = conditions.size() - 1; i >= 0; i--) {
                if (conditions.get(i).path("type").asText().equals(type)) {
                    conditions.remove(i);
                }
            }
            if (conditions.isEmpty()) {
                status.remove("conditions");
            }
        }
    }

    /// Puts a condition at the end, in place of the one of its type; one that says the same stays as it is, one that
    /// only gives another reason keeps the time of its transition.
    static void set(ObjectNode status, ObjectNode condition) {
        ArrayNode conditions =
                status.get("conditions") instanceof ArrayNode found ? found : status.putArray("conditions");
        for (int i = 0; i < conditions.size(); i++) {
            JsonNode was = conditions.get(i);
            if (was.path("type").equals(condition.path("type"))) {
                if (was.path("status").equals(condition.path("status"))) {
                    condition.set("lastTransitionTime", was.path("lastTransitionTime"));
                    if (was.path("reason").equals(condition.path("reason"))
                            && was.path("message").equals(condition.path("message"))) {
                        return;
                    }
                }
                conditions.remove(i);
                break;
            }
        }
        conditions.add(condition);
    }

    /// Sets a count; none is the absence of the field.
    static void count(ObjectNode status, String field, int value) {
        if (value == 0) {
            status.remove(field);
        } else {
            status.put(field, value);
        }
    }
}
