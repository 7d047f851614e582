package io.driftless.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/// The conditions of a status.
final class Conditions {
    private Conditions() {}

    static boolean is(JsonNode object, String type, String status) {
        return of(object, type).path("status").asText().equals(status);
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
