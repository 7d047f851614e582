package io.driftless.sandbox.typed;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.typed.Shape.Sort;
import java.util.regex.Pattern;

/// Single values: whether one is of a sort, and what is wrong with its text.
final class Scalars {
    private static final Pattern QUANTITY =
            Pattern.compile("[+-]?[0-9]*\\.?[0-9]*([eE][+-]?[0-9]+|[numkMGTPE]|[KMGTPE]i)?");
    private static final String NO_QUANTITY =
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private Scalars() {}

    /// Whether a value is of the sort of JSON that is wanted.
    static boolean fits(Sort sort, JsonNode value) {
        return switch (sort) {
            case ANY, QUANTITY -> true;
            case TEXT, BYTES, TIME, MICRO_TIME -> value.isTextual();
            case INT32 -> value.isIntegralNumber() && value.canConvertToInt();
            case INT64 -> value.isIntegralNumber() && value.canConvertToLong();
            case NUMBER -> value.isNumber();
            case FLAG -> value.isBoolean();
            case INT_OR_TEXT -> value.isTextual() || (value.isIntegralNumber() && value.canConvertToInt());
        };
    }

    /// @throws Undecodable where the text of a fitting value is none of this sort
    static void read(Sort sort, JsonNode value) {
        switch (sort) {
            case QUANTITY -> {
                boolean number = value.isNumber() || (value.isTextual() && quantity(value.asText()));
                if (!number) {
                    throw new Undecodable(NO_QUANTITY);
                }
            }
            case TIME -> Times.check(value.asText());
            case MICRO_TIME -> Times.checkMicros(value.asText());
            case BYTES -> bytes(value.asText());
            case ANY, TEXT, INT32, INT64, NUMBER, FLAG, INT_OR_TEXT -> {
                // Any text and any number will do.
            }
        }
    }

    private static boolean quantity(String text) {
        return !text.isEmpty()
                && text.chars().anyMatch(c -> c >= '0' && c <= '9')
                && QUANTITY.matcher(text).matches();
    }

    private static void bytes(String text) {
        int wrong = -1;
        int filled = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                continue;
            }
            boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            boolean padding =
                    c == '=' && filled % 4 >= 2 && i >= text.stripTrailing().length() - 2;
            if (!letter && c != '+' && c != '/' && !padding) {
                wrong = i;
                break;
            }
            filled++;
        }
        if (wrong >= 0 || filled % 4 != 0) {
            throw new Undecodable("illegal base64 data at input byte " + (wrong >= 0 ? wrong : filled / 4 * 4));
        }
    }

    /// What a value is, in the words of Go's JSON reader; numbers by themselves where a smaller one was wanted.
    static String said(JsonNode value, boolean numberWanted) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "bool";
            case NUMBER -> numberWanted ? "number " + value.asText() : "number";
            case NULL, MISSING, BINARY, POJO -> "null";
        };
    }
}
