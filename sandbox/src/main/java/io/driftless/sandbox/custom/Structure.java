package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.custom.cel.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One level of a structural schema, read once for all objects.
///
/// @param type empty where any is allowed
/// @param open whether fields that are not named are kept as they are
/// @param entries what the values of a map are; null for objects with named fields
/// @param items what the items of a list are; null for all else
/// @param fallback what stands where nothing is said; null for nothing
/// @param keys which fields tell the items of a list apart
record Structure(
        String type,
        boolean nullable,
        boolean intOrString,
        boolean open,
        boolean embedded,
        Map<String, Structure> fields,
        @Nullable Structure entries,
        @Nullable Structure items,
        @Nullable JsonNode fallback,
        Checks checks,
        String listType,
        List<String> keys,
        List<Rule> rules) {
    private static final Set<String> OBJECT = Set.of("apiVersion", "kind", "metadata");

    static final Structure ANYTHING = read(com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode());

    /// Reads a schema that is known to be sound.
    static Structure read(JsonNode schema) {
        return read(schema, false);
    }

    /// Reads the schema of whole objects.
    static Structure ofObjects(JsonNode schema) {
        return read(schema, true);
    }

    private static Structure read(JsonNode schema, boolean whole) {
        Map<String, Structure> fields = new LinkedHashMap<>();
        schema.path("properties").properties().forEach(e -> fields.put(e.getKey(), read(e.getValue())));
        JsonNode additional = schema.path("additionalProperties");
        List<String> keys = new ArrayList<>();
        schema.path("x-kubernetes-list-map-keys").forEach(k -> keys.add(k.asText()));
        Structure bare = new Structure(
                schema.path("type").asText(),
                schema.path("nullable").asBoolean(),
                schema.path("x-kubernetes-int-or-string").asBoolean(),
                schema.path("x-kubernetes-preserve-unknown-fields").asBoolean() || additional.asBoolean(),
                schema.path("x-kubernetes-embedded-resource").asBoolean(),
                fields,
                additional.isObject() ? read(additional) : null,
                schema.has("items") ? read(schema.path("items")) : null,
                schema.get("default"),
                Checks.read(schema),
                schema.path("x-kubernetes-list-type").asText(),
                keys,
                List.of());
        return schema.has("x-kubernetes-validations") ? bare.ruled(schema, whole) : bare;
    }

    private Structure ruled(JsonNode schema, boolean whole) {
        List<Rule> read = new ArrayList<>();
        Type self = SchemaTypes.of(schema, whole);
        schema.path("x-kubernetes-validations").forEach(rule -> read.add(Rule.read(rule, self, type)));
        return new Structure(
                type,
                nullable,
                intOrString,
                open,
                embedded,
                fields,
                entries,
                items,
                fallback,
                checks,
                listType,
                keys,
                read);
    }

    /// The same for the outermost level, where the fields that all objects have are somebody
    /// else's.
    Structure root() {
        Map<String, Structure> inner = new LinkedHashMap<>(fields);
        OBJECT.forEach(name -> inner.put(name, ANYTHING));
        return new Structure(
                type,
                nullable,
                intOrString,
                open,
                embedded,
                inner,
                entries,
                items,
                fallback,
                checks,
                listType,
                keys,
                rules);
    }

    /// What is known of a field; null where nothing is, because it is unknown or anything goes.
    @Nullable
    Structure named(String name) {
        Structure field = fields.get(name);
        return field != null ? field : entries;
    }

    /// Whether a field that is not declared stays.
    boolean keeps(String name) {
        return open || (embedded && OBJECT.contains(name));
    }

    boolean hasRules() {
        return !rules.isEmpty()
                || fields.values().stream().anyMatch(Structure::hasRules)
                || (entries != null && entries.hasRules())
                || (items != null && items.hasRules());
    }
}
