package io.driftless.kustomize.node;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Dates in plain scalars: what counts as one, and how it is printed.
public final class Timestamps {
    private static final Pattern FORM = Pattern.compile("([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
            + "(?:(?:[Tt]|[ ]+)([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,]([0-9]+))?(Z|[-+][0-9]{2}:[0-9]{2})?)?");

    private Timestamps() {}

    static boolean isTimestamp(String text) {
        return text.length() >= 8 && text.charAt(4) == '-' && print(text) != null;
    }

    /// The date in the form of RFC 3339, or null when the text is none.
    @org.jspecify.annotations.Nullable
    public static String print(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        boolean blank = text.indexOf(' ') >= 0;
        boolean timed = matcher.group(4) != null;
        if (timed && (blank ? matcher.group(8) != null : matcher.group(8) == null)) {
            return null;
        }
        try {
            LocalDateTime time = LocalDateTime.of(
                    number(matcher.group(1)),
                    number(matcher.group(2)),
                    number(matcher.group(3)),
                    timed ? number(matcher.group(4)) : 0,
                    timed ? number(matcher.group(5)) : 0,
                    timed ? number(matcher.group(6)) : 0);
            String fraction = matcher.group(7) == null ? "" : matcher.group(7).replaceAll("0+$", "");
            String zone = matcher.group(8) == null || matcher.group(8).matches("[-+]00:00") ? "Z" : matcher.group(8);
            return "%04d-%02d-%02dT%02d:%02d:%02d%s%s"
                    .formatted(
                            time.getYear(),
                            time.getMonthValue(),
                            time.getDayOfMonth(),
                            time.getHour(),
                            time.getMinute(),
                            time.getSecond(),
                            fraction.isEmpty()
                                    ? ""
                                    : "." + (fraction.length() > 9 ? fraction.substring(0, 9) : fraction),
                            zone);
        } catch (DateTimeException outOfRange) {
            return null;
        }
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
