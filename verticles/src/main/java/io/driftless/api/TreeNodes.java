package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ChildEvent.ChildObserved;
import io.driftless.events.ChildEvent.Info;
import io.driftless.events.Health;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.events.ResourceId;
import io.driftless.tree.NodeFacts;

/// Objects in the shape of Argo CD's `ResourceNode`: what an Application deployed, and what lies below.
final class TreeNodes {
    private TreeNodes() {}

    static ObjectNode of(ResourceObserved live) {
        JsonNode metadata = live.object().path("metadata");
        ObjectNode node = ref(live.resource(), live.apiVersion(), live.uid());
        ArrayNode parents = JsonNodeFactory.instance.arrayNode();
        metadata.path("ownerReferences").forEach(owner -> {
            String apiVersion = owner.path("apiVersion").asText();
            parents.addObject()
                    .put("group", group(apiVersion))
                    .put("version", version(apiVersion))
                    .put("kind", owner.path("kind").asText())
                    .put("namespace", live.resource().namespace())
                    .put("name", owner.path("name").asText())
                    .put("uid", owner.path("uid").asText());
        });
        return finished(
                node,
                parents,
                NodeFacts.of(live.object()),
                live.resourceVersion(),
                live.health(),
                metadata.path("creationTimestamp").asText());
    }

    static ObjectNode of(ChildObserved child) {
        ArrayNode parents = JsonNodeFactory.instance.arrayNode();
        child.owners().forEach(owner -> parents.add(ref(owner.resource(), owner.apiVersion(), owner.uid())));
        return finished(
                ref(child.resource(), child.apiVersion(), child.uid()),
                parents,
                new NodeFacts(child.info(), child.images(), child.networking()),
                child.resourceVersion(),
                child.health(),
                child.createdAt());
    }

    private static ObjectNode ref(ResourceId id, String apiVersion, String uid) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("group", id.group())
                .put("version", version(apiVersion))
                .put("kind", id.kind())
                .put("namespace", id.namespace())
                .put("name", id.name())
                .put("uid", uid);
    }

    private static ObjectNode finished(
            ObjectNode node, ArrayNode parents, NodeFacts facts, String version, Health state, String createdAt) {
        if (!parents.isEmpty()) {
            node.set("parentRefs", parents);
        }
        if (!facts.info().isEmpty()) {
            ArrayNode info = node.putArray("info");
            for (Info item : facts.info()) {
                info.addObject().put("name", item.name()).put("value", item.value());
            }
        }
        if (facts.networking() != null) {
            node.set("networkingInfo", facts.networking());
        }
        node.put("resourceVersion", version);
        if (!facts.images().isEmpty()) {
            facts.images().forEach(node.putArray("images")::add);
        }
        ObjectNode health =
                node.putObject("health").put("status", state.status().toString());
        if (!state.message().isEmpty()) {
            health.put("message", state.message());
        }
        return createdAt.isEmpty() ? node : node.put("createdAt", createdAt);
    }

    private static String group(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    private static String version(String apiVersion) {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }
}
