package io.driftless.sandbox.typed;

/// A value that a built-in kind cannot hold; the message is the real server's.
public final class Undecodable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String why;

    Undecodable(String why) {
        super(why, null, false, false);
        this.why = why;
    }

    /// What is wrong.
    public String why() {
        return why;
    }
}
