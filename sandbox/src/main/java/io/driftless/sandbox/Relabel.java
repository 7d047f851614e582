package io.driftless.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// Objects in another version of their group: only `apiVersion` differs, as with a CRD whose conversion
/// strategy is
/// None.
final class Relabel {
    private Relabel() {}

    static ObjectNode to(ResourceType type, ObjectNode object) {
        return as(type.apiVersion(), object);
    }

    static ObjectNode toStorage(ResourceType type, ObjectNode object) {
        return as(type.storageApiVersion(), object);
    }

    private static ObjectNode as(String apiVersion, ObjectNode object) {
        if (object.path("apiVersion").asText().equals(apiVersion)) {
            return object;
        }
        ObjectNode out = Json.object().put("apiVersion", apiVersion);
        object.properties().forEach(e -> {
            if (!e.getKey().equals("apiVersion")) {
                out.set(e.getKey(), e.getValue());
            }
        });
        return out;
    }
}
