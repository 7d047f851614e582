package io.driftless.sandbox.custom.cel;

/// An expression that cannot be read, or that has no value for what it is asked about.
public final class CelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CelException(String message) {
        super(message, null, false, false);
    }
}
