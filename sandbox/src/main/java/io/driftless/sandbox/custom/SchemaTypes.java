package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.custom.cel.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// The types by which rules see what a schema describes. Of what anything is kept they see nothing.
final class SchemaTypes {
    private static final Type NAMED = Type.object(
            "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta",
            Map.of("name", Type.STRING, "generateName", Type.STRING));

    private SchemaTypes() {}

    /// The type of what a rule is about, by a name that nobody can rely on.
    ///
    /// @param root whether it is a whole object
    static Type of(JsonNode schema, boolean root) {
        String name = "selfType" + ThreadLocalRandom.current().nextInt(1_000_000_000);
        return type(schema, name, root || isEmbedded(schema)).orElse(Type.DYN);
    }

    private static boolean isEmbedded(JsonNode schema) {
        return schema.path("x-kubernetes-embedded-resource").asBoolean();
    }

    private static Optional<Type> type(JsonNode schema, String name) {
        return type(schema, name, isEmbedded(schema));
    }

    private static Optional<Type> type(JsonNode schema, String name, boolean object) {
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            return Optional.of(Type.DYN);
        }
        String type = object ? "object" : schema.path("type").asText();
        return switch (type) {
            case "array" -> type(schema.path("items"), name + ".@idx").map(item -> list(schema, item));
            case "object" ->
                schema.path("additionalProperties").isObject() && !object
                        ? type(schema.path("additionalProperties"), name + ".@elem")
                                .map(Type::map)
                        : Optional.of(Type.object(name, fields(schema, name, object)));
            case "string" -> Optional.of(text(schema.path("format").asText()));
            case "boolean" -> Optional.of(Type.BOOL);
            case "number" -> Optional.of(Type.DOUBLE);
            case "integer" -> Optional.of(Type.INT);
            default -> Optional.empty();
        };
    }

    private static Type list(JsonNode schema, Type item) {
        List<String> keys = new ArrayList<>();
        schema.path("x-kubernetes-list-map-keys").forEach(key -> keys.add(key.asText()));
        return switch (schema.path("x-kubernetes-list-type").asText()) {
            case "set" -> Type.set(item);
            case "map" -> Type.keyed(item, keys);
            default -> Type.list(item);
        };
    }

    private static Map<String, Type> fields(JsonNode schema, String name, boolean object) {
        Map<String, Type> fields = new LinkedHashMap<>();
        schema.path("properties")
                .properties()
                .forEach(field -> type(field.getValue(), name + "." + field.getKey())
                        .ifPresent(type -> fields.put(field.getKey(), type)));
        if (object) {
            fields.put("apiVersion", Type.STRING);
            fields.put("kind", Type.STRING);
            fields.put("metadata", NAMED);
        }
        return fields;
    }

    private static Type text(String format) {
        return switch (format) {
            case "byte" -> Type.BYTES;
            case "duration" -> Type.DURATION;
            case "date", "date-time" -> Type.TIMESTAMP;
            default -> Type.STRING;
        };
    }
}
