package io.driftless.sandbox.custom.cel;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/// Formats of texts that schemas name too.
final class StringFormats {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");
    private static final Pattern TIME =
            Pattern.compile("([0-9]{2}):([0-9]{2}):([0-9]{2})(.[0-9]+)?(z|([+-][0-9]{2}:[0-9]{2}))");

    private StringFormats() {}

    static boolean isUuid(String text) {
        return UUID.matcher(text.toLowerCase(Locale.ROOT)).matches();
    }

    static boolean isBase64(String text) {
        try {
            var _ = Base64.getDecoder().decode(text);
            return !text.isEmpty() && text.length() % 4 == 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static boolean isDate(String text) {
        try {
            var _ = LocalDate.parse(text);
            return text.length() == 10;
        } catch (DateTimeException e) {
            return false;
        }
    }

    static boolean isDateTime(String text) {
        if (text.length() < 4) {
            return false;
        }
        String[] sides = text.toLowerCase(Locale.ROOT).split("t", -1);
        if (sides.length < 2 || !isDate(sides[0])) {
            return false;
        }
        var time = TIME.matcher(sides[1]);
        return time.matches()
                && Integer.parseInt(time.group(1)) < 24
                && Integer.parseInt(time.group(2)) < 60
                && Integer.parseInt(time.group(3)) < 60;
    }
}
