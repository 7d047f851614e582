package io.driftless.localcluster;

/// The cluster did not come up; the message says which program, and what it said last.
public final class LocalClusterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LocalClusterException(String message) {
        super(message);
    }

    LocalClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
