package io.driftless.auth;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations such as `24h` or `1h30m`.
final class GoDurations {
    private static final Pattern TEXT = Pattern.compile("(?:([0-9]{1,7})h)?(?:([0-9]{1,8})m)?(?:([0-9]{1,9})s)?");

    private GoDurations() {}

    static Optional<Duration> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            return Optional.empty();
        }
        long seconds = 0;
        int[] units = {3_600, 60, 1};
        for (int i = 0; i < 3; i++) {
            String digits = parts.group(i + 1);
            seconds += digits == null ? 0 : Long.parseLong(digits) * units[i];
        }
        return Optional.of(Duration.ofSeconds(seconds));
    }
}
