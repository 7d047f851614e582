package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The finalizer by which an Application asks that its resources go with it.
final class Finalizers {
    private static final String RESOURCES = "resources-finalizer.argocd.argoproj.io";

    private Finalizers() {}

    /// The Application with the finalizer that this deletion needs, or without one when its resources stay.
    static ObjectNode forDeletion(ObjectNode application, boolean cascade, String propagation) {
        ObjectNode metadata = application.withObjectProperty("metadata");
        JsonNode before = metadata.path("finalizers");
        ArrayNode finalizers = metadata.putArray("finalizers");
        boolean stays = !cascade || propagation.equals("orphan");
        before.forEach(finalizer -> {
            if (!finalizer.asText().startsWith(RESOURCES)) {
                finalizers.add(finalizer);
            }
        });
        if (!stays) {
            finalizers.add(propagation.equals("background") ? RESOURCES + "/background" : RESOURCES);
        }
        return application;
    }
}
