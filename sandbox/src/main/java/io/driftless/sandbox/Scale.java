package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// The `scale` subresource: a view of `spec.replicas`.
final class Scale {
    private Scale() {}

    static ObjectNode of(ObjectNode object) {
        ObjectNode out = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectNode meta = out.putObject("metadata");
        for (String field : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            JsonNode value = object.path("metadata").get(field);
            if (value != null) {
                meta.set(field, value);
            }
        }
        out.putObject("spec")
                .put("replicas", object.path("spec").path("replicas").asInt());
        List<String> labels = new ArrayList<>();
        object.path("spec")
                .path("selector")
                .path("matchLabels")
                .properties()
                .forEach(e -> labels.add(e.getKey() + "=" + e.getValue().asText()));
        out.putObject("status")
                .put("replicas", object.path("status").path("replicas").asInt())
                .put("selector", String.join(",", labels));
        return out;
    }

    /// The object with the replicas of a Scale, refused if the Scale is of another version of the object.
    static ObjectNode into(ObjectNode object, ObjectNode scale) {
        ObjectNode out = object.deepCopy();
        Json.child(out, "spec")
                .put("replicas", scale.path("spec").path("replicas").asInt());
        String version = scale.path("metadata").path("resourceVersion").asText();
        if (!version.isEmpty()) {
            Json.meta(out).put("resourceVersion", version);
        }
        return out;
    }
}
