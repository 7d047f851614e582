package io.driftless.sandbox.custom.cel;

/// How much an evaluation may still do, so that nothing that a definition says takes for ever or
/// fills the memory.
final class Steps {
    private static final int MOST = 1_000_000;
    private static final long LONGEST = 16_000_000;
    private static final int LOOKS = 32;
    private long left = MOST;
    private int looks;

    /// @throws CelException where it was too much
    void take(long steps) {
        left -= steps;
        if (left < 0) {
            throw new CelException("the expression takes more than " + MOST + " steps");
        }
    }

    long taken() {
        return MOST - left;
    }

    /// For a character that a pattern is held against.
    void look() {
        if (++looks == LOOKS) {
            looks = 0;
            take(1);
        }
    }

    /// For text that is made or looked at: characters are cheap.
    void characters(long count) {
        if (count > LONGEST) {
            throw new CelException("a text of more than " + LONGEST + " characters");
        }
        take(count / 16);
    }

    /// For lists that are made or looked at.
    void items(long count) {
        take(count);
    }
}
