package io.driftless.sandbox.typed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.sandbox.typed.Shape.Sort;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/// Times: in seconds, or to the microsecond.
final class Times {
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-(0[1-9]|1[0-2])-[0-3][0-9](?!T)");
    private static final Pattern MICROSECONDS = Pattern.compile("\\.[0-9]{6}(Z|[-+])");
    private static final DateTimeFormatter IN_SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'");
    private static final DateTimeFormatter IN_MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    private static final String FORM = "0000-00-00T00:00:00Z";

    private Times() {}

    /// @throws Undecodable where a text is no time
    static void check(String text) {
        if (!isWhole(text)) {
            parsed(text, "2006-01-02T15:04:05Z07:00");
        }
    }

    /// @throws Undecodable where a text is no time with six digits after the point
    static void checkMicros(String text) {
        String layout = "2006-01-02T15:04:05.000000Z07:00";
        parsed(text, layout);
        if (!MICROSECONDS.matcher(text).find()) {
            throw wrong(text, layout, text.substring("2006-01-02T15:04:05".length()), ".000000");
        }
    }

    /// A time as it is kept, whatever zone it was told in.
    static JsonNode inUtc(Sort sort, JsonNode time) {
        String text = time.asText();
        boolean micros = sort == Sort.MICRO_TIME;
        if (!time.isTextual() || text.isEmpty() || (micros ? text.endsWith("Z") : isWhole(text))) {
            return time;
        }
        try {
            OffsetDateTime utc = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
            return TextNode.valueOf((micros ? IN_MICROS : IN_SECONDS).format(utc));
        } catch (DateTimeException e) {
            return time;
        }
    }

    private static void parsed(String text, String layout) {
        try {
            OffsetDateTime.parse(text);
        } catch (DateTimeException e) {
            boolean day = DAY.matcher(text).lookingAt();
            throw day
                    ? wrong(text, layout, text.substring("2006-01-02".length()), "T")
                    : wrong(text, layout, text, "2006");
        }
    }

    private static Undecodable wrong(String text, String layout, String rest, String wanted) {
        return new Undecodable("parsing time \"" + text + "\" as \"" + layout + "\": cannot parse \"" + rest
                + "\" as \"" + wanted + "\"");
    }

    /// Whether a text is a time in whole seconds of UTC on a day that every month has, as most are: a parser costs a
    /// twelfth of an apply.
    private static boolean isWhole(String text) {
        return text.length() == FORM.length()
                && hasForm(text)
                && within(text, 5, 1, 12)
                && within(text, 8, 1, 28)
                && within(text, 11, 0, 23)
                && within(text, 14, 0, 59)
                && within(text, 17, 0, 59);
    }

    private static boolean hasForm(String text) {
        for (int i = 0; i < FORM.length(); i++) {
            char form = FORM.charAt(i);
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
}
