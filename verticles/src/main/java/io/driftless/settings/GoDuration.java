package io.driftless.settings;

import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as Argo CD reads them: Go's notation (`1h30m`, `1.5s`, `300ms`), or a bare number of seconds.
public final class GoDuration {
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");
    private static final Map<String, BigDecimal> MILLIS = Map.of(
            "ns",
            new BigDecimal("0.000001"),
            "us",
            new BigDecimal("0.001"),
            "µs",
            new BigDecimal("0.001"),
            "μs",
            new BigDecimal("0.001"),
            "ms",
            BigDecimal.ONE,
            "s",
            BigDecimal.valueOf(1_000),
            "m",
            BigDecimal.valueOf(60_000),
            "h",
            BigDecimal.valueOf(3_600_000));
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private GoDuration() {}

    /// In milliseconds; empty when the text is no duration, or a negative one.
    public static OptionalLong millis(String text) {
        if (NUMBER.matcher(text).matches()) {
            return OptionalLong.of(Long.parseLong(text) * 1_000);
        }
        Matcher parts = PART.matcher(text);
        BigDecimal sum = BigDecimal.ZERO;
        int at = 0;
        while (parts.lookingAt()) {
            sum = sum.add(
                    new BigDecimal(parts.group(1)).multiply(MILLIS.getOrDefault(parts.group(2), BigDecimal.ZERO)));
            at = parts.end();
            parts.region(at, text.length());
        }
        return at > 0 && at == text.length() ? OptionalLong.of(sum.longValue()) : OptionalLong.empty();
    }
}
