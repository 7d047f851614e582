package io.driftless.sandbox.custom.cel;

import org.jspecify.annotations.Nullable;

/// A word of an expression, and where it begins.
///
/// @param value of a literal; null for all others
record Token(Kind kind, String text, @Nullable Object value, int at) {
    enum Kind {
        NAME,
        LITERAL,
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return kind != Kind.LITERAL && text.equals(symbol);
    }
}
