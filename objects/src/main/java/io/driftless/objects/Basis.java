package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// What a decision about an object was based on, as far as controllers leave it alone: while the
/// basis is the same, only the object's status and bookkeeping changed.
///
/// `metadata.generation` grows with every change of an object outside of its metadata and status (Kubernetes API
/// conventions, "Metadata"). Kinds without one have no basis: for them a new `resourceVersion` is a change.
public final class Basis {
    private static final String BOOKKEEPING = "deployment.kubernetes.io/revision";
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private Basis() {}

    /// A digest of generation, labels and annotations; empty when the object has no generation or is being deleted.
    public static String of(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        long generation = metadata.path("generation").asLong();
        if (generation <= 0 || metadata.hasNonNull("deletionTimestamp")) {
            return "";
        }
        ObjectNode basis = JsonNodeFactory.instance.objectNode().put("generation", generation);
        basis.set("labels", metadata.path("labels"));
        if (metadata.path("annotations") instanceof ObjectNode annotations) {
            ObjectNode said = annotations.deepCopy();
            said.remove(BOOKKEEPING);
            said.remove(LAST_APPLIED);
            basis.set("annotations", said);
        }
        return Digests.of(basis);
    }
}
