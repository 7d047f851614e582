package io.driftless.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;

/// The conditions of a status.
final class Conditions {
    private Conditions() {}

    static boolean is(JsonNode object, String type, String status) {
        return of(object, type).path("status").asText().equals(status);
    }

    /// Type, status and reason of each.
    static List<String> all(JsonNode object) {
        List<String> conditions = new ArrayList<>();
        object.at("/status/conditions")
                .forEach(condition -> conditions.add(String.join(
                        " ",
                        condition.path("type").asText(),
                        condition.path("status").asText(),
                        condition.path("reason").asText())));
        return conditions;
    }

    static JsonNode of(JsonNode object, String type) {
        for (JsonNode condition : object.at("/status/conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return MissingNode.getInstance();
    }
}
