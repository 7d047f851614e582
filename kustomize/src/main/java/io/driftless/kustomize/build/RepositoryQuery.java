package io.driftless.kustomize.build;

import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an address of a repository says behind its `?`. What makes no sense is left out, as the reference does.
record RepositoryQuery(String ref, boolean submodules, Duration timeout) {
    private static final Duration USUAL = Duration.ofSeconds(27);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(h|ms|m|s)");
    private static final Map<String, Integer> MILLIS = Map.of("h", 3_600_000, "m", 60_000, "s", 1_000, "ms", 1);

    static RepositoryQuery parse(String query) {
        Map<String, String> first = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            int equal = pair.indexOf('=');
            if (equal > 0) {
                first.putIfAbsent(pair.substring(0, equal), decoded(pair.substring(equal + 1)));
            }
        }
        String ref = first.getOrDefault("ref", "");
        return new RepositoryQuery(
                ref.isEmpty() ? first.getOrDefault("version", "") : ref,
                submodules(first.getOrDefault("submodules", "")),
                timeout(first.getOrDefault("timeout", "")));
    }

    /// `feature%2Fx` is the branch `feature/x`; text that is not percent-encoded well is taken as it is.
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return value;
        }
    }

    private static boolean submodules(String value) {
        return switch (value) {
            case "0", "f", "F", "false", "False", "FALSE" -> false;
            default -> true;
        };
    }

    /// Seconds, or a duration such as `1m30s`.
    private static Duration timeout(String value) {
        Duration stated = SECONDS.matcher(value).matches() ? Duration.ofSeconds(Long.parseLong(value)) : sum(value);
        return stated.isPositive() ? stated : USUAL;
    }

    private static Duration sum(String value) {
        Duration sum = Duration.ZERO;
        Matcher part = DURATION.matcher(value);
        int at = 0;
        while (at < value.length() && part.region(at, value.length()).lookingAt()) {
            BigDecimal millis =
                    new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(MILLIS.getOrDefault(part.group(2), 0)));
            sum = sum.plusMillis(millis.longValue());
            at = part.end();
        }
        return at == value.length() ? sum : Duration.ZERO;
    }
}
