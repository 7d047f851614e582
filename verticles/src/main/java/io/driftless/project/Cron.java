package io.driftless.project;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A schedule of five fields: minute, hour, day of month, month, day of week (0 is Sunday). Each is
/// `*` or `?`, a value, a range `a-b`, steps `*/n`, `a-b/n` or `a/n`, or a list of these; months
/// and days of the week have English names of three letters. Where both days are restricted either
/// will do, as in any cron.
final class Cron {
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    /// Beyond any 29th of February.
    private static final int MOST_YEARS = 9;

    private final Field minute;
    private final Field hour;
    private final Field dayOfMonth;
    private final Field month;
    private final Field dayOfWeek;

    /// @param any whether the field restricts nothing
    private record Field(BitSet values, boolean any) {
        boolean has(int value) {
            return values.get(value);
        }
    }

    private Cron(String[] fields) {
        minute = field(fields[0], 0, 59, List.of());
        hour = field(fields[1], 0, 23, List.of());
        dayOfMonth = field(fields[2], 1, 31, List.of());
        month = field(fields[3], 1, 12, MONTHS);
        dayOfWeek = field(fields[4], 0, 6, DAYS);
    }

    /// @throws IllegalArgumentException saying what is wrong with the schedule
    static Cron parse(String schedule) {
        String[] fields = schedule.strip().split("\\s+");
        if (schedule.length() > 256 || fields.length != 5) {
            throw new IllegalArgumentException("a schedule has five fields: minute, hour, day, month, day of week");
        }
        return new Cron(fields);
    }

    private static Field field(String text, int lowest, int highest, List<String> names) {
        BitSet values = new BitSet(highest + 1);
        boolean any = false;
        for (String part : text.split(",", -1)) {
            String[] steps = part.split("/", -1);
            String[] ends = steps[0].split("-", -1);
            boolean star = ends.length == 1 && (ends[0].equals("*") || ends[0].equals("?"));
            if (steps.length > 2 || ends.length > 2) {
                throw new IllegalArgumentException("'" + part + "' is not a part of a schedule");
            }
            int step = steps.length == 1 ? 1 : number(steps[1], List.of(), 0);
            int first = star ? lowest : number(ends[0], names, lowest);
            int last = star || (ends.length == 1 && steps.length == 2)
                    ? highest
                    : number(ends[ends.length - 1], names, lowest);
            if (step < 1 || first < lowest || last > highest || first > last) {
                throw new IllegalArgumentException(
                        "'" + part + "' is outside of " + lowest + " to " + highest + ", or backwards");
            }
            for (int value = first; value <= last; value += step) {
                values.set(value);
            }
            any |= star && step == 1;
        }
        return new Field(values, any);
    }

    private static int number(String text, List<String> names, int first) {
        int name = names.indexOf(text.toLowerCase(Locale.ROOT));
        if (name >= 0) {
            return name + first;
        }
        if (!text.matches("[0-9]{1,4}")) {
            throw new IllegalArgumentException("'" + text + "' is not a value of a schedule");
        }
        return Integer.parseInt(text);
    }

    /// The first time after `time`; empty when there is none, as for the 30th of February.
    Optional<LocalDateTime> after(LocalDateTime time) {
        LocalDateTime at = time.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        LocalDateTime limit = at.plusYears(MOST_YEARS);
        while (at.isBefore(limit)) {
            if (!month.has(at.getMonthValue())) {
                at = at.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).plusMonths(1);
            } else if (!day(at)) {
                at = at.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            } else if (!hour.has(at.getHour())) {
                at = at.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!minute.has(at.getMinute())) {
                at = at.plusMinutes(1);
            } else {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    private boolean day(LocalDateTime at) {
        boolean ofMonth = dayOfMonth.has(at.getDayOfMonth());
        boolean ofWeek = dayOfWeek.has(at.getDayOfWeek().getValue() % 7);
        return (dayOfMonth.any() || dayOfWeek.any()) ? ofMonth && ofWeek : ofMonth || ofWeek;
    }
}
