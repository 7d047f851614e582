package io.driftless.objects.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.objects.yaml.YamlOptions.Dialect;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The type of a plain scalar by the rules of the YAML readers of Go: those of YAML 1.1 for booleans and octal
/// numbers,
/// but
/// with dates and sexagesimal numbers left as text.
final class GoScalar {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}");
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final int LONGEST_NUMBER = 400;

    private GoScalar() {}

    /// A number that JSON cannot hold: infinite, or not a number.
    static final class NotFinite extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    static JsonNode resolve(String text, Dialect dialect) {
        if (text.isEmpty()) {
            return NullNode.instance;
        }
        char first = text.charAt(0);
        if (first == '.' || first == '+' || first == '-' || (first >= '0' && first <= '9')) {
            return number(text, dialect).orElseGet(() -> TextNode.valueOf(text));
        }
        return word(text, dialect);
    }

    /// Whether `text`, written plain, would be read as something else than this text by some reader that
    /// matters.
    static boolean isPlainText(String text) {
        try {
            return resolve(text, Dialect.KUBERNETES).isTextual()
                    && !DATE.matcher(text).lookingAt()
                    && !text.matches("[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9]*)?")
                    && !text.equals("<<")
                    && !text.equals("=");
        } catch (NotFinite notFinite) {
            return false;
        }
    }

    private static JsonNode word(String text, Dialect dialect) {
        return switch (text) {
            case "~", "null", "Null", "NULL" -> NullNode.instance;
            case "true", "True", "TRUE" -> BooleanNode.TRUE;
            case "false", "False", "FALSE" -> BooleanNode.FALSE;
            case "y", "Y", "yes", "Yes", "YES", "on", "On", "ON" ->
                dialect == Dialect.KUBERNETES ? BooleanNode.TRUE : TextNode.valueOf(text);
            case "n", "N", "no", "No", "NO", "off", "Off", "OFF" ->
                dialect == Dialect.KUBERNETES ? BooleanNode.FALSE : TextNode.valueOf(text);
            default -> TextNode.valueOf(text);
        };
    }

    private static Optional<JsonNode> number(String text, Dialect dialect) {
        switch (text) {
            case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF", ".nan", ".NaN", ".NAN" ->
                throw new NotFinite();
            default -> {}
        }
        if (dialect == Dialect.KUSTOMIZE && DATE.matcher(text).matches()) {
            return timestamp(text);
        }
        String plain = text.indexOf('_') < 0 ? text : text.replace("_", "");
        if (plain.length() > LONGEST_NUMBER || DATE.matcher(text).matches()) {
            return Optional.empty();
        }
        Optional<JsonNode> integer = integer(plain);
        if (integer.isPresent() || !FLOAT.matcher(plain).matches()) {
            return integer;
        }
        double value = Double.parseDouble(plain);
        return Double.isFinite(value) ? Optional.of(of(value)) : Optional.empty();
    }

    private static Optional<JsonNode> timestamp(String date) {
        String[] parts = date.split("-");
        int month = Integer.parseInt(parts[1]);
        int day = Integer.parseInt(parts[2]);
        if (month < 1 || month > 12 || day < 1 || day > 31) {
            return Optional.empty();
        }
        return Optional.of(
                TextNode.valueOf(String.format(Locale.ROOT, "%s-%02d-%02dT00:00:00Z", parts[0], month, day)));
    }

    private static Optional<JsonNode> integer(String plain) {
        int start = plain.charAt(0) == '-' || plain.charAt(0) == '+' ? 1 : 0;
        int radix = 10;
        int digits = start;
        if (plain.length() > start + 1 && plain.charAt(start) == '0') {
            radix = switch (plain.charAt(start + 1)) {
                case 'x', 'X' -> 16;
                case 'o', 'O' -> 8;
                case 'b', 'B' -> 2;
                default -> 0;
            };
            digits = radix == 0 ? start + 1 : start + 2;
            radix = radix == 0 ? 8 : radix;
        }
        if (digits == plain.length()) {
            return Optional.empty();
        }
        for (int i = digits; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c > 'f' || Character.digit(c, radix) < 0) {
                return Optional.empty();
            }
        }
        BigInteger value = new BigInteger(plain.substring(digits), radix);
        boolean negative = plain.charAt(0) == '-';
        if (value.bitLength() > 64 && radix != 10) {
            return Optional.empty();
        }
        return Optional.of(of(negative ? value.negate() : value));
    }

    /// As the JSON of an API server holds it: 64-bit integers exactly, larger ones rounded to a double.
    static JsonNode of(BigInteger value) {
        if (value.compareTo(LONG_MIN) < 0 || value.compareTo(LONG_MAX) > 0) {
            return of(value.doubleValue());
        }
        return of(value.longValue());
    }

    /// A double without a fraction is an integer, as Go writes it to JSON.
    static JsonNode of(double value) {
        if (!Double.isFinite(value)) {
            throw new NotFinite();
        }
        if (value == Math.rint(value)) {
            if (Math.abs(value) < 9.2e18) {
                return of((long) value);
            }
            if (Math.abs(value) < 1e21) {
                return NODES.numberNode(new BigDecimal(Double.toString(value)).toBigInteger());
            }
        }
        return NODES.numberNode(value);
    }

    /// The narrower node where it fits, so that the node equals the one Jackson reads from JSON.
    static JsonNode of(long value) {
        return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
    }
}
