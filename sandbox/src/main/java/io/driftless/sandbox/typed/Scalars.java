package io.driftless.sandbox.typed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.sandbox.typed.Shape.Sort;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/// Single values: whether one is of a sort, and what is wrong with its text.
final class Scalars {
    private static final Pattern QUANTITY =
            Pattern.compile("[+-]?[0-9]*\\.?[0-9]*([eE][+-]?[0-9]+|[numkMGTPE]|[KMGTPE]i)?");
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-(0[1-9]|1[0-2])-[0-3][0-9](?!T)");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'");
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    private static final Pattern MICROSECONDS = Pattern.compile("\\.[0-9]{6}(Z|[-+])");
    private static final String SECONDS = "0000-00-00T00:00:00Z";
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
            case TIME -> time(value.asText(), "2006-01-02T15:04:05Z07:00");
            case MICRO_TIME -> time(value.asText(), "2006-01-02T15:04:05.000000Z07:00");
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

    private static void time(String text, String layout) {
        if (inSeconds(text) && !layout.contains(".000000")) {
            return;
        }
        try {
            OffsetDateTime.parse(text);
            if (layout.contains(".000000") && !MICROSECONDS.matcher(text).find()) {
                String rest = text.substring("2006-01-02T15:04:05".length());
                throw new Undecodable("parsing time \"" + text + "\" as \"" + layout + "\": cannot parse \"" + rest
                        + "\" as \".000000\"");
            }
        } catch (DateTimeException e) {
            String wanted = DAY.matcher(text).lookingAt() ? "T" : "2006";
            String rest = wanted.equals("T") ? text.substring("2006-01-02".length()) : text;
            throw new Undecodable("parsing time \"" + text + "\" as \"" + layout + "\": cannot parse \"" + rest
                    + "\" as \"" + wanted + "\"");
        }
    }

    /// A time as it is kept, whatever zone it was told in.
    static JsonNode inUtc(Sort sort, JsonNode time) {
        String text = time.asText();
        if (!time.isTextual() || text.isEmpty() || text.endsWith("Z")) {
            return time;
        }
        try {
            OffsetDateTime utc = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
            return TextNode.valueOf((sort == Sort.MICRO_TIME ? MICROS : SECONDS).format(utc));
        } catch (DateTimeException e) {
            return time;
        }
    }

    /// Whether a text is a time in whole seconds of UTC on a day that every month has, as most are: a parser costs a
    /// twelfth of an apply.
    private static boolean inSeconds(String text) {
        return text.length() == SECONDS.length()
                && hasForm(text)
                && within(text, 5, 1, 12)
                && within(text, 8, 1, 28)
                && within(text, 11, 0, 23)
                && within(text, 14, 0, 59)
                && within(text, 17, 0, 59);
    }

    private static boolean hasForm(String text) {
        for (int i = 0; i < SECONDS.length(); i++) {
            char form = SECONDS.charAt(i);
            char c = text.charAt(i);
            if (form == '0' ? c < '0' || c > '9' : c != form) {
                return false;
            }
        }
        return true;
    }

    /// Whether the two digits at `at` are a number between the bounds.
    private static boolean within(String text, int at, int least, int most) {
        int number = (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
        return number >= least && number <= most;
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
