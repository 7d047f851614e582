package io.driftless.sandbox.custom.cel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as the real server reads and writes them: of 64 bits of nanoseconds.
final class GoDurations {
    private static final Pattern PART = Pattern.compile("([0-9]*)(?:\\.([0-9]*))?(ns|us|µs|μs|ms|s|m|h)");
    private static final Pattern LOOSE = Pattern.compile("([0-9]+)\\s*([A-Za-zµ]+)");
    private static final Map<String, Long> UNITS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "μs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);
    private static final int LONGEST = 100;

    private GoDurations() {}

    /// Reads text such as `1h30m`; empty where it is none.
    static Optional<Duration> read(String text) {
        boolean negative = text.startsWith("-");
        String parts = negative || text.startsWith("+") ? text.substring(1) : text;
        if (parts.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        Matcher part = PART.matcher(parts);
        BigDecimal nanos = BigDecimal.ZERO;
        int at = 0;
        while (at < parts.length() && part.region(at, parts.length()).lookingAt()) {
            String fraction = part.group(2) == null ? "" : part.group(2);
            String digits = part.group(1) + fraction;
            if (digits.isEmpty() || digits.length() > LONGEST) {
                return Optional.empty();
            }
            BigDecimal number = new BigDecimal(new BigInteger(digits), fraction.length());
            nanos = nanos.add(number.multiply(BigDecimal.valueOf(UNITS.getOrDefault(part.group(3), 1L))));
            at = part.end();
        }
        BigInteger whole = negative ? nanos.toBigInteger().negate() : nanos.toBigInteger();
        return at == 0 || at < parts.length() || whole.bitLength() > 63
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(whole.longValue()));
    }

    /// A field of an object of the format `duration`, which takes days, weeks and units in full
    /// too.
    static Duration ofObject(String text) {
        return read(text).orElseGet(() -> {
            Matcher part = LOOSE.matcher(text);
            long nanos = 0;
            boolean some = false;
            while (part.find()) {
                long unit = unit(part.group(2).toLowerCase(Locale.ROOT));
                some |= unit > 0;
                nanos += unit * (part.group(1).length() > 18 ? 0 : Long.parseLong(part.group(1)));
            }
            if (!some) {
                throw new CelException("Invalid duration " + text + ": unable to parse " + text + " as duration");
            }
            return Duration.ofNanos(nanos);
        });
    }

    private static long unit(String word) {
        long day = 24 * UNITS.getOrDefault("h", 0L);
        return switch (word) {
            case "d" -> day;
            case "w", "wk" -> 7 * day;
            case "hr" -> day / 24;
            default -> {
                if (UNITS.containsKey(word)) {
                    yield UNITS.getOrDefault(word, 0L);
                }
                for (String[] full : new String[][] {
                    {"nano", "ns"}, {"micro", "us"}, {"milli", "ms"}, {"sec", "s"}, {"min", "m"}, {"hour", "h"}
                }) {
                    if (word.startsWith(full[0])) {
                        yield UNITS.getOrDefault(full[1], 0L);
                    }
                }
                yield word.startsWith("day") ? day : word.startsWith("week") ? 7 * day : 0;
            }
        };
    }

    /// @throws CelException where it does not fit into 64 bits of nanoseconds
    static Duration checked(Duration duration) {
        try {
            var _ = duration.toNanos();
            return duration;
        } catch (ArithmeticException e) {
            throw new CelException("integer overflow");
        }
    }

    static String text(Duration duration) {
        long nanos = duration.toNanos();
        return GoNumbers.plain(nanos / 1_000_000_000 + nanos % 1_000_000_000 / 1e9) + "s";
    }
}
