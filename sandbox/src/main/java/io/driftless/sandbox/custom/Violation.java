package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;

/// One thing that is wrong with an object: where, of which sort (in the words of a Status), and what.
public record Violation(String field, String reason, String message) {
    /// One that is worded already; its sort follows from how it begins.
    public static Violation worded(String field, String message) {
        String reason = message.startsWith("Required")
                ? "FieldValueRequired"
                : message.startsWith("Forbidden")
                        ? "FieldValueForbidden"
                        : message.startsWith("Unsupported")
                                ? "FieldValueNotSupported"
                                : message.startsWith("Too long") ? "FieldValueTooLong" : "FieldValueInvalid";
        return new Violation(field, reason, message);
    }

    public static Violation required(String field, String why) {
        return new Violation(field, "FieldValueRequired", why.isEmpty() ? "Required value" : "Required value: " + why);
    }

    /// @param shown the value as it is to be seen; text is quoted by the caller
    public static Violation invalid(String field, String shown, String why) {
        return new Violation(field, "FieldValueInvalid", "Invalid value: " + shown + ": " + why);
    }

    public static Violation invalid(String field, JsonNode value, String why) {
        return invalid(field, shown(value), why);
    }

    public static Violation wrongType(String field, String shown, String why) {
        return new Violation(field, "FieldValueTypeInvalid", "Invalid value: " + shown + ": " + why);
    }

    public static Violation unsupported(String field, JsonNode value, List<JsonNode> supported) {
        return new Violation(
                field,
                "FieldValueNotSupported",
                "Unsupported value: " + shown(value) + ": supported values: "
                        + supported.stream().map(JsonNode::toString).collect(Collectors.joining(", ")));
    }

    public static Violation duplicate(String field, JsonNode value) {
        return new Violation(field, "FieldValueDuplicate", "Duplicate value: " + value);
    }

    public static Violation forbidden(String field, String why) {
        return new Violation(field, "FieldValueForbidden", "Forbidden: " + why);
    }

    public static Violation tooLong(String field, int limit) {
        return new Violation(field, "FieldValueTooLong", "Too long: may not be more than " + limit + " bytes");
    }

    public static Violation tooMany(String field, int actual, int limit) {
        return new Violation(
                field, "FieldValueTooMany", "Too many: " + actual + ": must have at most " + limit + " items");
    }

    private static String shown(JsonNode value) {
        return value.toString();
    }
}
