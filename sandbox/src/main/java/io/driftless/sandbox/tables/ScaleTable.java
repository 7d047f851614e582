package io.driftless.sandbox.tables;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.Json;
import java.time.Duration;
import java.time.Instant;

/// A `Scale` as `kubectl get --subresource=scale` shows it.
public final class ScaleTable {
    private ScaleTable() {}

    /// The Table of one Scale.
    public static ObjectNode of(ObjectNode scale) {
        ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        table.putObject("metadata")
                .put(
                        "resourceVersion",
                        scale.path("metadata").path("resourceVersion").asText());
        ArrayNode columns = table.putArray("columnDefinitions");
        column(columns, "Name", "string", "Name of the scaled object.");
        column(columns, "Desired", "integer", "How many replicas are wanted.");
        column(columns, "Available", "integer", "How many replicas there are.");
        column(columns, "Age", "string", "Time since the scaled object was created.");
        ObjectNode row = table.putArray("rows").addObject();
        Instant created =
                Instant.parse(scale.path("metadata").path("creationTimestamp").asText());
        row.putArray("cells")
                .add(Json.name(scale))
                .add(scale.path("spec").path("replicas").asInt())
                .add(scale.path("status").path("replicas").asInt())
                .add(Tables.age(Duration.between(created, Instant.now())));
        row.set("object", Tables.partial(scale, "meta.k8s.io/v1"));
        return table;
    }

    private static void column(ArrayNode columns, String name, String type, String description) {
        columns.addObject()
                .put("name", name)
                .put("type", type)
                .put("format", "")
                .put("description", description)
                .put("priority", 0);
    }
}
