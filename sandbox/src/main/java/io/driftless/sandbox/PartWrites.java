package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.defaults.Defaults;
import io.driftless.sandbox.defaults.Normaliser;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes through subresources that change one part of an object: containers that join a pod, the resources of those
/// that it has, whether a certificate is approved.
final class PartWrites {
    private static final Map<String, Set<String>> PARTS =
            Map.of("pods", Set.of("ephemeralcontainers", "resize"), CertificateStatus.TYPE, Set.of("approval"));
    private static final List<String> METADATA = List.of("labels", "annotations", "finalizers", "ownerReferences");
    private static final List<String> RESIZED = List.of("resources", "resizePolicy");

    private PartWrites() {}

    static boolean about(ResourceType type, String subresource) {
        return PARTS.getOrDefault(type.id(), Set.of()).contains(subresource);
    }

    /// Whether a write leaves the spec alone whatever it says of it.
    static boolean keepsSpec(ResourceType type, String subresource) {
        return subresource.isEmpty()
                && (type.id().equals("namespaces") || type.id().equals(CertificateStatus.TYPE));
    }

    /// Takes everything but the part from the object as it is.
    static void partAlone(String subresource, ObjectNode live, ObjectNode next) {
        if (subresource.equals("approval")) {
            JsonNode conditions = next.path("status").path("conditions");
            Json.copy(live, next, "spec");
            Json.copy(live, next, "status");
            ObjectNode status = Json.ownChild(next, "status");
            if (conditions.isArray()) {
                status.set("conditions", conditions);
            } else {
                status.remove("conditions");
            }
            return;
        }
        METADATA.forEach(field -> Json.copy(live.path("metadata"), Json.meta(next), field));
        Json.copy(live, next, "status");
        JsonNode wish = next.path("spec");
        ObjectNode spec = live.path("spec").deepCopy();
        next.set("spec", spec);
        if (subresource.equals("ephemeralcontainers")) {
            Json.copy(wish, spec, "ephemeralContainers");
        } else {
            Json.copy(wish, spec, "resources");
            List.of("containers", "initContainers").forEach(list -> resize(list, wish, spec));
        }
    }

    /// Containers that are others, or more, or fewer, are left to be refused.
    private static void resize(String list, JsonNode wish, ObjectNode spec) {
        ArrayNode wished = wish.path(list) instanceof ArrayNode found ? found : Json.MAPPER.createArrayNode();
        boolean same = wished.size() == spec.path(list).size();
        for (int i = 0; same && i < wished.size(); i++) {
            same = wished.get(i).path("name").equals(spec.path(list).get(i).path("name"));
        }
        if (!same) {
            Json.copy(wish, spec, list);
            return;
        }
        for (int i = 0; i < wished.size(); i++) {
            for (String field : RESIZED) {
                Json.copy(wished.get(i), (ObjectNode) spec.path(list).get(i), field);
            }
        }
    }

    /// What a client has sent, complete: what of it is not taken belongs to whoever sent it all the same.
    static ObjectNode asSent(ResourceType type, ObjectNode live, ObjectNode next) {
        ObjectNode sent = next.deepCopy();
        Normaliser.apply(type.schema(), sent);
        Defaults.apply(type, sent, live);
        return sent;
    }

    /// The next version as it is held against the last one to see who changed what.
    static ObjectNode asAsked(ObjectNode sent, ObjectNode next) {
        ObjectNode out = Json.object().setAll(next);
        METADATA.forEach(field -> Json.copy(sent.path("metadata"), Json.ownMeta(out), field));
        Json.copy(sent, out, "spec");
        return out;
    }
}
