package io.driftless.sandbox.custom.cel;

/// An expression that cannot be read, or that has no value for what it is asked about.
public final class CelException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int at;

    public CelException(String message) {
        this(message, -1);
    }

    /// @param at where in the expression; negative where that is not known
    CelException(String message, int at) {
        super(message, null, false, false);
        this.at = at;
    }

    /// The same at a place, where none is known yet.
    CelException placed(int place) {
        return at < 0 ? new CelException(String.valueOf(getMessage()), place) : this;
    }

    /// What is wrong with an expression, with the line that it is in and a mark below the place.
    public String at(String text) {
        if (at < 0) {
            return String.valueOf(getMessage());
        }
        int start = text.lastIndexOf('\n', at - 1) + 1;
        int line = (int) text.substring(0, start).chars().filter(c -> c == '\n').count() + 1;
        int end = text.indexOf('\n', start);
        return "ERROR: <input>:" + line + ":" + (at - start + 1) + ": " + getMessage() + "\n | "
                + text.substring(start, end < 0 ? text.length() : end) + "\n | " + ".".repeat(at - start) + "^";
    }
}
