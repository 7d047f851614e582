package io.driftless.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.ResourceId;

/// The identity that an object states about itself.
public final class ObjectIds {
    private ObjectIds() {}

    public static ResourceId of(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return ResourceId.of(
                apiVersion(object),
                object.path("kind").asText(),
                metadata.path("namespace").asText(""),
                metadata.path("name").asText());
    }

    public static String apiVersion(JsonNode object) {
        return object.path("apiVersion").asText();
    }
}
