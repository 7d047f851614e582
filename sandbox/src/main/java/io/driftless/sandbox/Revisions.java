package io.driftless.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.Digests;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.Json;

/// ControllerRevisions: the templates that a StatefulSet or DaemonSet had, by hash.
final class Revisions {
    private final Store store;
    private final ControllerWrites writes;

    Revisions(Store store, ControllerWrites writes) {
        this.store = store;
        this.writes = writes;
    }

    static String hash(Stored owner) {
        return Digests.of(owner.tree().path("spec").path("template"))
                .substring(0, 10)
                .replaceAll("[aeiou01]", "b");
    }

    /// Keeps the present template under `OWNER-HASH`, with the hash in a label of this name, and returns the name.
    String keep(Stored owner, String label) {
        String hash = hash(owner);
        String name = owner.key().name() + "-" + hash;
        if (store.get(new Key("controllerrevisions.apps", owner.key().namespace(), name)) == null) {
            ObjectNode revision = Json.object();
            ObjectNode meta = revision.putObject("metadata").put("name", name);
            ObjectNode template = owner.tree().path("spec").path("template").deepCopy();
            if (template.path("metadata").path("labels") instanceof ObjectNode labels) {
                meta.set("labels", labels.deepCopy());
            }
            Json.child(meta, "labels").put(label, hash);
            ControllerWrites.owner(revision, owner.tree());
            template.put("$patch", "replace");
            revision.putObject("data").putObject("spec").set("template", template);
            int last = writes.controlled(owner.uid(), "controllerrevisions.apps").stream()
                    .mapToInt(r -> r.tree().path("revision").asInt())
                    .max()
                    .orElse(0);
            revision.put("revision", last + 1);
            writes.create("controllerrevisions.apps", owner.key().namespace(), revision);
        }
        return name;
    }
}
