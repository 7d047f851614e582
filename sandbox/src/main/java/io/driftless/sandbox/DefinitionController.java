package io.driftless.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// CustomResourceDefinitions: established as soon as they are there.
final class DefinitionController implements Controller {
    private final ControllerWrites writes;

    DefinitionController(ControllerWrites writes) {
        this.writes = writes;
    }

    @Override
    public void reconcile(Stored definition) {
        if (!Conditions.find(definition.tree(), "Established").isMissingNode()) {
            return;
        }
        writes.status(definition.key(), next -> {
            ObjectNode status = Json.child(next, "status");
            status.putArray("conditions")
                    .add(condition("NamesAccepted", "NoConflicts", "no conflicts found"))
                    .add(condition("Established", "InitialNamesAccepted", "the initial names have been accepted"));
            status.set("acceptedNames", next.path("spec").path("names"));
            var stored = status.putArray("storedVersions");
            next.path("spec").path("versions").forEach(v -> {
                if (v.path("storage").asBoolean()) {
                    stored.add(v.path("name").asText());
                }
            });
        });
    }

    private static ObjectNode condition(String type, String reason, String message) {
        ObjectNode out = Conditions.of(type, "True", reason, message);
        out.remove("lastUpdateTime");
        return out;
    }
}
