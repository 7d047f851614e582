package io.driftless.sandbox.custom.cel;

import org.jspecify.annotations.Nullable;

/// A word of an expression, and where it begins.
///
/// @param value of a literal that is no number; null for all others
record Token(Kind kind, String text, @Nullable Object value, int at) {
    enum Kind {
        NAME,
        LITERAL,
        WHOLE,
        UNSIGNED,
        REAL,
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isNumber() {
        return kind == Kind.WHOLE || kind == Kind.UNSIGNED || kind == Kind.REAL;
    }

    /// Whether an operand may begin with it.
    boolean begins() {
        return switch (kind) {
            case NAME, LITERAL, WHOLE, UNSIGNED, REAL -> true;
            case SYMBOL -> "[{(.-!".contains(text);
            case END -> false;
        };
    }

    /// Whether it may come after the end of an operand.
    boolean follows() {
        return kind == Kind.END || kind == Kind.SYMBOL && !text.equals("!") && !text.equals("(") && !text.equals("{");
    }
}
