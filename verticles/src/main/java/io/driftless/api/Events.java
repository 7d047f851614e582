package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster;
import io.driftless.events.GroupKind;

/// Kubernetes events about an object of the control plane.
final class Events {
    private static final int MOST = 500;
    private static final GroupKind EVENT = new GroupKind("", "Event");

    private Events() {}

    static ObjectNode about(Cluster cluster, String namespace, JsonNode object) {
        String uid = object.path("metadata").path("uid").asText("");
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putObject("metadata");
        ArrayNode items = answer.putArray("items");
        for (JsonNode event : ControlObjects.answered(() -> cluster.list(EVENT, namespace, ""))) {
            boolean about = event.path("involvedObject").path("uid").asText("").equals(uid);
            if (about && !uid.isEmpty() && items.size() < MOST) {
                items.add(event);
            }
        }
        return answer;
    }
}
