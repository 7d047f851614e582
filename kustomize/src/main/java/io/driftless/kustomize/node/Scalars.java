package io.driftless.kustomize.node;

import java.math.BigInteger;
import java.util.regex.Pattern;

/// What the text of a plain scalar means to the two YAML readers of Go: the younger one, which reads resources, and the
/// older one (YAML 1.1), which reads kustomization files and decides what must be quoted.
public final class Scalars {
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern SEXAGESIMAL = Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?");
    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final int LONGEST_NUMBER = 400;

    private Scalars() {}

    /// The type a resource's plain scalar has.
    public static Tag resolve(String text) {
        if (text.isEmpty()) {
            return Tag.NULL;
        }
        return switch (text.charAt(0)) {
            case '+', '-', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(text, true);
            case '~', 'n', 'N', 't', 'T', 'f', 'F', '<' -> word(text);
            default -> Tag.STR;
        };
    }

    private static Tag word(String text) {
        return switch (text) {
            case "~", "null", "Null", "NULL" -> Tag.NULL;
            case "true", "True", "TRUE", "false", "False", "FALSE" -> Tag.BOOL;
            case "<<" -> Tag.MERGE;
            default -> Tag.STR;
        };
    }

    /// The type the older reader gives: `yes`, `on` and `y` are booleans, dates stay text.
    public static Tag resolveOld(String text) {
        if (text.isEmpty()) {
            return Tag.NULL;
        }
        return switch (text.charAt(0)) {
            case '+', '-', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(text, false);
            case 'y', 'Y', 'o', 'O', 'n', 'N' -> isOldBool(text) ? Tag.BOOL : word(text);
            case '~', 't', 'T', 'f', 'F', '<' -> word(text);
            default -> Tag.STR;
        };
    }

    private static boolean isOldBool(String text) {
        return switch (text) {
            case "y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "n", "N", "no", "No", "NO", "off", "Off", "OFF" ->
                true;
            default -> false;
        };
    }

    /// Whether a boolean's text says yes.
    public static boolean isTrue(String text) {
        return switch (text) {
            case "true", "True", "TRUE", "y", "Y", "yes", "Yes", "YES", "on", "On", "ON" -> true;
            default -> false;
        };
    }

    /// Whether written plain, some reader would take the text for something else.
    public static boolean looksTyped(String text) {
        if (text.isEmpty() || text.indexOf('\n') >= 0) {
            return false;
        }
        Tag old = resolveOld(text);
        return old != Tag.STR && old != Tag.MERGE;
    }

    /// Whether text must be quoted so that no reader takes it for another type: dates and numbers to the base of sixty
    /// count too.
    static boolean isMistaken(String text) {
        if (text.isEmpty()) {
            return true;
        }
        char first = text.charAt(0);
        if (first == '<') {
            return false;
        }
        if (resolveOld(text) != Tag.STR) {
            return true;
        }
        if (first >= '0' && first <= '9' || first == '-' || first == '+') {
            return Timestamps.isTimestamp(text)
                    || (text.indexOf(':') > 0 && SEXAGESIMAL.matcher(text).matches());
        }
        return false;
    }

    private static Tag number(String text, boolean young) {
        if (text.length() > 3
                && (text.endsWith("nf") || text.endsWith("NF") || text.endsWith("an") || text.endsWith("AN"))
                && isInfinite(text)) {
            return Tag.FLOAT;
        }
        if (young && Timestamps.isTimestamp(text)) {
            return Tag.TIMESTAMP;
        }
        String plain = text.indexOf('_') < 0 ? text : text.replace("_", "");
        if (plain.isEmpty() || plain.length() > LONGEST_NUMBER) {
            return Tag.STR;
        }
        if (isInteger(plain)) {
            return Tag.INT;
        }
        return FLOAT.matcher(plain).matches() && Double.isFinite(Double.parseDouble(plain)) ? Tag.FLOAT : Tag.STR;
    }

    /// Whether the text means infinity or not-a-number.
    public static boolean isInfinite(String text) {
        return switch (text) {
            case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF", ".nan", ".NaN", ".NAN" ->
                true;
            default -> false;
        };
    }

    private static boolean isInteger(String plain) {
        int length = plain.length();
        if (length < 19) {
            boolean digits = true;
            for (int i = plain.charAt(0) == '-' && length > 1 ? 1 : 0; i < length; i++) {
                char c = plain.charAt(i);
                if (c < '0' || c > '9') {
                    digits = false;
                    break;
                }
            }
            char first = plain.charAt(plain.charAt(0) == '-' && length > 1 ? 1 : 0);
            if (digits && (first != '0' || length == 1)) {
                return plain.charAt(length - 1) != '-';
            }
        }
        BigInteger value = integer(plain);
        if (value == null) {
            return false;
        }
        return value.signum() < 0 ? value.compareTo(LONG_MIN) >= 0 : value.bitLength() <= 64;
    }

    /// The value of an integer in any of the bases, or null when the text is no integer.
    @org.jspecify.annotations.Nullable
    public static BigInteger integer(String plain) {
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
            return null;
        }
        for (int i = digits; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c > 'f' || Character.digit(c, radix) < 0) {
                return null;
            }
        }
        BigInteger value = new BigInteger(plain.substring(digits), radix);
        return plain.charAt(0) == '-' ? value.negate() : value;
    }

    /// The number as Go's JSON writes it. Infinite numbers fail.
    public static String json(String text, Tag tag) {
        String plain = text.indexOf('_') < 0 ? text : text.replace("_", "");
        if (tag == Tag.INT) {
            BigInteger value = integer(plain);
            if (value != null) {
                return value.toString();
            }
        }
        if (isInfinite(text)) {
            throw new io.driftless.kustomize.KustomizeException("json: unsupported value: "
                    + (text.charAt(0) == '-'
                            ? "-Inf"
                            : text.toLowerCase(java.util.Locale.ROOT).endsWith("nan") ? "NaN" : "+Inf"));
        }
        BigInteger whole = integer(plain);
        return GoNumbers.json(
                whole != null && !FLOAT.matcher(plain).matches() ? whole.doubleValue() : Double.parseDouble(plain));
    }
}
