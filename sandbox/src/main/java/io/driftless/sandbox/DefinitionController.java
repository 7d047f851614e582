package io.driftless.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import java.util.List;

/// CustomResourceDefinitions: established as soon as they are there, unless another one has their names; one that is
/// deleted takes its objects with it.
final class DefinitionController implements Controller {
    static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";
    private final Store store;
    private final ResourceRegistry registry;
    private final ControllerWrites writes;

    DefinitionController(Store store, ResourceRegistry registry, ControllerWrites writes) {
        this.store = store;
        this.registry = registry;
        this.writes = writes;
    }

    @Override
    public void reconcile(Stored definition) {
        boolean accepted = registry.defines(definition.key().name());
        List<String> taken = accepted ? List.of() : registry.taken(definition.tree());
        writes.status(definition.key(), next -> {
            ObjectNode status = Json.child(next, "status");
            if (accepted) {
                Conditions.set(status, condition("NamesAccepted", "True", "NoConflicts", "no conflicts found"));
                Conditions.set(
                        status,
                        condition(
                                "Established", "True", "InitialNamesAccepted", "the initial names have been accepted"));
                status.set("acceptedNames", next.path("spec").path("names"));
            } else {
                ObjectNode names = next.path("spec").path("names").deepCopy();
                String last = taken.isEmpty() ? "kind" : taken.getLast();
                String reason = Character.toUpperCase(last.charAt(0)) + last.substring(1) + "Conflict";
                String why = "\"" + names.path(last).asText() + "\" is already in use";
                Conditions.set(status, condition("NamesAccepted", "False", reason, why));
                Conditions.set(status, condition("Established", "False", "NotAccepted", "not all names are accepted"));
                names.remove(taken);
                names.put("kind", names.path("kind").asText());
                status.set("acceptedNames", names);
            }
        });
    }

    @Override
    public void leaving(Stored definition) {
        String type = definition.key().name();
        for (Stored object : store.list(type, "")) {
            if (!object.terminating()) {
                writes.delete(object.key());
            }
        }
        if (store.list(type, "").isEmpty()) {
            writes.main(definition.key(), next -> {
                ArrayNode left = Json.MAPPER.createArrayNode();
                next.path("metadata").path("finalizers").forEach(finalizer -> {
                    if (!finalizer.asText().equals(CLEANUP)) {
                        left.add(finalizer);
                    }
                });
                Json.meta(next).set("finalizers", left);
            });
        }
    }

    /// Names are free again for others.
    @Override
    public void gone(Key key) {
        for (Stored definition : store.list(ResourceType.DEFINITIONS, "")) {
            if (!definition.terminating()
                    && Conditions.find(definition.tree(), "NamesAccepted")
                            .path("status")
                            .asText()
                            .equals("False")) {
                registry.define(definition.tree());
                reconcile(definition);
            }
        }
    }

    /// What is said of a definition that is being deleted.
    static ObjectNode terminating() {
        return condition(
                "Terminating",
                "True",
                "InstanceDeletionPending",
                "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon");
    }

    private static ObjectNode condition(String type, String status, String reason, String message) {
        ObjectNode out = Conditions.of(type, status, reason, message);
        out.remove("lastUpdateTime");
        return out;
    }
}
