package io.driftless.sandbox.typed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Fields that the real server cannot tell from none where they hold an empty text, a zero or false (`zeros.json`, by
/// definition): they are left out, and what is left out by default takes their place.
final class Zeros {
    private static final Map<String, Set<String>> FIELDS = read();

    private Zeros() {}

    private static Map<String, Set<String>> read() {
        try (InputStream in = Zeros.class.getResourceAsStream("zeros.json")) {
            if (in == null) {
                throw new IllegalStateException("zeros.json is missing beside Zeros.class");
            }
            Map<String, Set<String>> all = new HashMap<>();
            new ObjectMapper().readTree(in).properties().forEach(definition -> {
                Set<String> fields = new HashSet<>();
                definition.getValue().forEach(field -> fields.add(field.asText()));
                all.put(definition.getKey(), Set.copyOf(fields));
            });
            return Map.copyOf(all);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read zeros.json", e);
        }
    }

    /// Those of a definition.
    static Set<String> of(String definition) {
        return FIELDS.getOrDefault(definition, Set.of());
    }

    static boolean zero(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> value.asText().isEmpty();
            case NUMBER -> value.isIntegralNumber() && value.asLong() == 0;
            case BOOLEAN -> !value.asBoolean();
            default -> false;
        };
    }
}
