package io.driftless.kustomize.node;

import java.math.BigDecimal;
import java.math.BigInteger;

/// Numbers in the shortest form that reads back the same, in the notations Go's writers use.
public final class GoNumbers {
    private GoNumbers() {}

    /// As Go's JSON writes a double: plain digits between 1e-6 and 1e21.
    public static String json(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        double size = Math.abs(value);
        if (size < 1e-6 || size >= 1e21) {
            return exponent(value, 1);
        }
        return new BigDecimal(Double.toString(value))
                .toPlainString()
                .replaceAll("(\\.[0-9]*?)0+$", "$1")
                .replaceAll("\\.$", "");
    }

    /// As the YAML writer prints the number a JSON text holds.
    static String yaml(String json) {
        boolean whole = json.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
        if (whole) {
            BigInteger value = new BigInteger(json);
            if (value.signum() < 0 ? value.bitLength() <= 63 : value.bitLength() <= 64) {
                return value.toString();
            }
        }
        double value = Double.parseDouble(json);
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-4 || size >= 1e21)) {
            return exponent(value, 2);
        }
        BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        return exponent >= 21 || exponent < -4 ? exponent(value, 2) : exact.toPlainString();
    }

    private static String exponent(double value, int digits) {
        BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        String unscaled = exact.unscaledValue().abs().toString();
        int exponent = unscaled.length() - exact.scale() - 1;
        String mantissa = unscaled.length() == 1 ? unscaled : unscaled.charAt(0) + "." + unscaled.substring(1);
        String power = Integer.toString(Math.abs(exponent));
        String padded = power.length() < 2 && (digits == 2 || exponent > 0) ? "0" + power : power;
        return (value < 0 ? "-" : "") + mantissa + "e" + (exponent < 0 ? "-" : "+") + padded;
    }
}
