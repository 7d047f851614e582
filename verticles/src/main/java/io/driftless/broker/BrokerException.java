package io.driftless.broker;

/// The embedded broker cannot start or stop; the message names the directory or address and the remedy.
public final class BrokerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BrokerException(String message) {
        super(message);
    }

    public BrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
