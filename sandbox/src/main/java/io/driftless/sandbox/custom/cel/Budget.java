package io.driftless.sandbox.custom.cel;

/// How much all rules together may do about one object.
public final class Budget {
    private static final long MOST = 10_000_000;
    private long left = MOST;

    /// Whether nothing is left.
    public boolean isSpent() {
        return left <= 0;
    }

    void take(Steps steps) {
        left -= steps.taken();
    }
}
