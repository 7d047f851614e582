package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.redact.Redaction;
import java.util.ArrayList;
import java.util.List;

/// An object as it may be shown: of a Secret the names of its values, as Argo CD shows them.
final class Masked {
    private static final String MASK = "++++++++";

    private Masked() {}

    /// The object itself where there is nothing to hide.
    static JsonNode of(JsonNode object) {
        if (!Redaction.concerns(object) || !(object.deepCopy() instanceof ObjectNode secret)) {
            return object;
        }
        if (secret.path("metadata").path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(Redaction.LAST_APPLIED);
        }
        secret.remove("stringData");
        if (secret.path("data") instanceof ObjectNode data) {
            List<String> names = new ArrayList<>();
            data.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> data.put(name, MASK));
        }
        return secret;
    }
}
