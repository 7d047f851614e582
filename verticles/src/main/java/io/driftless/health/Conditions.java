package io.driftless.health;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// Reading `status.conditions`.
final class Conditions {
    private Conditions() {}

    static @Nullable JsonNode find(JsonNode object, String type) {
        for (JsonNode condition : object.path("status").path("conditions")) {
            if (type.equals(condition.path("type").asText())) {
                return condition;
            }
        }
        return null;
    }

    static boolean isTrue(@Nullable JsonNode condition) {
        return condition != null && condition.path("status").asText("").equals("True");
    }

    static String message(JsonNode condition) {
        return condition.path("message").asText("");
    }
}
