package io.driftless.sandbox.custom.cel;

import java.util.List;
import java.util.Set;

/// Functions of the language itself that are neither operators nor conversions.
final class CoreFunctions {
    /// Those that do not tell of which types they were given values.
    static final Set<String> UNGUARDED = Set.of("contains", "endsWith", "startsWith", "matches", "flatten");

    static final List<Function> ALL = List.of(
            Function.one("size(bytes): int", Values::size),
            Function.one("bytes::size(): int", Values::size),
            Function.one("size(list(A)): int", Values::size),
            Function.one("list(A)::size(): int", Values::size),
            Function.one("size(map(A, B)): int", Values::size),
            Function.one("map(A, B)::size(): int", Values::size),
            Function.one("size(string): int", Values::size),
            Function.one("string::size(): int", Values::size),
            text("string::contains(string): bool", String::contains),
            text("string::endsWith(string): bool", String::endsWith),
            text("string::startsWith(string): bool", String::startsWith));

    private CoreFunctions() {}

    private interface Test {
        boolean holds(String text, String part);
    }

    private static Function text(String signature, Test test) {
        return Function.of(signature, (arguments, steps) -> {
            String text = (String) arguments[0];
            steps.characters(text.length());
            return test.holds(text, (String) arguments[1]);
        });
    }
}
