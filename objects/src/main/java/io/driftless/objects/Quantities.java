package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Resource quantities as Kubernetes reads them: `100m`, `0.1`, `1Gi`, `1e3` are numbers; equal numbers are equal
/// quantities.
public final class Quantities {
    private static final Pattern SHAPE =
            Pattern.compile("([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))([eE][+-]?[0-9]{1,3}|[numkMGTPE]|[KMGTPE]i)?");
    private static final Map<String, Integer> DECIMAL =
            Map.of("n", -9, "u", -6, "m", -3, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
    private static final Map<String, Integer> BINARY = Map.of("Ki", 1, "Mi", 2, "Gi", 3, "Ti", 4, "Pi", 5, "Ei", 6);

    private Quantities() {}

    /// The number that a quantity stands for; empty where the text is none.
    public static Optional<BigDecimal> parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (text.length() > 64 || !matcher.matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        String suffix = matcher.group(2);
        if (suffix == null) {
            return Optional.of(number);
        }
        Integer decimal = DECIMAL.get(suffix);
        if (decimal != null) {
            return Optional.of(number.scaleByPowerOfTen(decimal));
        }
        Integer binary = BINARY.get(suffix);
        if (binary != null) {
            return Optional.of(number.multiply(BigDecimal.valueOf(1024).pow(binary)));
        }
        return Optional.of(number.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1))));
    }

    /// Whether two values are the same quantity; values that are no quantities are compared as they are.
    public static boolean same(JsonNode left, JsonNode right) {
        if (left.equals(right)) {
            return true;
        }
        if (!left.isValueNode() || !right.isValueNode()) {
            return false;
        }
        Optional<BigDecimal> a = parse(left.asText());
        Optional<BigDecimal> b = parse(right.asText());
        return a.isPresent() && b.isPresent() && a.get().compareTo(b.get()) == 0;
    }
}
