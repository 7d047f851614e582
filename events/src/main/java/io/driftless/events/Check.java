package io.driftless.events;

import org.jspecify.annotations.Nullable;

/// What the constructors of events refuse.
final class Check {
    private static final int LONGEST_NAME = 253;

    private Check() {}

    static void present(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(field + " must not be empty");
        }
    }

    static void noBar(String field, @Nullable String value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " must be given, though it may be empty");
        }
        if (value.indexOf('|') >= 0) {
            throw new IllegalArgumentException(field + " must not contain |: " + value);
        }
    }

    /// A Kubernetes object name as far as keys depend on it; the API server knows the finer rules.
    static void name(String field, @Nullable String value) {
        present(field, value);
        noBar(field, value);
        if (value == null
                || value.length() > LONGEST_NAME
                || value.indexOf('/') >= 0
                || value.chars().anyMatch(c -> c <= ' ')) {
            throw new IllegalArgumentException(field + " is not a Kubernetes name: " + value);
        }
    }

    static void notNegative(String field, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(field + " must not be negative: " + value);
        }
    }

    static <T> T given(String field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " must be given");
        }
        return value;
    }
}
