package io.driftless.sandbox.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.objects.Quantities;
import io.driftless.objects.Schema;
import java.util.List;
import java.util.Map;

/// Spells quantities as the real server stores them, wherever the type has one, and drops fields that are
/// null, and parts of the metadata that are empty.
public final class Normaliser {
    private static final List<String> PARTS = List.of("labels", "annotations", "finalizers", "ownerReferences");

    private Normaliser() {}

    /// Brings an object into the form in which it is stored, in place.
    public static void apply(Schema schema, ObjectNode object) {
        visit(schema.resolved(), object);
        if (object.path("metadata") instanceof ObjectNode metadata) {
            PARTS.stream().filter(part -> metadata.path(part).isEmpty()).forEach(metadata::remove);
        }
    }

    private static JsonNode visit(Schema schema, JsonNode value) {
        switch (schema) {
            case Schema.Scalar scalar -> {
                if (scalar.format() == Schema.Format.QUANTITY && value.isValueNode()) {
                    String canonical = Quantities.canonical(value.asText());
                    return value.isTextual() && value.asText().equals(canonical) ? value : TextNode.valueOf(canonical);
                }
            }
            case Schema.Struct struct -> {
                if (value instanceof ObjectNode object) {
                    struct.fields().forEach((name, type) -> replace(object, name, type));
                }
            }
            case Schema.Entries entries -> {
                if (value instanceof ObjectNode object
                        && !(entries.value() instanceof Schema.Scalar(Schema.Format format)
                                && format == Schema.Format.NONE)) {
                    for (Map.Entry<String, JsonNode> entry : object.properties()) {
                        entry.setValue(visit(entries.value().resolved(), entry.getValue()));
                    }
                }
            }
            case Schema.Items items -> {
                if (value instanceof ArrayNode array) {
                    Schema item = items.item().resolved();
                    for (int i = 0; i < array.size(); i++) {
                        array.set(i, visit(item, array.get(i)));
                    }
                }
            }
            case Schema.Ref ref -> {
                return visit(ref.resolved(), value);
            }
        }
        return value;
    }

    private static void replace(ObjectNode object, String name, Schema type) {
        JsonNode before = object.get(name);
        if (before == null) {
            return;
        }
        if (before.isNull()) {
            object.remove(name);
            return;
        }
        JsonNode after = visit(type.resolved(), before);
        if (after != before) {
            object.set(name, after);
        }
    }
}
