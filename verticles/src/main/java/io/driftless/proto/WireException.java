package io.driftless.proto;

/// Bytes that are not the message they should be. The message says what is wrong with them.
public final class WireException extends Exception {
    private static final long serialVersionUID = 1L;

    WireException(String message) {
        super(message, null, false, false);
    }
}
