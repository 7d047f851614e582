package io.driftless.events;

/// A record that is not what its topic promises; it belongs on the dead-letter topic and must not stop its partition.
public final class UnreadableRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableRecordException(String message) {
        super(message);
    }

    public UnreadableRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
