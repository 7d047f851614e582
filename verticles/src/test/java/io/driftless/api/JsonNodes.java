package io.driftless.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// JSON in tests.
final class JsonNodes {
    private JsonNodes() {}

    static ObjectNode object(String json) {
        try {
            return (ObjectNode) ApiStand.JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + json, e);
        }
    }
}
