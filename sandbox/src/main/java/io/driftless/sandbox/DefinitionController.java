package io.driftless.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// CustomResourceDefinitions: established as soon as they are there, unless another has the kind; their objects go
/// before them.
final class DefinitionController implements Controller {
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
        boolean accepted = registry.serves(definition.key().name());
        writes.status(definition.key(), next -> {
            ObjectNode status = Json.child(next, "status");
            if (accepted) {
                set(status, "NamesAccepted", "True", "NoConflicts", "no conflicts found");
                set(status, "Established", "True", "InitialNamesAccepted", "the initial names have been accepted");
            } else {
                set(status, "NamesAccepted", "False", "KindConflict", "another definition of the group has the kind");
                set(status, "Established", "False", "NotAccepted", "not all names are accepted");
            }
            status.set(
                    "acceptedNames", accepted ? next.path("spec").path("names").deepCopy() : Json.object());
            ArrayNode stored = status.withArray("storedVersions");
            next.path("spec").path("versions").forEach(v -> {
                if (v.path("storage").asBoolean()
                        && !contains(stored, v.path("name").asText())) {
                    stored.add(v.path("name").asText());
                }
            });
        });
    }

    private static boolean contains(ArrayNode list, String text) {
        return list.valueStream().anyMatch(item -> item.asText().equals(text));
    }

    private static void set(ObjectNode status, String type, String is, String reason, String message) {
        ObjectNode out = Conditions.of(type, is, reason, message);
        out.remove("lastUpdateTime");
        Conditions.set(status, out);
    }

    @Override
    public void leaving(Stored definition) {
        String type = definition.key().name();
        store.list(type, "").stream().filter(o -> !o.terminating()).forEach(o -> writes.delete(o.key()));
        if (store.list(type, "").isEmpty()) {
            writes.main(definition.key(), next -> {
                ArrayNode left = Json.MAPPER.createArrayNode();
                next.path("metadata").path("finalizers").forEach(f -> {
                    if (!f.asText().equals(ObjectRemover.CLEANUP)) {
                        left.add(f);
                    }
                });
                Json.meta(next).set("finalizers", left);
            });
        }
    }
}
