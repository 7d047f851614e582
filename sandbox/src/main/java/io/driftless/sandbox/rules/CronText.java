package io.driftless.sandbox.rules;

import io.driftless.sandbox.model.Json;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Schedules in the five fields of cron, or by one of the names that there are for some.
public final class CronText {
    private static final List<String> NAMED =
            List.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final List<Field> FIELDS = List.of(
            new Field(0, 59, List.of()),
            new Field(0, 23, List.of()),
            new Field(1, 31, List.of()),
            new Field(1, 12, MONTHS),
            new Field(0, 6, DAYS));
    private static final String EVERY = "@every ";
    private static final String DURATION = "[-+]?(0|([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|ms|s|m|h))+";

    private CronText() {}

    private record Field(int least, int most, List<String> names) {}

    private static final class Problem extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Problem(String message) {
            super(message, null, false, false);
        }
    }

    /// What is wrong with a schedule; null where it is one.
    static @Nullable String problem(String text) {
        if (text.startsWith("@")) {
            return descriptor(text);
        }
        String[] fields = text.isBlank() ? new String[0] : text.strip().split("\\s+");
        if (fields.length != FIELDS.size()) {
            return "expected exactly 5 fields, found " + fields.length + ": [" + String.join(" ", fields) + "]";
        }
        try {
            for (int i = 0; i < fields.length; i++) {
                for (String range : fields[i].split(",")) {
                    if (!range.isEmpty()) {
                        range(range, FIELDS.get(i));
                    }
                }
            }
            return null;
        } catch (Problem e) {
            return e.getMessage();
        }
    }

    private static @Nullable String descriptor(String text) {
        if (NAMED.contains(text)) {
            return null;
        }
        if (text.startsWith(EVERY)) {
            String duration = text.substring(EVERY.length());
            return duration.matches(DURATION)
                    ? null
                    : "failed to parse duration " + text + ": time: invalid duration \"" + duration + "\"";
        }
        return "unrecognized descriptor: " + text;
    }

    private static void range(String text, Field field) {
        String[] stepped = text.split("/", -1);
        String[] ends = stepped[0].split("-", -1);
        int from;
        int to;
        if (ends[0].equals("*") || ends[0].equals("?")) {
            from = field.least();
            to = field.most();
        } else {
            from = number(ends[0], field);
            to = ends.length == 2 ? number(ends[1], field) : from;
            if (ends.length > 2) {
                throw new Problem("too many hyphens: " + text);
            }
        }
        if (stepped.length > 2) {
            throw new Problem("too many slashes: " + text);
        }
        int step = 1;
        if (stepped.length == 2) {
            step = whole(stepped[1]);
            to = ends.length == 1 ? field.most() : to;
        }
        if (from < field.least()) {
            throw new Problem("beginning of range (" + from + ") below minimum (" + field.least() + "): " + text);
        }
        if (to > field.most()) {
            throw new Problem("end of range (" + to + ") above maximum (" + field.most() + "): " + text);
        }
        if (from > to) {
            throw new Problem("beginning of range (" + from + ") beyond end of range (" + to + "): " + text);
        }
        if (step == 0) {
            throw new Problem("step of range should be a positive number: " + text);
        }
    }

    private static int number(String text, Field field) {
        int named = field.names().indexOf(text.toLowerCase(Locale.ROOT));
        return named >= 0 ? named + field.least() : whole(text);
    }

    private static int whole(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number < 0) {
                throw new Problem("negative number (" + number + ") not allowed: " + text);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new Problem("failed to parse int from " + text + ": strconv.Atoi: parsing " + Json.quoted(text)
                    + ": invalid syntax");
        }
    }
}
