package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.ApiError.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What one node of a structural schema asks of one value.
final class SchemaRules {
    private static final int LONGEST_PATTERN = 1000;

    private SchemaRules() {}

    static List<Problem> problems(String path, JsonNode schema, JsonNode value) {
        List<Problem> out = new ArrayList<>();
        String wanted = schema.path("type").asText();
        boolean either = schema.path("x-kubernetes-int-or-string").asBoolean();
        if (either ? !value.isTextual() && !value.isIntegralNumber() : !fits(wanted, value)) {
            String is = kind(value);
            out.add(new Problem(
                    path,
                    "Invalid value: \"" + is + "\": " + path + " in body must be of type "
                            + (either ? "integer,string" : wanted) + ": \"" + is + "\""));
            return out;
        }
        JsonNode allowed = schema.path("enum");
        if (allowed.isArray() && !contains(allowed, value)) {
            List<String> texts = new ArrayList<>();
            allowed.forEach(a -> texts.add(a.toString()));
            out.add(new Problem(
                    path, "Unsupported value: " + value + ": supported values: " + String.join(", ", texts)));
        }
        bounds(path, schema, value, out);
        lists(path, schema, value, out);
        return out;
    }

    private static void bounds(String path, JsonNode schema, JsonNode value, List<Problem> out) {
        if (value.isNumber()) {
            if (schema.has("maximum")
                    && value.asDouble() > schema.path("maximum").asDouble()) {
                out.add(body(path, value, "be less than or equal to " + schema.path("maximum")));
            }
            if (schema.has("minimum")
                    && value.asDouble() < schema.path("minimum").asDouble()) {
                out.add(body(path, value, "be greater than or equal to " + schema.path("minimum")));
            }
        } else if (value.isTextual()) {
            String text = value.asText();
            if (schema.has("maxLength")
                    && text.length() > schema.path("maxLength").asInt()) {
                out.add(body(path, value, "be at most " + schema.path("maxLength") + " chars long"));
            }
            if (schema.has("minLength")
                    && text.length() < schema.path("minLength").asInt()) {
                out.add(body(path, value, "be at least " + schema.path("minLength") + " chars long"));
            }
            if (schema.has("pattern") && !matches(schema.path("pattern").asText(), text)) {
                out.add(body(path, value, "match '" + schema.path("pattern").asText() + "'"));
            }
        } else if (value.isArray()) {
            if (schema.has("maxItems") && value.size() > schema.path("maxItems").asInt()) {
                out.add(new Problem(
                        path,
                        "Too many: " + value.size() + ": must have at most " + schema.path("maxItems") + " items"));
            }
            if (schema.has("minItems") && value.size() < schema.path("minItems").asInt()) {
                out.add(body(path, value, "have at least " + schema.path("minItems") + " items"));
            }
        }
    }

    private static Problem body(String path, JsonNode value, String rule) {
        return new Problem(path, "Invalid value: " + value + ": " + path + " in body should " + rule);
    }

    /// A pattern of another dialect that cannot be read here forbids nothing.
    private static boolean matches(String pattern, String text) {
        try {
            return text.length() > LONGEST_PATTERN
                    || Pattern.compile(pattern).matcher(text).find();
        } catch (PatternSyntaxException e) {
            return true;
        }
    }

    private static void lists(String path, JsonNode schema, JsonNode value, List<Problem> out) {
        String kind = schema.path("x-kubernetes-list-type").asText();
        if (!value.isArray() || (!kind.equals("map") && !kind.equals("set"))) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < value.size(); i++) {
            JsonNode item = value.get(i);
            StringBuilder key = new StringBuilder();
            if (kind.equals("set")) {
                key.append(item);
            } else {
                schema.path("x-kubernetes-list-map-keys")
                        .forEach(k -> key.append(item.path(k.asText())).append('|'));
            }
            if (!seen.add(key.toString())) {
                out.add(new Problem(path + "[" + i + "]", "Duplicate value: " + item));
            }
        }
    }

    private static boolean fits(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber() || (value.isNumber() && value.asDouble() == value.asLong());
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> true;
        };
    }

    private static String kind(JsonNode value) {
        return value.isIntegralNumber() ? "integer" : value.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private static boolean contains(JsonNode list, JsonNode value) {
        for (JsonNode item : list) {
            if (item.equals(value)) {
                return true;
            }
        }
        return false;
    }

    /// Whether a value that a schema gives by default is of its type.
    static boolean suits(JsonNode schema) {
        JsonNode fallback = schema.get("default");
        return fallback == null || problems("default", schema, fallback).isEmpty();
    }
}
