package io.driftless.sandbox.custom.cel;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Numbers as the real server writes them.
final class GoNumbers {
    private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private GoNumbers() {}

    /// As short as it can be read back: `1.5`, `1e+06`.
    static String shortest(double number) {
        String special = special(number, "NaN", "+Inf");
        if (!special.isEmpty()) {
            return special;
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent >= -4 && exponent < 6) {
            return exact.toPlainString();
        }
        String digits = exact.unscaledValue().abs().toString();
        String rest = digits.length() > 1 ? "." + digits.substring(1) : "";
        String size = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
        return (number < 0 ? "-" : "") + digits.charAt(0) + rest + "e" + (exponent < 0 ? "-" : "+") + size;
    }

    /// Without an exponent, and no longer than needed.
    static String plain(double number) {
        return number == 0
                ? "0"
                : new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }

    /// With so many decimals, and commas between thousands.
    static String fixed(double number, int decimals, boolean grouped) {
        String special = special(number, "NaN", "∞");
        if (!special.isEmpty()) {
            return special;
        }
        BigDecimal rounded = new BigDecimal(number).setScale(decimals, RoundingMode.HALF_EVEN);
        String text = rounded.abs().toPlainString();
        int point = text.indexOf('.') < 0 ? text.length() : text.indexOf('.');
        StringBuilder out = new StringBuilder(text);
        for (int i = point - 3; grouped && i > 0; i -= 3) {
            out.insert(i, ',');
        }
        return (rounded.signum() < 0 ? "-" : "") + out;
    }

    /// With one digit before the point and a power of ten.
    static String scientific(double number, int decimals) {
        String special = special(number, "NaN", "∞");
        if (!special.isEmpty()) {
            return special;
        }
        BigDecimal exact = new BigDecimal(number).round(new MathContext(decimals + 1, RoundingMode.HALF_EVEN));
        int exponent = exact.signum() == 0 ? 0 : exact.precision() - exact.scale() - 1;
        BigDecimal mantissa = exact.scaleByPowerOfTen(-exponent).setScale(decimals, RoundingMode.HALF_EVEN);
        StringBuilder raised = new StringBuilder(exponent < 0 ? "⁻" : "");
        String digits = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
        digits.chars().forEach(c -> raised.append(RAISED.charAt(c - '0')));
        return mantissa.toPlainString() + "×10" + raised;
    }

    private static String special(double number, String nan, String infinite) {
        if (Double.isNaN(number)) {
            return nan;
        }
        if (!Double.isInfinite(number)) {
            return "";
        }
        return number < 0 ? "-" + infinite.replace("+", "") : infinite;
    }
}
