package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.Answers;

/// Manifests of an Application under Argo CD's names.
final class ManifestAnswer {
    private ManifestAnswer() {}

    static ObjectNode of(JsonNode application, Sources.Manifests rendered) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode manifests = answer.putArray("manifests");
        rendered.objects().forEach(object -> manifests.add(Answers.text(object)));
        JsonNode destination = application.path("spec").path("destination");
        return answer.put("namespace", destination.path("namespace").asText(""))
                .put("server", destination.path("server").asText(""))
                .put("revision", rendered.revision())
                .put("sourceType", rendered.type());
    }
}
