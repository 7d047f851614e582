package io.driftless.sandbox.custom.cel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A quantity such as `1.5Gi`.
///
/// @param small whether the real server holds it in 64 bits and a power of ten, without which it
/// has no whole number
record Quantity(BigDecimal number, boolean small) implements Values.Foreign {
    private static final Pattern SHAPE = Pattern.compile("([+-]?)([0-9]*)(?:\\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)");
    private static final Pattern EXPONENT = Pattern.compile("[eE]([-+]?[0-9]+)");
    private static final List<String> SMALL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final List<String> BINARY = List.of("Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final int NANO = 9;
    private static final int DIGITS = 18;
    private static final int LONGEST = 1_000;

    /// @throws CelException where it is none
    static Quantity read(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (text.isEmpty() || text.length() > LONGEST || !shape.matches()) {
            throw new CelException(
                    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
        }
        String whole = shape.group(2).replaceFirst("^0+", "");
        String fraction = shape.group(3) == null ? "" : shape.group(3);
        if (shape.group(2).isEmpty() && shape.group(3) == null) {
            throw new CelException("unable to parse numeric part of quantity");
        }
        boolean negative = shape.group(1).equals("-");
        BigInteger digits = new BigInteger("0" + whole + fraction);
        return read(negative ? digits.negate() : digits, whole.length(), fraction.length(), shape.group(4));
    }

    private static Quantity read(BigInteger digits, int whole, int fraction, String suffix) {
        int binary = BINARY.indexOf(suffix) + 1;
        Integer exponent = binary > 0 ? Integer.valueOf(0) : exponent(suffix);
        if (exponent == null) {
            throw new CelException("unable to parse quantity's suffix");
        }
        int room = binary == 0
                ? DIGITS - whole - fraction
                : fraction > 0 ? -1 : 15 - whole - (int) (binary * 10 * 3f / 10) - 1;
        BigDecimal factor = BigDecimal.valueOf(1024).pow(binary);
        BigDecimal number = new BigDecimal(digits, fraction - exponent).multiply(factor);
        if (room >= 0 && number.scale() <= NANO) {
            return new Quantity(number, true);
        }
        BigDecimal rounded = number.scale() > NANO ? number.setScale(NANO, RoundingMode.UP) : number;
        return new Quantity(rounded.compareTo(MOST) > 0 ? MOST : rounded, false);
    }

    private static @Nullable Integer exponent(String suffix) {
        Matcher exponent = EXPONENT.matcher(suffix);
        if (exponent.matches()) {
            BigInteger given = new BigInteger(exponent.group(1).replace("+", ""));
            BigInteger bound = BigInteger.valueOf(LONGEST);
            return given.min(bound).max(bound.negate()).intValue();
        }
        int at = SMALL.indexOf(suffix);
        return at < 0 ? null : Integer.valueOf((at - 3) * 3);
    }

    @Override
    public String type() {
        return "kubernetes.Quantity";
    }

    boolean isInteger() {
        return small && number.scale() <= 0 && number.toBigInteger().bitLength() < 64;
    }

    long integer() {
        if (!isInteger()) {
            throw new CelException("cannot convert value to integer");
        }
        return number.longValue();
    }

    Quantity plus(Quantity other) {
        if (other.number.signum() == 0 || number.signum() == 0) {
            return other.number.signum() == 0 ? this : other;
        }
        BigDecimal sum = number.add(other.number);
        return new Quantity(sum, small && other.small && sum.unscaledValue().bitLength() < 64);
    }

    Quantity negated() {
        return new Quantity(number.negate(), small);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Quantity that && number.compareTo(that.number) == 0;
    }

    @Override
    public int hashCode() {
        return number.stripTrailingZeros().hashCode();
    }
}
