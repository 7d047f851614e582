package io.driftless.sync;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationSpec.IgnoreDifferences;
import java.util.List;

/// `RespectIgnoreDifferences=true`: fields whose differences do not count are applied with the value that the cluster
/// holds. (To leave them out would delete those that we own: a Deployment without `replicas` falls back to 1.)
final class KeptFields {
    private KeptFields() {}

    /// Sets each field in `manifest` that a rule names, and that the manifest has, to its live value; removes it where
    /// the live object has none.
    static void copy(ObjectNode manifest, JsonNode live, List<IgnoreDifferences> rules) {
        for (IgnoreDifferences rule : rules) {
            if (!rule.jqPathExpressions().isEmpty()
                    || !rule.managedFieldsManagers().isEmpty()) {
                throw new UnsupportedOperationException(
                        "RespectIgnoreDifferences=true with jqPathExpressions or managedFieldsManagers is not"
                                + " supported yet: use jsonPointers in spec.ignoreDifferences");
            }
            for (String pointer : rule.jsonPointers()) {
                if (!pointer.equals("/status") && !pointer.startsWith("/status/")) {
                    copy(manifest, live, JsonPointer.compile(pointer));
                }
            }
        }
    }

    private static void copy(ObjectNode manifest, JsonNode live, JsonPointer pointer) {
        JsonPointer head = pointer.head();
        if (head == null || manifest.at(pointer).isMissingNode()) {
            return;
        }
        JsonNode value = live.at(pointer);
        JsonNode parent = manifest.at(head);
        if (parent instanceof ObjectNode object) {
            String field = pointer.last().getMatchingProperty();
            if (value.isMissingNode()) {
                object.remove(field);
            } else {
                object.set(field, value.deepCopy());
            }
        } else if (parent instanceof ArrayNode array && !value.isMissingNode()) {
            array.set(pointer.last().getMatchingIndex(), value.deepCopy());
        }
    }
}
