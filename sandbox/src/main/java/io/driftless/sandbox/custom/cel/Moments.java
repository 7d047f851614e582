package io.driftless.sandbox.custom.cel;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Points in time as the real server reads and writes them: of the years 1 to 9999.
final class Moments {
    private static final Pattern SHAPE = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.,][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);
    private static final OffsetDateTime FIRST = OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    private static final OffsetDateTime LAST = OffsetDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_999, ZoneOffset.UTC);

    private Moments() {}

    /// Reads text of RFC 3339; empty where it is none.
    static Optional<OffsetDateTime> read(String text) {
        if (!SHAPE.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            String cut = text.replace(',', '.').replaceFirst("(\\.[0-9]{9})[0-9]+", "$1");
            return Optional.of(checked(OffsetDateTime.parse(cut)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /// A field of an object of the format `date-time` or `date`.
    static OffsetDateTime ofObject(String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text);
        } catch (DateTimeException e) {
            throw new CelException("Invalid date-time formatted string " + text);
        }
    }

    static OffsetDateTime ofSeconds(long seconds) {
        try {
            return checked(OffsetDateTime.ofInstant(Instant.ofEpochSecond(seconds), ZoneOffset.UTC));
        } catch (DateTimeException e) {
            throw overflow();
        }
    }

    static OffsetDateTime plus(OffsetDateTime moment, Duration duration) {
        try {
            return checked(moment.plus(duration));
        } catch (DateTimeException | ArithmeticException e) {
            throw overflow();
        }
    }

    private static OffsetDateTime checked(OffsetDateTime moment) {
        if (moment.isBefore(FIRST) || moment.isAfter(LAST)) {
            throw overflow();
        }
        return moment;
    }

    private static CelException overflow() {
        return new CelException("timestamp overflow");
    }

    /// With as few decimals of seconds as there are.
    static String text(OffsetDateTime moment) {
        String nanos = moment.getNano() == 0
                ? ""
                : String.format(Locale.ROOT, ".%09d", moment.getNano()).replaceFirst("0+$", "");
        return SECONDS.format(moment)
                + nanos
                + moment.getOffset().getId().replaceFirst("^([+-][0-9]{2}:[0-9]{2}).*", "$1");
    }

    /// A point in time where clocks show it: a name of a time zone, or hours and minutes from UTC.
    static ZonedDateTime in(OffsetDateTime moment, String zone) {
        int colon = zone.indexOf(':');
        try {
            if (colon < 0) {
                return moment.atZoneSameInstant(
                        zone.isEmpty() || zone.equals("UTC") ? ZoneOffset.UTC : ZoneId.of(zone));
            }
            int hours = number(zone.substring(0, colon));
            int minutes = number(zone.substring(colon + 1));
            int offset = hours * 60 + (zone.startsWith("-") ? -minutes : minutes);
            return moment.toInstant().plus(Duration.ofMinutes(offset)).atZone(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new CelException("unknown time zone " + zone);
        }
    }

    private static int number(String text) {
        try {
            return text.length() > 6 ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new CelException("strconv.Atoi: parsing \"" + text + "\": invalid syntax");
        }
    }
}
