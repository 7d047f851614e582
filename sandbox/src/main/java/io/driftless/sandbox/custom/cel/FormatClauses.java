package io.driftless.sandbox.custom.cel;

/// The clauses of a format and the text between them, one after the other.
final class FormatClauses {
    private static final int MOST = 1_000;
    private final String format;
    private int at;

    FormatClauses(String format) {
        this.format = format;
    }

    /// @param decimals how many are wanted; negative where that is not said
    record Clause(char letter, int decimals) {
        int decimals(int otherwise) {
            return decimals < 0 ? otherwise : decimals;
        }
    }

    boolean more() {
        return at < format.length();
    }

    boolean isPlain() {
        return format.charAt(at) != '%' || format.startsWith("%%", at);
    }

    char plain() {
        at += format.charAt(at) == '%' ? 1 : 0;
        return format.charAt(at++);
    }

    /// @throws CelException where there is no such clause
    Clause clause() {
        at++;
        if (!more()) {
            throw new CelException("unexpected end of string");
        }
        int decimals = -1;
        if (format.charAt(at) == '.') {
            decimals = decimals();
        }
        char letter = format.charAt(at++);
        if ("sdfebxXo".indexOf(letter) < 0) {
            throw new CelException(
                    "could not parse formatting clause: unrecognized formatting clause \"" + letter + "\"");
        }
        return new Clause(letter, decimals);
    }

    private int decimals() {
        String failed = "could not parse formatting clause: error while parsing precision: ";
        int start = ++at;
        while (more() && format.charAt(at) >= '0' && format.charAt(at) <= '9') {
            at++;
        }
        if (!more()) {
            throw new CelException(failed + "could not find end of precision specifier");
        }
        String digits = format.substring(start, at);
        if (digits.isEmpty()) {
            throw new CelException(
                    failed + "error while converting precision to integer: strconv.Atoi: parsing \"\": invalid syntax");
        }
        if (digits.length() > 4 || Integer.parseInt(digits) > MOST) {
            throw new CelException("more than " + MOST + " decimals");
        }
        return Integer.parseInt(digits);
    }
}
