package io.driftless.manifest.archive;

/// An archive that is not read; the message says what is wrong with it and where.
public final class ArchiveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ArchiveException(String message) {
        super(message, null, false, false);
    }

    ArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
