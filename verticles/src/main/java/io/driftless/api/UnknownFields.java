package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.proto.FieldType;
import io.driftless.proto.FieldType.Kind;
import io.driftless.proto.FieldType.Label;
import io.driftless.proto.MessageType;
import io.driftless.proto.Schema;
import java.util.Map;
import java.util.Optional;

/// Fields of stored Applications that a newer program wrote and this one does not know. Clients that send a whole spec
/// have never seen them, so they stay as they are.
final class UnknownFields {
    private static final MessageType SPEC =
            Schema.argoCd().message("github.com.argoproj.argo_cd.v3.pkg.apis.application.v1alpha1.ApplicationSpec");

    private UnknownFields() {}

    /// Adds to a spec what only the one before has and nobody here knows. Entries of lists are the client's alone.
    static void keep(JsonNode before, JsonNode after) {
        keep(SPEC, before, after);
    }

    private static void keep(MessageType type, JsonNode before, JsonNode after) {
        if (!(after instanceof ObjectNode kept)) {
            return;
        }
        for (Map.Entry<String, JsonNode> entry : before.properties()) {
            Optional<FieldType> field = field(type, entry.getKey());
            if (field.isEmpty()) {
                if (!kept.has(entry.getKey())) {
                    kept.set(entry.getKey(), entry.getValue().deepCopy());
                }
            } else if (message(field.get())) {
                MessageType inner = field.get().message();
                if (inner != null && inner.plainObject()) {
                    keep(inner, entry.getValue(), kept.path(entry.getKey()));
                }
            }
        }
    }

    private static boolean message(FieldType field) {
        return field.kind() == Kind.MESSAGE && field.label() != Label.REPEATED;
    }

    private static Optional<FieldType> field(MessageType type, String name) {
        FieldType own = type.field(name);
        if (own != null) {
            return Optional.of(own);
        }
        return type.fields().stream()
                .filter(FieldType::inline)
                .flatMap(field -> Optional.ofNullable(field.message()).stream())
                .flatMap(inner -> field(inner, name).stream())
                .findFirst();
    }
}
