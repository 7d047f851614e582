package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.custom.cel.Patterns;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a schema asks of a value beside its type and its fields.
record Checks(
        List<JsonNode> allowed,
        Range number,
        @Nullable BigDecimal multipleOf,
        Range length,
        Range items,
        Range properties,
        boolean unique,
        @Nullable Pattern pattern,
        String format,
        Set<String> required,
        Map<String, List<Structure>> combined) {

    /// Bounds; null for none.
    record Range(@Nullable BigDecimal least, @Nullable BigDecimal most, boolean above, boolean below) {
        private static Range read(JsonNode schema, String least, String most) {
            return new Range(
                    decimal(schema.get(least)),
                    decimal(schema.get(most)),
                    schema.path("exclusiveMinimum").asBoolean(),
                    schema.path("exclusiveMaximum").asBoolean());
        }

        boolean tooSmall(BigDecimal value) {
            return least != null && (above ? value.compareTo(least) <= 0 : value.compareTo(least) < 0);
        }

        boolean tooLarge(BigDecimal value) {
            return most != null && (below ? value.compareTo(most) >= 0 : value.compareTo(most) > 0);
        }

        boolean tooFew(int count) {
            return least != null && count < least.intValue();
        }

        boolean tooMany(int count) {
            return most != null && count > most.intValue();
        }
    }

    static Checks read(JsonNode schema) {
        Map<String, List<Structure>> combined = new LinkedHashMap<>();
        for (String how : List.of("allOf", "anyOf", "oneOf")) {
            List<Structure> parts = new ArrayList<>();
            schema.path(how).forEach(part -> parts.add(Structure.read(part)));
            if (!parts.isEmpty()) {
                combined.put(how, parts);
            }
        }
        if (schema.has("not")) {
            combined.put("not", List.of(Structure.read(schema.path("not"))));
        }
        Set<String> required = new LinkedHashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        List<JsonNode> allowed = new ArrayList<>();
        schema.path("enum").forEach(allowed::add);
        return new Checks(
                allowed,
                Range.read(schema, "minimum", "maximum"),
                decimal(schema.get("multipleOf")),
                Range.read(schema, "minLength", "maxLength"),
                Range.read(schema, "minItems", "maxItems"),
                Range.read(schema, "minProperties", "maxProperties"),
                schema.path("uniqueItems").asBoolean(),
                schema.has("pattern") ? Patterns.read(schema.path("pattern").asText()) : null,
                schema.path("format").asText(),
                required,
                combined);
    }

    private static @Nullable BigDecimal decimal(@Nullable JsonNode node) {
        return node == null || !node.isNumber() ? null : node.decimalValue();
    }
}
