package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Resource quantities as Kubernetes reads them: `100m`, `0.1`, `1Gi`, `1e3` are numbers; equal
/// numbers are equal quantities.
public final class Quantities {
    private static final Pattern SHAPE =
            Pattern.compile("([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))([eE][+-]?[0-9]{1,3}|[numkMGTPE]|[KMGTPE]i)?");
    private static final Map<String, Integer> DECIMAL =
            Map.of("n", -9, "u", -6, "m", -3, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
    private static final Map<String, Integer> BINARY = Map.of("Ki", 1, "Mi", 2, "Gi", 3, "Ti", 4, "Pi", 5, "Ei", 6);

    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
    private static final BigDecimal KILO = BigDecimal.valueOf(1000);
    private static final List<String> BINARY_ORDER = List.of("Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final List<String> DECIMAL_ORDER = List.of("k", "M", "G", "T", "P", "E");

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

    /// The spelling that the API server stores: `1000m` becomes `1`, `1024Mi` becomes `1Gi`. Text
    /// that is no quantity, and exponents, stay as they are.
    public static String canonical(String text) {
        Matcher matcher = SHAPE.matcher(text);
        Optional<BigDecimal> value = parse(text);
        if (value.isEmpty() || !matcher.matches()) {
            return text;
        }
        String suffix = matcher.group(2);
        if (suffix != null
                && (suffix.startsWith("e")
                        || (suffix.startsWith("E") && suffix.length() > 1 && !suffix.equals("Ei")))) {
            return text;
        }
        BigDecimal number = value.get().stripTrailingZeros();
        boolean whole = number.scale() <= 0;
        if (suffix != null
                && BINARY.containsKey(suffix)
                && whole
                && number.abs().compareTo(KIBI) >= 0) {
            return scaled(number, KIBI, BINARY_ORDER);
        }
        if (number.signum() == 0) {
            return "0";
        }
        if (whole) {
            return scaled(number, KILO, DECIMAL_ORDER);
        }
        for (String small : List.of("m", "u", "n")) {
            BigDecimal scaled =
                    number.scaleByPowerOfTen(-DECIMAL.getOrDefault(small, 0)).stripTrailingZeros();
            if (scaled.scale() <= 0) {
                return scaled.toPlainString() + small;
            }
        }
        return text;
    }

    /// Divides while nothing is lost; the last suffix that could be used is the canonical one.
    private static String scaled(BigDecimal number, BigDecimal base, List<String> suffixes) {
        BigDecimal left = number;
        String suffix = "";
        for (String next : suffixes) {
            BigDecimal[] parts = left.divideAndRemainder(base);
            if (parts[1].signum() != 0) {
                break;
            }
            left = parts[0];
            suffix = next;
        }
        return left.toPlainString() + suffix;
    }
}
